frappe.ui.form.on("Network Membership", {
	setup(frm) {
		city_diplomacy.partners.set_queries(frm, { network: "City Network", partner_city: "Partner City" });
	},

	onload(frm) {
		city_diplomacy.partners.prefill_promise(frm);
	},

	refresh: (frm) => city_diplomacy.routed.refresh(frm),
});
