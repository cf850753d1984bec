frappe.ui.form.on("Trade Referral", {
	setup(frm) {
		city_diplomacy.partners.set_queries(frm, { partner_organisation: "Partner Organisation" });
	},

	refresh(frm) {
		const may_close = !frm.is_new() && frm.perm[0].write && frappe.model.can_create("Partner Engagement");
		if (frm.doc.status === "Closed" || !may_close) return;
		frm.add_custom_button(__("Close"), () => close_referral(frm));
	},
});

function close_referral(frm) {
	frappe.prompt(
		{
			fieldname: "outcome",
			fieldtype: "Small Text",
			label: __("What came of it"),
			default: frm.doc.outcome,
			reqd: 1,
		},
		({ outcome }) =>
			frappe
				.call({
					method: "city_diplomacy.trade_promotion.api.close_referral",
					args: { referral: frm.docname, outcome },
					freeze: true,
				})
				.then(() => frm.reload_doc()),
		__("Close the Referral"),
		__("Close and Record the Engagement")
	);
}
