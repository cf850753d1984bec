frappe.ui.form.on("Trade Lead", {
	setup(frm) {
		city_diplomacy.partners.set_queries(frm, { partner_city: "Partner City" });
	},

	onload(frm) {
		city_diplomacy.partners.leave_country_open(frm, "market");
	},

	refresh(frm) {
		if (frm.is_new()) return;
		if (!frm.doc.lead && frappe.model.can_create("Lead")) {
			frm.add_custom_button(__("Lead"), () => make_in_erpnext(frm, "make_lead"), __("Create"));
		}
		if (!frm.doc.opportunity && frappe.model.can_create("Opportunity")) {
			frm.add_custom_button(
				__("Opportunity"),
				() => make_in_erpnext(frm, "make_opportunity"),
				__("Create")
			);
		}
	},
});

function make_in_erpnext(frm, method) {
	frappe
		.call({
			method: `city_diplomacy.trade_promotion.api.${method}`,
			args: { trade_lead: frm.docname },
			freeze: true,
		})
		.then(({ message }) => frappe.set_route("Form", message.doctype, message.name));
}
