frappe.ui.form.on("Approval Route", {
	refresh(frm) {
		frm.add_custom_button(__("Agreement"), () =>
			frappe.set_route("Form", frm.doc.reference_doctype, frm.doc.reference_name)
		);
	},
});
