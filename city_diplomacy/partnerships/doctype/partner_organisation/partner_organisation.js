frappe.ui.form.on("Partner Organisation", {
	setup(frm) {
		city_diplomacy.partners.set_queries(frm, { partner_city: "Partner City" });
		city_diplomacy.partners.offer_time_zones(frm);
	},

	refresh(frm) {
		city_diplomacy.partners.leave_country_open(frm, "country");
		city_diplomacy.partners.show_contacts(frm);
		city_diplomacy.partners.prefill_connections(frm);
		city_diplomacy.partners.show_promises(frm);
		city_diplomacy.guest_links.show(frm);
	},
});
