frappe.ui.form.on("Partner Engagement", {
	setup(frm) {
		city_diplomacy.partners.set_row_query(frm, "partners", "partner_type", "partner");
	},

	onload(frm) {
		city_diplomacy.partners.prefill_promise(frm);
	},

	refresh(frm) {
		if (frm.is_new() || frm.doc.event || !frappe.model.can_create("Event")) return;
		frm.add_custom_button(__("Calendar Event"), () => make_calendar_event(frm), __("Create"));
	},
});

function make_calendar_event(frm) {
	frappe
		.call({
			method: "city_diplomacy.partnerships.doctype.partner_engagement.partner_engagement.make_event",
			args: { engagement: frm.docname },
			freeze: true,
		})
		.then(() => frm.reload_doc());
}
