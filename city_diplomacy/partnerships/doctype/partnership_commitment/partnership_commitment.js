frappe.ui.form.on("Partnership Commitment", {
	setup(frm) {
		city_diplomacy.partners.set_dynamic_query(frm, "counterpart_type", "counterpart");
		city_diplomacy.partners.set_dynamic_query(frm, "partner_type", "partner");
	},

	// What the form was opened with, or what was entered before, serves again where the partner owes it.
	owed_by(frm) {
		if (frm.doc.owed_by !== "Counterpart" || frm.doc.counterpart || !frm.doc.partner) return;
		const { partner_type, partner } = frm.doc;
		frm.set_value("counterpart_type", partner_type).then(() => frm.set_value("counterpart", partner));
	},

	refresh(frm) {
		if (frm.is_new() || !["Open", "In Progress"].includes(frm.doc.status) || !frm.perm[0].write) return;
		frm.add_custom_button(__("Mark as Done"), () => mark_as_done(frm));
		if (frm.doc.due_date && frm.doc.due_date < frappe.datetime.get_today()) {
			frm.dashboard.set_headline(
				__("Overdue since {0}.", [frappe.datetime.str_to_user(frm.doc.due_date)]),
				"red"
			);
		}
	},
});

function mark_as_done(frm) {
	frappe.prompt(
		[
			{
				fieldname: "completed_on",
				fieldtype: "Date",
				label: __("Completed on"),
				default: frappe.datetime.get_today(),
				reqd: 1,
			},
			{ fieldname: "result", fieldtype: "Small Text", label: __("Result"), default: frm.doc.result },
		],
		(values) => {
			frm.set_value({ status: "Done", ...values });
			frm.save();
		},
		__("Mark as Done"),
		__("Save")
	);
}
