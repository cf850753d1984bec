// The buttons of a routed document. Which of them a person gets is the server's answer (`for_form`).
frappe.provide("city_diplomacy.acts");

const CITY_APPROVALS = "city_diplomacy.partnership_approvals.api.";

city_diplomacy.acts.add_buttons = function (frm, shown) {
	const acts = shown.acts;
	const more = __("Approval");
	const button = (wanted, label, act, group) => wanted && frm.add_custom_button(label, act, group);

	if (acts.decide.length) {
		button(true, __("Decide"), () => window.open(acts.decide[0].url, "_blank"));
		frm.change_custom_button_type(__("Decide"), null, "primary");
	}
	if (acts.start) {
		button(true, __("Start Clearance"), () => city_diplomacy.acts.start(frm, shown));
		frm.change_custom_button_type(__("Start Clearance"), null, "primary");
	}
	if (acts.sign) {
		const [label, act] = shown.own_signing
			? [__("Sign"), () => frm.trigger("record_signature")]
			: [__("Complete Approval"), () => city_diplomacy.acts.complete(frm, shown)];
		button(true, label, act);
		frm.change_custom_button_type(label, null, "primary");
	}
	button(acts.answer.length, __("Answer Question"), () => city_diplomacy.acts.answer(frm, acts.answer));
	button(
		acts.record.length,
		__("Record Decision"),
		() => city_diplomacy.acts.record(frm, acts.record),
		more
	);
	button(acts.council.length, __("Council Action"), () =>
		city_diplomacy.acts.council(frm, acts.council[0])
	);
	button(
		acts.conditions.length,
		__("Confirm Conditions"),
		() => city_diplomacy.acts.confirm(frm, acts.conditions),
		more
	);
	button(
		acts.dispute.length,
		__("Conditions Are Not Met"),
		() => city_diplomacy.acts.dispute(frm, acts.dispute),
		more
	);
	button(
		acts.override.length,
		__("Override"),
		() => city_diplomacy.acts.override(frm, acts.override),
		more
	);
	button(acts.send_back, __("Send Back to Draft"), () => city_diplomacy.acts.send_back(frm), more);
	button(acts.withdraw, __("Withdraw"), () => city_diplomacy.acts.withdraw(frm), more);
	for (const state of acts.standings) {
		const label = { Active: __("Reinstate"), Suspended: __("Suspend"), Terminated: __("Terminate") }[
			state
		];
		button(true, label, () => city_diplomacy.acts.change_standing(frm, state, label), __("Standing"));
	}
	button(acts.change_signed, __("Change Dates"), () => frm.trigger("change_signed"), __("Standing"));
	if (shown.view.ledger.checked || !shown.view.ledger.intact) {
		button(true, __("Verify Ledger"), () => city_diplomacy.acts.verify(frm), more);
	}
};

city_diplomacy.acts.call = function (frm, method, args) {
	return frappe.call({ method, args, type: "POST", freeze: true }).then((answer) => {
		const message = answer.message && answer.message.message;
		if (message) frappe.show_alert({ message: frappe.utils.escape_html(message), indicator: "green" });
		return frm.reload_doc();
	});
};

city_diplomacy.acts.of_document = (frm) => ({ doctype: frm.doctype, name: frm.docname });

// What was typed and not saved would be lost when the document moves. Some forms of other apps change a field by
// themselves when they are opened, so whoever may write has it saved first, and whoever may not goes on.
city_diplomacy.acts.when_saved = function (frm, act) {
	if (!frm.is_dirty() || !frm.has_perm("write")) return act();
	return frm.save().then(() => frm.is_dirty() || act());
};

city_diplomacy.acts.start = function (frm, shown) {
	city_diplomacy.acts.when_saved(frm, () => {
		const first = shown.plan.length ? shown.plan[0].seats.map((seat) => seat.seat).join(", ") : "";
		const question = first
			? __(
					"{0} will be asked now. A later change of the text asks again those who cleared it. Start?",
					[frappe.utils.escape_html(first)]
			  )
			: __("A later change of the text asks again those who cleared it. Start?");
		frappe.confirm(question, () =>
			city_diplomacy.acts.call(frm, CITY_APPROVALS + "start", city_diplomacy.acts.of_document(frm))
		);
	});
};

city_diplomacy.acts.ask_reason = function (title, description, action, then) {
	frappe.prompt(
		[{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), description, reqd: 1 }],
		(values) => then(values.reason),
		title,
		action
	);
};

city_diplomacy.acts.send_back = function (frm) {
	city_diplomacy.acts.ask_reason(
		__("Send Back to Draft"),
		__("Open questions are taken back. A new round starts when it sets out again."),
		__("Send Back"),
		(reason) =>
			city_diplomacy.acts.call(frm, CITY_APPROVALS + "send_back", {
				...city_diplomacy.acts.of_document(frm),
				reason,
			})
	);
};

city_diplomacy.acts.withdraw = function (frm) {
	city_diplomacy.acts.ask_reason(
		__("Withdraw"),
		__("It stays on record and cannot be taken up again."),
		__("Withdraw"),
		(reason) =>
			city_diplomacy.acts.call(frm, CITY_APPROVALS + "withdraw", {
				...city_diplomacy.acts.of_document(frm),
				reason,
			})
	);
};

city_diplomacy.acts.change_standing = function (frm, state, label) {
	city_diplomacy.acts.ask_reason(label, __("The reason becomes part of the ledger."), label, (reason) =>
		city_diplomacy.acts.call(frm, CITY_APPROVALS + "change_standing", {
			...city_diplomacy.acts.of_document(frm),
			state,
			reason,
		})
	);
};

// For documents whose approval is all there is to their signing.
city_diplomacy.acts.complete = function (frm, shown) {
	city_diplomacy.acts.when_saved(frm, () =>
		frappe.confirm(
			__("It becomes {0}, as everybody asked has cleared it. Go on?", [__(shown.signed)]),
			() =>
				city_diplomacy.acts.call(
					frm,
					CITY_APPROVALS + "complete",
					city_diplomacy.acts.of_document(frm)
				)
		)
	);
};

// Words of our own: "Clear" alone is what Frappe's German calls to delete.
city_diplomacy.acts.answers = () => [
	{ value: "Clear", label: __("Clear it") },
	{ value: "Clear with Conditions", label: __("Clear with conditions") },
	{ value: "Return", label: __("Return it") },
	{ value: "Object", label: __("Object to it") },
	{ value: "Recuse", label: __("Recuse yourself") },
];

city_diplomacy.acts.which = function (rows) {
	return {
		fieldname: "clearance",
		fieldtype: "Select",
		label: __("Seat"),
		options: rows.map((row) => ({ value: row.clearance, label: row.seat })),
		default: rows[0].clearance,
		reqd: 1,
	};
};

city_diplomacy.acts.record = function (frm, rows) {
	frappe.prompt(
		[
			city_diplomacy.acts.which(rows),
			{
				fieldname: "decision",
				fieldtype: "Select",
				label: __("Decision"),
				options: city_diplomacy.acts.answers(),
				default: "Clear",
				reqd: 1,
			},
			{
				fieldname: "remarks",
				fieldtype: "Small Text",
				label: __("From whom and how it came, with the reason or the conditions"),
				reqd: 1,
			},
			{ fieldname: "evidence", fieldtype: "Attach", label: __("The letter or e-mail"), reqd: 1 },
		],
		(values) => city_diplomacy.acts.call(frm, CITY_APPROVALS + "record_decision", values),
		__("Record a Decision Received by Letter or E-mail"),
		__("Record")
	);
};

// What is prepared already is opened; there is one record of one meeting.
city_diplomacy.acts.council = function (frm, row) {
	if (row.draft) return frappe.set_route("Form", "Council Action", row.draft);
	frappe.new_doc("Council Action", {
		clearance: row.clearance,
		reference_doctype: frm.doctype,
		reference_name: frm.docname,
	});
};

city_diplomacy.acts.override = function (frm, rows) {
	frappe.prompt(
		[
			city_diplomacy.acts.which(rows),
			{
				fieldname: "decision",
				fieldtype: "Select",
				label: __("Decision"),
				options: city_diplomacy.acts.answers().filter(({ value }) => value !== "Recuse"),
				reqd: 1,
			},
			{
				fieldname: "reason",
				fieldtype: "Small Text",
				label: __("Reason"),
				description: __(
					"It stays in the ledger and in the report of exceptions for everybody to read."
				),
				reqd: 1,
			},
		],
		(values) => city_diplomacy.acts.call(frm, CITY_APPROVALS + "override", values),
		__("Decide in Place of Whoever Was Asked"),
		__("Override")
	);
};

// What was said of the conditions of each clearance, and an act on one of them with words.
city_diplomacy.acts.about_conditions = function (frm, rows, { method, words, label, title, button }) {
	const told = rows
		.map(
			(row) =>
				city_diplomacy.html`<p><b>${row.seat}</b>: ${row.conditions}${
					row.met && city_diplomacy.html`<br>${row.met}`
				}</p>`
		)
		.join("");
	frappe.prompt(
		[
			{ fieldname: "told", fieldtype: "HTML", options: told },
			city_diplomacy.acts.which(rows),
			{ fieldname: words, fieldtype: "Small Text", label, reqd: 1 },
		],
		(values) =>
			city_diplomacy.acts.call(frm, CITY_APPROVALS + method, {
				clearance: values.clearance,
				[words]: values[words],
			}),
		title,
		button
	);
};

city_diplomacy.acts.confirm = (frm, rows) =>
	city_diplomacy.acts.about_conditions(frm, rows, {
		method: "confirm_conditions",
		words: "how",
		label: __("How the conditions were met"),
		title: __("Confirm Conditions"),
		button: __("Confirm"),
	});

city_diplomacy.acts.dispute = (frm, rows) =>
	city_diplomacy.acts.about_conditions(frm, rows, {
		method: "dispute_conditions",
		words: "why",
		label: __("What is still missing"),
		title: __("Conditions Are Not Met"),
		button: __("Open Them Again"),
	});

city_diplomacy.acts.answer = function (frm, rows) {
	const told = rows.map((row) => city_diplomacy.html`<p><b>${row.seat}</b>: ${row.question}</p>`).join("");
	frappe.prompt(
		[
			{ fieldname: "told", fieldtype: "HTML", options: told },
			city_diplomacy.acts.which(rows),
			{ fieldname: "answer", fieldtype: "Small Text", label: __("Answer"), reqd: 1 },
		],
		(values) =>
			city_diplomacy.acts.call(frm, CITY_APPROVALS + "answer", {
				clearance: values.clearance,
				answer: values.answer,
			}),
		__("Answer a Question"),
		__("Answer")
	);
};

city_diplomacy.acts.verify = function (frm) {
	frappe
		.call({
			method: CITY_APPROVALS + "verify_ledger",
			args: city_diplomacy.acts.of_document(frm),
			type: "GET",
		})
		.then(({ message }) => {
			const findings = message.findings.map(
				(found) => city_diplomacy.html`<li>${found.sequence}: ${found.problem}</li>`
			);
			frappe.msgprint({
				title: message.intact ? __("The Ledger Is Whole") : __("The Ledger Was Changed"),
				indicator: message.intact ? "green" : "red",
				message: String(city_diplomacy.html`${__("{0} entries checked.", [
					message.checked,
				])}<ul>${findings}</ul>
					<div class="text-muted" style="overflow-wrap: anywhere">${__("Head")}: ${message.head}</div>`),
			});
		});
};
