// Draws the route of a document on its form: stages from left to right, one card per seat.
frappe.provide("city_diplomacy.route");

// Icon and words carry the meaning; colour only repeats it.
city_diplomacy.route.marks = {
	"Not asked yet": { icon: "○", words: () => __("Not asked yet"), look: "next" },
	Pending: { icon: "●", words: () => __("Asked"), look: "open" },
	"Question Asked": { icon: "?", words: () => __("Waits for the sponsor's answer"), look: "open" },
	Withdrawn: { icon: "–", words: () => __("Taken back"), look: "next" },
	Decided: { icon: "✓", words: () => __("Answered"), look: "done" },
	Clear: { icon: "✓", words: () => __("Cleared"), look: "good" },
	"Clear with Conditions": { icon: "✓", words: () => __("Cleared with conditions"), look: "warn" },
	Return: { icon: "↩", words: () => __("Returned"), look: "warn" },
	Object: { icon: "✕", words: () => __("Objected"), look: "bad" },
	Recuse: { icon: "–", words: () => __("Stood aside"), look: "next" },
};

city_diplomacy.route.draw = function (shown) {
	const stages = city_diplomacy.route.stages_of(shown);
	if (!stages.length) {
		return city_diplomacy.route.say(
			shown.plan_problem || __("Nobody was asked here; the record of who signed it is below.")
		);
	}
	const planned = shown.plan.length > 0;
	const title = planned ? __("Who will be asked") : __("Round {0}", [shown.view.round]);
	const policy = shown.view.policy || "";
	return city_diplomacy.html`<div class="cd-route">
		${city_diplomacy.route.sent_back(shown.view.sent_back)}
		<div class="cd-route-title"><b>${title}</b>${policy ? ` · ${policy}` : ""}</div>
		${city_diplomacy.route.needed_by(shown.needed_by || shown.view.needed_by)}
		<ol class="cd-route-stages">${stages.map(city_diplomacy.route.stage)}</ol>
		${city_diplomacy.route.watching(shown.watching)}
		${city_diplomacy.route.earlier(shown.view.earlier_rounds)}
		<div class="cd-route-foot">
			${
				shown.page
					? city_diplomacy.html`<a href="${encodeURI(shown.page)}" target="_blank">${__(
							"Its page for reviewers"
					  )}</a>`
					: ""
			}
			${city_diplomacy.route.ledger(shown.view.ledger)}
		</div>
	</div>`;
};

// Who sent it back or declined it, why, and what changed since: before anything else.
city_diplomacy.route.sent_back = function (why) {
	if (!why) return "";
	const title = why.event === "Declined" ? __("Why it was declined") : __("Why it came back");
	const seats = why.seats.map((seat) => {
		const mark = city_diplomacy.route.marks[seat.decision];
		const who = [seat.seat, seat.decided_by_name].filter(Boolean).join(", ");
		return city_diplomacy.html`<div><b>${mark.icon} ${mark.words()}</b> · ${who}</div>
			<div class="cd-seat-words">${seat.remarks || ""}</div>`;
	});
	const office = why.reason
		? city_diplomacy.html`<div><b>↩ ${__("Sent back by {0}", [why.by])}</b></div>
			<div class="cd-seat-words">${why.reason}</div>`
		: "";
	return city_diplomacy.html`<div class="cd-sent-back">
		<div class="cd-route-title"><b>${title}</b> · ${__("Round {0}", [why.round])}</div>
		${seats}${office}${city_diplomacy.route.redline(why.changes)}
	</div>`;
};

city_diplomacy.route.redline = function (changes) {
	if (!changes.length) return "";
	const part = ({ kind, text }) => {
		if (kind === "added") return city_diplomacy.html`<ins>${text}</ins>`;
		if (kind === "removed") return city_diplomacy.html`<del>${text}</del>`;
		return city_diplomacy.html`<span>${text}</span>`;
	};
	const items = changes.map(
		({ label, stretches }) =>
			city_diplomacy.html`<dt>${label}</dt><dd>${stretches.map(part)}</dd>`
	);
	return city_diplomacy.html`<details class="cd-redline" open><summary>${__(
		"What changed since then"
	)}</summary><dl>${items}</dl></details>`;
};

city_diplomacy.route.stages_of = function (shown) {
	if (!shown.plan.length) return shown.view.stages;
	return shown.plan.map((stage) => ({
		...stage,
		status: "next",
		seats: stage.seats.map((seat) => ({
			...seat,
			who: seat.holder_name || __(seat.role || "") || __("nobody yet"),
			asked_as: seat.basis,
			state: "Not asked yet",
		})),
	}));
};

city_diplomacy.route.stage = function (stage) {
	const status = {
		done: __("done"),
		current: __("now"),
		next: __("next"),
		refused: __("not cleared by everybody"),
		stopped: __("broke off here"),
	}[stage.status];
	return city_diplomacy.html`<li class="cd-stage cd-stage-${stage.status}">
		<div class="cd-stage-head">${__(stage.state)} <span>${status}</span></div>
		${stage.seats.map(city_diplomacy.route.seat)}
	</li>`;
};

city_diplomacy.route.seat = function (seat) {
	const mark = city_diplomacy.route.marks[seat.decision] || city_diplomacy.route.marks[seat.state] || {};
	const name = seat.seat + (seat.department ? ` · ${seat.department}` : "");
	const lines = [
		seat.who
			? city_diplomacy.html`<div class="cd-seat-who">${seat.decided_by_name || seat.who}</div>`
			: "",
		city_diplomacy.html`<div class="cd-seat-mark">${mark.icon || ""} ${
			mark.words ? mark.words() : ""
		}</div>`,
		city_diplomacy.route.when(seat),
	];
	const why = seat.state === "Not asked yet" && seat.why;
	for (const words of [why, seat.remarks, seat.conditions, seat.conditions_met, seat.question, seat.answer]) {
		if (words) lines.push(city_diplomacy.html`<div class="cd-seat-words">${words}</div>`);
	}
	if (seat.file) {
		lines.push(city_diplomacy.html`<div><a href="${encodeURI(seat.file)}" target="_blank">${__("Attached file")}</a></div>`);
	}
	const notes = [
		seat.acting_for_name && __("for {0}", [seat.acting_for_name]),
		seat.recorded && __("Recorded from a letter or e-mail"),
		seat.carried_over && __("Unchanged since it was cleared"),
		seat.overridden && __("Decided by override"),
	].filter(Boolean);
	for (const note of notes) lines.push(city_diplomacy.html`<div class="cd-seat-note">${note}</div>`);
	return city_diplomacy.html`<div class="cd-seat cd-seat-${mark.look || "next"}" title="${seat.why || ""}">
		<div class="cd-seat-name">${city_diplomacy.route.linked(seat, name)}</div>${lines}
	</div>`;
};

city_diplomacy.route.linked = function (seat, name) {
	if (!seat.clearance) return name;
	const url = seat.yours
		? `/clearance/${encodeURIComponent(seat.clearance)}`
		: frappe.utils.get_form_link("Approval Clearance", seat.clearance);
	return city_diplomacy.html`<a href="${url}">${name}</a>`;
};

city_diplomacy.route.when = function (seat) {
	const day = (value) => frappe.datetime.str_to_user(String(value).split(" ")[0]);
	if (seat.decided_on) return city_diplomacy.html`<div>${__("on {0}", [day(seat.decided_on)])}</div>`;
	if (!seat.due || seat.state === "Withdrawn") return "";
	if (seat.overdue)
		return city_diplomacy.html`<div class="cd-seat-late">${__("Overdue since {0}", [
			day(seat.due),
		])}</div>`;
	return city_diplomacy.html`<div>${__("by {0}", [day(seat.due)])}</div>`;
};

// When to start, or how much too late it is, for a document that is needed by a day.
city_diplomacy.route.needed_by = function (plan) {
	if (!plan) return "";
	const day = frappe.datetime.str_to_user;
	const words = plan.late
		? __("Needed by {0}: what lies ahead takes {1} working days, {2} more than there are.", [
				day(plan.needed_by),
				plan.working_days,
				plan.late,
		  ])
		: __("Needed by {0}: what lies ahead takes {1} working days, so start by {2}.", [
				day(plan.needed_by),
				plan.working_days,
				day(plan.start_by),
		  ]);
	return city_diplomacy.html`<p class="${plan.late ? "cd-seat-late" : "text-muted"}">${words}</p>`;
};

// Who is asked again when the text is changed now.
city_diplomacy.route.watching = function (seats) {
	if (!(seats || []).length) return "";
	const items = seats.map(({ seat, fields }) => {
		const what = fields.length ? fields.join(", ") : __("any part of it");
		return city_diplomacy.html`<li>${seat}: ${what}</li>`;
	});
	return city_diplomacy.html`<details class="cd-route-watching"><summary>${__(
		"A change of the text asks again those who cleared it"
	)}</summary><ul>${items}</ul></details>`;
};

city_diplomacy.route.earlier = function (rounds) {
	return (rounds || []).map(
		(earlier) => city_diplomacy.html`<details class="cd-route-earlier">
			<summary>${__("Round {0}", [earlier.round])}</summary>
			<div class="cd-route-stages">${earlier.seats.map(city_diplomacy.route.seat)}</div>
		</details>`
	);
};

city_diplomacy.route.ledger = function (ledger) {
	if (!ledger.checked && ledger.intact) return "";
	const words = ledger.intact
		? `✓ ${__("Ledger of {0} entries is whole", [ledger.checked])}`
		: `✕ ${__("The ledger was changed; open Verify Ledger")}`;
	return city_diplomacy.html`<span class="${ledger.intact ? "" : "cd-seat-late"}">${words}</span>`;
};

city_diplomacy.route.say = function (sentence) {
	return city_diplomacy.html`<div class="cd-route"><p class="text-muted">${sentence}</p></div>`;
};
