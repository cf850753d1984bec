frappe.ui.form.on("Approval Delegation", {
	setup(frm) {
		frm.set_query("document_type", () => ({ filters: { name: ["in", ["MOU"]] } }));
	},

	onload(frm) {
		if (frm.is_new() && !frm.doc.delegator) frm.set_value("delegator", frappe.session.user);
	},

	refresh(frm) {
		if (frm.is_new() || frm.doc.status !== "Active") return;
		const today = frappe.datetime.get_today();
		if (frm.doc.from_date <= today && frm.doc.to_date >= today) {
			frm.dashboard.set_headline(
				__("{0} answers now.", [frappe.utils.escape_html(frm.doc.delegate)]),
				"green"
			);
		}
		frm.add_custom_button(__("End Now"), () =>
			frappe
				.call({
					method: "city_diplomacy.partnership_approvals.api.end_delegation",
					args: { delegation: frm.docname },
					type: "POST",
					freeze: true,
				})
				.then(() => frm.reload_doc())
		);
	},
});
