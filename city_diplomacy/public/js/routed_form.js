// What the form of every routed document shows: its route, where it stands, and what this person may do.
frappe.provide("city_diplomacy.routed");

// For a form without a field for the route, it is a section of the dashboard.
city_diplomacy.routed.refresh = function (frm) {
	if (frm.is_new() || !city_diplomacy.routed.is_routed(frm.doctype)) return;
	city_diplomacy.routed.show(frm, (markup) =>
		frm.dashboard.add_section(city_diplomacy.element(markup), __("Approval"))
	);
};

// Routing is switched on and off per DocType; its workflow goes with it.
city_diplomacy.routed.is_routed = function (doctype) {
	const workflow = frappe.workflow.workflows[doctype];
	return Boolean(workflow) && workflow.name === `City Diplomacy ${doctype}`;
};

// `place` is given the drawing; `headline(shown)` may have words of its own, else those of every document stand.
city_diplomacy.routed.show = function (frm, place, headline) {
	const name = frm.docname;
	frappe.require("/assets/city_diplomacy/css/desk_route.css");
	frappe
		.call({
			method: "city_diplomacy.partnership_approvals.api.form.for_form",
			args: { doctype: frm.doctype, name },
			type: "GET",
		})
		.then(({ message }) => {
			if (!message || frm.docname !== name) return;
			place(city_diplomacy.route.draw(message));
			city_diplomacy.routed.lock_fields(frm, message.locked);
			const { words, colour } =
				(headline && headline(message)) || city_diplomacy.routed.headline(message);
			frm.dashboard.clear_headline();
			if (words) {
				frm.dashboard.set_headline(String(city_diplomacy.html`<span>${words}</span>`), colour);
			}
			city_diplomacy.acts.add_buttons(frm, message);
		});
};

// The server refuses a change of what stands; the form shows it before anybody types.
city_diplomacy.routed.lock_fields = function (frm, locked) {
	if (frm.doc.docstatus) return;
	for (const field of frm.city_locked || []) frm.set_df_property(field, "read_only", 0);
	for (const field of locked) frm.set_df_property(field, "read_only", 1);
	frm.city_locked = locked;
};

city_diplomacy.routed.headline = function (shown) {
	const { state, round, stages } = shown.view;
	const current = stages.find((stage) => stage.status === "current");
	if (state === "Draft" && round) {
		return { words: city_diplomacy.routed.came_back(shown.view.sent_back), colour: "orange" };
	}
	if (state === "Intake Review") {
		if (shown.missing.length) return { words: shown.missing.join(" "), colour: "orange" };
		return { words: __("Start clearance to ask the people below."), colour: "blue" };
	}
	if (current) return city_diplomacy.routed.waiting_headline(current);
	if (state === "Ready to Sign") {
		const words = shown.own_signing
			? __(
					"Everybody asked has cleared it. Record the signature; a change of the text asks them again."
			  )
			: __("Everybody asked has cleared it. Complete the approval; a change asks them again.");
		return { words, colour: "blue" };
	}
	if (state === "Declined" && shown.view.sent_back) {
		const words = shown.view.sent_back.seats
			.map((seat) => [seat.seat, seat.remarks].filter(Boolean).join(": "))
			.join(" · ");
		return { words: `${__("Declined.")} ${words}`, colour: "red" };
	}
	return { words: "", colour: "" };
};

city_diplomacy.routed.came_back = function (why) {
	const what_now = __("Change the text and submit it for intake again.");
	if (!why) return what_now;
	const seats = why.seats.map((seat) => [seat.seat, seat.remarks].filter(Boolean).join(": "));
	const reasons = [...seats, why.reason && `${why.by}: ${why.reason}`].filter(Boolean);
	return `${__("It came back to draft.")} ${reasons.join(" · ")} ${what_now}`;
};

city_diplomacy.routed.waiting_headline = function (stage) {
	const day = (value) => frappe.datetime.str_to_user(value);
	const waiting = stage.seats
		.filter((seat) => ["Pending", "Question Asked"].includes(seat.state))
		.map((seat) => {
			const who = seat.who ? `${seat.seat} (${seat.who})` : seat.seat;
			if (!seat.due) return who;
			return seat.overdue
				? __("{0}, overdue since {1}", [who, day(seat.due)])
				: __("{0} by {1}", [who, day(seat.due)]);
		});
	return {
		words: __("Waiting for {0}.", [waiting.join("; ")]),
		colour: stage.seats.some((seat) => seat.overdue) ? "red" : "orange",
	};
};
