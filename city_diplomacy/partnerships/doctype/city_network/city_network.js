frappe.ui.form.on("City Network", {
	refresh(frm) {
		city_diplomacy.partners.leave_country_open(frm, "secretariat_country");
		city_diplomacy.partners.show_contacts(frm);
		city_diplomacy.partners.prefill_connections(frm);
		city_diplomacy.partners.show_promises(frm);
	},
});
