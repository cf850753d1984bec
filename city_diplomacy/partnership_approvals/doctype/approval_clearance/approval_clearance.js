frappe.ui.form.on("Approval Clearance", {
	refresh(frm) {
		frm.add_custom_button(__("Agreement"), () =>
			frappe.set_route("Form", frm.doc.reference_doctype, frm.doc.reference_name)
		);
		if (!["Pending", "Question Asked"].includes(frm.doc.state)) return;
		frm.add_custom_button(__("Open to Decide"), () =>
			window.open(`/clearance/${encodeURIComponent(frm.docname)}`, "_blank")
		);
		const late = frm.doc.state === "Pending" && frm.doc.due_date < frappe.datetime.get_today();
		if (frm.doc.due_date && late) {
			frm.dashboard.set_headline(
				__("Overdue since {0}.", [frappe.datetime.str_to_user(frm.doc.due_date)]),
				"red"
			);
		}
	},
});
