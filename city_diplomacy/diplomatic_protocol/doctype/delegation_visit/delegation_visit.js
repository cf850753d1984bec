const VISITS_API = "city_diplomacy.diplomatic_protocol.visits.api.";

frappe.ui.form.on("Delegation Visit", {
	setup(frm) {
		city_diplomacy.partners.set_row_query(frm, "partners", "partner_type", "partner");
	},

	onload(frm) {
		city_diplomacy.partners.prefill_promise(frm);
	},

	refresh(frm) {
		city_diplomacy.partners.leave_country_open(frm, "country");
		city_diplomacy.partners.offer_time_zones(frm);
		city_diplomacy.guest_links.show(frm);
		show_triage(frm);
		if ((frm.doc.__onload || {}).mission) frm.set_intro(frm.doc.__onload.mission, "blue");
		city_diplomacy.routed.refresh(frm);
		if (frm.is_new()) return;
		frm.add_custom_button(
			__("Calendar File"),
			() => window.open(`/api/method/${VISITS_API}calendar_file?visit=${encodeURIComponent(frm.docname)}`),
			__("View")
		);
		for (const [label, method] of [
			[__("Briefing Book"), "page"],
			[__("Briefing Book as PDF"), "pdf"],
		]) {
			const address = `/api/method/city_diplomacy.diplomatic_protocol.briefing.api.${method}`;
			frm.add_custom_button(
				label,
				() => window.open(`${address}?visit=${encodeURIComponent(frm.docname)}`),
				__("View")
			);
		}
		if (!frm.perm[0].write) return;
		if (!frm.doc.event && frappe.model.can_create("Event")) {
			frm.add_custom_button(__("Calendar Event"), () => call(frm, "make_event"), __("Create"));
		}
		if (["Under way", "Held"].includes(frm.doc.status) && !frm.doc.engagement) {
			frm.add_custom_button(__("Engagement"), () => call(frm, "make_engagement"), __("Create"));
		}
		if (frm.doc.status === "Held") {
			frm.add_custom_button(__("Thank-You Letters"), () => write_thanks(frm));
		}
		if (["Requested", "Proposed"].includes(frm.doc.status)) offer_decision(frm);
		else if (frm.doc.requester_email && frm.doc.status !== "Held") {
			frm.add_custom_button(__("Letter to the Requester"), () => write_letter(frm));
		}
	},
});

// Frappe fills in the site's own language; a delegate's is rarely that.
frappe.ui.form.on("Visit Delegate", "delegates_add", (_frm, doctype, name) =>
	frappe.model.set_value(doctype, name, "language", "")
);

// An item begins on the day of the one before it, the first on the day of arrival.
frappe.ui.form.on("Visit Programme Item", "programme_add", (frm, doctype, name) => {
	const rows = frm.doc.programme;
	const before = rows.length > 1 ? rows[rows.length - 2] : {};
	frappe.model.set_value(doctype, name, {
		day: before.day || frm.doc.arrives_on,
		time_zone: before.time_zone || frm.doc.time_zone || "",
	});
});

function show_triage(frm) {
	const colours = { Met: "green", "Not met": "red", "Cannot be told": "orange" };
	const rows = ((frm.doc.__onload || {}).triage || []).map(
		(row) => city_diplomacy.html`<tr>
			<td><span class="indicator-pill ${colours[row.answer]}">${__(row.answer)}</span></td>
			<td>${row.rule}</td><td>${row.reason}</td></tr>`
	);
	city_diplomacy.put(
		frm.get_field("triage_view").$wrapper,
		rows.length
			? city_diplomacy.html`<table class="table table-condensed"><tbody>${rows}</tbody></table>`
			: city_diplomacy.html``
	);
}

function offer_decision(frm) {
	const decide = (accept) => () => {
		const against = frm.doc.triage_proposal === (accept ? "Decline" : "Accept");
		const fields = [
			{
				fieldname: "reason",
				fieldtype: "Small Text",
				label: against ? __("Why the proposal is overruled") : __("Remark"),
				reqd: against ? 1 : 0,
				default: frm.doc.triage_reason,
			},
		];
		if (!accept) {
			fields.push({
				fieldname: "letter_reason",
				fieldtype: "Small Text",
				label: __("Reason in the letter"),
				description: __("Left empty, the letter says what the rules say that are not met."),
				default: frm.doc.letter_reason,
			});
		}
		const title = accept ? __("Accept the Visit") : __("Decline the Visit");
		frappe.prompt(fields, (given) => call(frm, "decide", { accept: accept ? 1 : 0, ...given }), title);
	};
	frm.add_custom_button(__("Accept"), decide(true), __("Decide"));
	frm.add_custom_button(__("Decline"), decide(false), __("Decide"));
}

function write_letter(frm) {
	frappe
		.call({ method: `${VISITS_API}draft_letter`, args: { visit: frm.docname }, type: "GET" })
		.then(({ message }) => {
			const dialog = new frappe.ui.Dialog({
				title: __("Letter to {0}", [message.person]),
				fields: [
					{ fieldname: "to", fieldtype: "Data", label: __("To"), read_only: 1 },
					{ fieldname: "subject", fieldtype: "Data", label: __("Subject"), reqd: 1 },
					{ fieldname: "message", fieldtype: "Long Text", label: __("Letter"), reqd: 1 },
				],
				primary_action_label: __("Send"),
				primary_action(given) {
					dialog.hide();
					call(frm, "send_letter", { subject: given.subject, message: given.message });
				},
			});
			dialog.set_values({ ...message, to: message.email });
			dialog.show();
		});
}

function write_thanks(frm) {
	frappe
		.call({ method: `${VISITS_API}draft_thanks`, args: { visit: frm.docname }, type: "GET" })
		.then(({ message: drafts }) => {
			if (!drafts.length) {
				frappe.msgprint(__("Nobody is left to thank who has an e-mail address."));
				return;
			}
			const fields = [];
			for (const [place, draft] of drafts.entries()) {
				fields.push(
					{ fieldtype: "Section Break", label: `${draft.person} (${draft.email})` },
					{ fieldname: `send_${place}`, fieldtype: "Check", label: __("Send"), default: 1 },
					{ fieldname: `subject_${place}`, fieldtype: "Data", label: __("Subject"), default: draft.subject },
					{ fieldname: `message_${place}`, fieldtype: "Long Text", label: __("Letter"), default: draft.message }
				);
			}
			frappe.prompt(
				fields,
				(given) => {
					const letters = drafts
						.map((draft, place) => ({
							delegate: draft.delegate,
							subject: given[`subject_${place}`],
							message: given[`message_${place}`],
							wanted: given[`send_${place}`],
						}))
						.filter((letter) => letter.wanted);
					call(frm, "send_thanks", { letters });
				},
				__("Thank-You Letters"),
				__("Send")
			);
		});
}

function call(frm, method, args) {
	return frappe
		.call({ method: VISITS_API + method, args: { visit: frm.docname, ...args }, freeze: true })
		.then(() => frm.reload_doc());
}
