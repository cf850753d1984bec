frappe.ui.form.on("Community Programme", {
	setup(frm) {
		city_diplomacy.partners.set_row_query(frm, "partners", "partner_type", "partner");
	},
});
