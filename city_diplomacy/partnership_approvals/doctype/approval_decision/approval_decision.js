// Who may do what is the server's answer (`acts_on`); the form only arranges it.
const RECORDS = "city_diplomacy.partnership_approvals.api.records.";

frappe.ui.form.on("Approval Decision", {
	refresh(frm) {
		if (frm.is_new()) return;
		show_standing(frm);
		frappe
			.call({ method: RECORDS + "acts_on", args: { entry: frm.docname }, type: "GET" })
			.then(({ message }) => {
				if (!message) return;
				if (message.held) {
					frm.dashboard.set_headline(
						__("Under a legal hold: no word of this record may be removed."),
						"orange"
					);
				}
				const button = (wanted, label, act) =>
					wanted && frm.add_custom_button(label, () => act(frm), __("Records"));
				if (message.mark) frm.add_custom_button(__("Mark…"), () => mark(frm));
				if (message.redact) frm.add_custom_button(__("Redact…"), () => redact(frm));
				button(message.hold, __("Place Legal Hold…"), (form) => hold(form, true));
				button(message.lift, __("Lift Legal Hold…"), (form) => hold(form, false));
				button(message.export, __("Export Releasable Record"), (form) =>
					download(form, "releasable")
				);
				button(message.export, __("Export Internal Record"), (form) => download(form, "internal"));
			});
	},
});

function show_standing(frm) {
	if (frm.doc.words_removed) {
		frm.page.set_indicator(__(frm.doc.words_removed), "darkgrey");
	} else if (frm.doc.disclosure) {
		const colour = { Public: "green", Deliberative: "blue", Privileged: "orange", Exempt: "orange" };
		frm.page.set_indicator(__(frm.doc.disclosure), colour[frm.doc.disclosure]);
	}
}

function act(frm, method, args, done) {
	return frappe.call({ method: RECORDS + method, args, type: "POST", freeze: true }).then(() => {
		frappe.show_alert({ message: done, indicator: "green" });
		return frm.reload_doc();
	});
}

function mark(frm) {
	frappe.prompt(
		[
			{
				fieldname: "disclosure",
				fieldtype: "Select",
				label: __("The words are"),
				options: ["Public", "Deliberative", "Privileged", "Exempt"],
				default: frm.doc.disclosure,
				description: __("Only public words are in a releasable record."),
				reqd: 1,
			},
			{
				fieldname: "exemption",
				fieldtype: "Small Text",
				label: __("Law that exempts them"),
				default: frm.doc.exemption,
				depends_on: 'eval:["Privileged", "Exempt"].includes(doc.disclosure)',
				mandatory_depends_on: 'eval:["Privileged", "Exempt"].includes(doc.disclosure)',
				description: __("It stands in the releasable record in the place of the words."),
			},
			{ fieldname: "reason", fieldtype: "Small Text", label: __("Why, for the ledger") },
		],
		(values) => act(frm, "mark_disclosure", { entry: frm.docname, ...values }, __("Marked.")),
		__("Mark the Words of Entry {0}", [frm.doc.sequence]),
		__("Mark")
	);
}

function redact(frm) {
	frappe.prompt(
		[
			{
				fieldname: "told",
				fieldtype: "HTML",
				options: __(
					"The words go for good, here and on the clearance. Who decided what and when stays, and the ledger still verifies."
				),
			},
			{
				fieldname: "reason",
				fieldtype: "Small Text",
				label: __("Why they are removed"),
				description: __("It becomes part of the ledger; do not repeat the words."),
				reqd: 1,
			},
		],
		(values) => act(frm, "redact", { entry: frm.docname, ...values }, __("Redacted.")),
		__("Redact the Words of Entry {0}", [frm.doc.sequence]),
		__("Redact")
	);
}

function hold(frm, on) {
	frappe.prompt(
		[
			{
				fieldname: "reason",
				fieldtype: "Small Text",
				label: on ? __("For which matter it must be kept") : __("Why the hold is lifted"),
				reqd: 1,
			},
		],
		({ reason }) =>
			act(
				frm,
				"legal_hold",
				{
					doctype: frm.doc.reference_doctype,
					name: frm.doc.reference_name,
					on: on ? 1 : 0,
					reason,
				},
				on ? __("The record is held.") : __("The hold is lifted.")
			),
		on
			? __("Place a Legal Hold on {0}", [frm.doc.reference_name])
			: __("Lift the Legal Hold on {0}", [frm.doc.reference_name]),
		on ? __("Place Hold") : __("Lift Hold")
	);
}

function download(frm, version) {
	frappe
		.call({
			method: RECORDS + "export_record",
			args: { doctype: frm.doc.reference_doctype, name: frm.doc.reference_name, version },
			type: "GET",
		})
		.then(({ message }) => {
			const file = new Blob([JSON.stringify(message, null, 1)], { type: "application/json" });
			const link = document.createElement("a");
			link.href = URL.createObjectURL(file);
			link.download = `approval-record-${frm.doc.reference_name}-${version}.json`;
			link.click();
			URL.revokeObjectURL(link.href);
		});
}
