frappe.ui.form.on("MOU", {
	setup(frm) {
		city_diplomacy.partners.set_row_query(frm, "parties", "party_type", "party");
		frm.set_query("agreement_type", () => ({ filters: { disabled: 0 } }));
		for (const field of ["parent_agreement", "supersedes"]) {
			frm.set_query(field, () => ({ filters: { name: ["!=", frm.docname] } }));
		}
		frappe.require("/assets/city_diplomacy/css/desk_route.css");
	},

	onload(frm) {
		city_diplomacy.partners.prefill_promise(frm);
		if (frm.is_new()) city_diplomacy.agreement.name_our_side(frm);
	},

	refresh(frm) {
		if (frm.is_new()) {
			frm.get_field("route_html").$wrapper.html(
				city_diplomacy.route.say(__("Once it is saved, this shows who will be asked."))
			);
			return;
		}
		const name = frm.docname;
		frappe
			.call({
				method: "city_diplomacy.partnership_approvals.form.for_form",
				args: { doctype: frm.doctype, name },
				type: "GET",
			})
			.then(({ message }) => {
				if (!message || frm.docname !== name) return;
				frm.get_field("route_html").$wrapper.html(city_diplomacy.route.draw(message));
				city_diplomacy.agreement.lock_fields(frm, message.locked);
				city_diplomacy.agreement.show_headline(frm, message);
				city_diplomacy.acts.add_buttons(frm, message);
			});
	},
});

frappe.provide("city_diplomacy.agreement");

// Our city is a party of nearly every agreement.
city_diplomacy.agreement.name_our_side = function (frm) {
	const company = frappe.defaults.get_user_default("Company");
	const rows = (frm.doc.parties || []).filter((row) => row.party);
	if (!company || rows.some((row) => row.side === "Ours")) return;
	frm.doc.parties = rows;
	const ours = frappe.model.add_child(frm.doc, "MOU Party", "parties");
	Object.assign(ours, { side: "Ours", party_type: "Company", party: company });
	frm.refresh_field("parties");
};

// The server refuses a change of what people are reading; the form shows it before anybody types.
city_diplomacy.agreement.lock_fields = function (frm, locked) {
	if (frm.doc.docstatus) return;
	for (const field of frm.city_locked || []) frm.set_df_property(field, "read_only", 0);
	for (const field of locked) frm.set_df_property(field, "read_only", 1);
	frm.city_locked = locked;
};

city_diplomacy.agreement.show_headline = function (frm, shown) {
	const { words, colour } = city_diplomacy.agreement.headline(frm, shown);
	frm.dashboard.clear_headline();
	if (words) frm.dashboard.set_headline(`<span>${frappe.utils.escape_html(words)}</span>`, colour);
};

city_diplomacy.agreement.headline = function (frm, shown) {
	const state = shown.view.state;
	const current = shown.view.stages.find((stage) => stage.status === "current");
	if (state === "Draft" && shown.view.round) {
		return {
			words: __("It came back to draft. Change the text and submit it for intake again."),
			colour: "orange",
		};
	}
	if (state === "Intake Review") return city_diplomacy.agreement.intake_headline(frm);
	if (current) return city_diplomacy.agreement.waiting_headline(current);
	if (state === "Ready to Sign") {
		return {
			words: __("Everybody asked has cleared it. Record the signature; a change of the text asks them again."),
			colour: "blue",
		};
	}
	if (["Active", "Suspended"].includes(state)) return city_diplomacy.agreement.force_headline(frm, state);
	return { words: "", colour: "" };
};

city_diplomacy.agreement.intake_headline = function (frm) {
	const checks = ["duplicates_checked", "tier_checked", "jurisdiction_checked", "parties_screened"];
	const open = checks.filter((check) => !frm.doc[check]).length;
	return open
		? {
				words: __("With the international office: {0} of 4 checks open, see Intake.", [open]),
				colour: "orange",
		  }
		: { words: __("Intake is complete. Start clearance to ask the people below."), colour: "blue" };
};

city_diplomacy.agreement.waiting_headline = function (stage) {
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

// The next thing the calendar asks for.
city_diplomacy.agreement.force_headline = function (frm, state) {
	const today = frappe.datetime.get_today();
	const dates = [
		[frm.doc.notice_date, __("give notice by {0}")],
		[frm.doc.next_review_date, __("review it by {0}")],
		[frm.doc.expiry_date, __("it ends on {0}")],
	].filter(([day]) => day && day >= today);
	dates.sort((a, b) => (a[0] < b[0] ? -1 : 1));
	const standing = state === "Active" ? __("In force") : __("Suspended");
	const next = dates.length ? dates[0][1].replace("{0}", frappe.datetime.str_to_user(dates[0][0])) : "";
	const soon = dates.length && frappe.datetime.get_day_diff(dates[0][0], today) <= 60;
	return {
		words: next ? `${standing}: ${next}.` : `${standing}.`,
		colour: state === "Suspended" || soon ? "orange" : "green",
	};
};
