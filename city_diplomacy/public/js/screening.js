// Forms of what can be screened: how its screening stands, and the button that screens it.
frappe.provide("city_diplomacy.screening");

city_diplomacy.screening.offer = function (frm) {
	if (frm.is_new() || !frappe.model.can_read("Party Screening")) return;
	const of = { subject_type: frm.doctype, subject: frm.docname };
	frappe.call("city_diplomacy.trade_promotion.screening.api.standing", of).then(({ message }) => {
		if (!message || of.subject !== frm.docname) return;
		if (message.missing) frm.dashboard.set_headline(frappe.utils.escape_html(message.missing), "orange");
		if (message.screening) {
			frm.add_custom_button(
				__("Screening"),
				() => frappe.set_route("Form", "Party Screening", message.screening),
				__("View")
			);
		}
	});
	if (!frappe.model.can_create("Party Screening")) return;
	frm.add_custom_button(
		__("Screening"),
		() =>
			frappe
				.call({ method: "city_diplomacy.trade_promotion.screening.api.screen", args: of, freeze: true })
				.then(({ message }) => frappe.set_route("Form", "Party Screening", message.name)),
		__("Create")
	);
};

city_diplomacy.screening.offer_for_agreement = function (frm) {
	const in_intake = frm.doc.workflow_state === "Intake Review";
	if (frm.is_new() || !in_intake || !frappe.model.can_create("Party Screening")) return;
	frm.add_custom_button(__("Screen the Parties"), () =>
		frappe
			.call({
				method: "city_diplomacy.trade_promotion.screening.api.screen_agreement",
				args: { agreement: frm.docname },
				freeze: true,
			})
			.then(({ message }) => {
				frm.reload_doc();
				frappe.set_route("List", "Party Screening", {
					name: ["in", message.map((one) => one.name)],
				});
			})
	);
};

// Several forms read this file; each binds its own handler once.
city_diplomacy.screening.bound ??= new Set();
for (const [doctype, refresh] of Object.entries({
	"Trade Lead": city_diplomacy.screening.offer,
	"Partner Organisation": city_diplomacy.screening.offer,
	"Diaspora Organisation": city_diplomacy.screening.offer,
	"Partner City": city_diplomacy.screening.offer,
	"City Network": city_diplomacy.screening.offer,
	MOU: city_diplomacy.screening.offer_for_agreement,
})) {
	if (city_diplomacy.screening.bound.has(doctype)) continue;
	city_diplomacy.screening.bound.add(doctype);
	frappe.ui.form.on(doctype, { refresh });
}
