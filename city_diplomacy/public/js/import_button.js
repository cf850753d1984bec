// Lists of registers offer an import to whoever may create their records.
for (const [doctype, settings] of Object.entries(frappe.listview_settings)) {
	const offered = [
		"Partner City",
		"Partner Organisation",
		"City Network",
		"Diaspora Organisation",
		"Network Membership",
		"Partner Engagement",
		"Partnership Commitment",
		"MOU",
		"Trade Lead",
		"Delegation Visit",
		"International Event",
		"Community Programme",
		"Committee Duty",
		"Consular Mission",
		"Official Gift",
		"Ceremonial Request",
		"Invited Guest",
	];
	if (!offered.includes(doctype) || settings.has_import_button) continue;
	const onload = settings.onload;
	Object.assign(settings, {
		has_import_button: true,
		onload(listview) {
			if (frappe.model.can_create(doctype) && frappe.model.can_create("Register Import")) {
				listview.page.add_inner_button(__("Import a Table"), () =>
					frappe.new_doc("Register Import", { register: doctype })
				);
			}
			if (onload) onload.call(this, listview);
		},
	});
}
