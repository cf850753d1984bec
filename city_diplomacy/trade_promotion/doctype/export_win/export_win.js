const KINDS_OF_VALUE = {
	Export: ["Export", "Outward investment", "Business success"],
	"Inward Investment": ["Investment"],
	Tourism: ["Tourism"],
};

frappe.ui.form.on("Export Win", {
	setup(frm) {
		frm.trigger("direction");
	},

	direction(frm) {
		frm.fields_dict.won_values.grid.update_docfield_property(
			"kind",
			"options",
			KINDS_OF_VALUE[frm.doc.direction] || []
		);
	},

	refresh(frm) {
		frm.trigger("direction");
		city_diplomacy.partners.leave_country_open(frm, "market");
		const is_draft = frm.doc.status === "Draft";
		for (const field of [
			"company_name",
			"direction",
			"trade_lead",
			"won_on",
			"market",
			"what_was_won",
			"currency",
			"won_values",
		]) {
			frm.set_df_property(field, "read_only", is_draft ? 0 : 1);
		}
		city_diplomacy.guest_links.show(frm);
		if (frm.is_new() || frm.is_dirty() || !frm.perm[0].write) return;
		const act = (method) => () =>
			frappe
				.call({
					method: `city_diplomacy.trade_promotion.api.${method}`,
					args: { win: frm.docname },
					freeze: true,
				})
				.then(() => frm.reload_doc());
		if (is_draft) frm.add_custom_button(__("Claim"), act("claim_win")).addClass("btn-primary");
		if (["Claimed", "Sent", "Disputed"].includes(frm.doc.status)) {
			frm.add_custom_button(__("Open Again"), () =>
				frappe.confirm(
					__("The win becomes a draft again, and an answer of the company is taken out. Go on?"),
					act("reopen_win")
				)
			);
		}
	},
});
