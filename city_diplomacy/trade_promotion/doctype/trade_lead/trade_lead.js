frappe.ui.form.on("Trade Lead", {
	setup(frm) {
		city_diplomacy.partners.set_queries(frm, { partner_city: "Partner City" });
		frm.set_query("hs_code", () => ({ query: "city_diplomacy.trade_promotion.api.find_hs_code" }));
	},

	refresh(frm) {
		city_diplomacy.partners.leave_country_open(frm, "market");
		if (frm.is_new() || !(frm.doc.__onload || {}).may_convert) return;
		// Whoever opens one that a colleague made is let in by the same method.
		const offer = (made, doctype, method) =>
			frm.add_custom_button(
				__(doctype),
				() => make_in_erpnext(frm, method),
				made ? __("View") : __("Create")
			);
		if (frm.doc.party_type !== "Customer") offer(frm.doc.lead, "Lead", "make_lead");
		offer(frm.doc.opportunity, "Opportunity", "make_opportunity");
	},
});

function make_in_erpnext(frm, method) {
	frappe
		.call({
			method: `city_diplomacy.trade_promotion.api.${method}`,
			args: { trade_lead: frm.docname },
			freeze: true,
		})
		.then(({ message }) => {
			const readable = frappe.boot.user.can_read;
			if (!readable.includes(message.doctype)) {
				// The first record of its kind that is shared with this person: Desk learnt its addresses before.
				readable.push(message.doctype);
				frappe.router.setup();
			}
			frappe.set_route("Form", message.doctype, message.name);
		});
}
