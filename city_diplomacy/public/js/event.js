frappe.ui.form.on("Event", {
	refresh(frm) {
		if (frm.is_new() || !frappe.model.can_create("Partner Engagement")) return;
		frm.add_custom_button(__("Partner Engagement"), () => make_engagement(frm), __("Create"));
	},
});

function make_engagement(frm) {
	frappe
		.call({
			method: "city_diplomacy.partnerships.doctype.partner_engagement.partner_engagement.make_from_event",
			args: { event: frm.docname },
			freeze: true,
		})
		.then(({ message }) => frappe.set_route("Form", "Partner Engagement", message.name));
}
