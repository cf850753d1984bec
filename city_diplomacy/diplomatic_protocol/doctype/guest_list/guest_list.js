frappe.ui.form.on("Guest List", {
	refresh(frm) {
		if (frm.is_new()) return;
		frm.add_custom_button(
			__("Guests"),
			() => frappe.set_route("List", "Invited Guest", { guest_list: frm.docname }),
			__("View")
		);
	},

	about_type(frm) {
		frm.set_value("about", "");
	},
});
