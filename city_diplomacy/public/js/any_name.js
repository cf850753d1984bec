// Lists of records with many names have one box for all of them, in place of those for the title and the number.
for (const [doctype, settings] of Object.entries(frappe.listview_settings)) {
	const title = {
		"Partner City": "city_name",
		"Partner Organisation": "organisation_name",
		"City Network": "network_name",
		"Diaspora Organisation": "organisation_name",
		MOU: "title",
		"Trade Lead": "company_name",
	}[doctype];
	if (!title || settings.has_any_name) continue;
	const onload = settings.onload;
	Object.assign(settings, {
		has_any_name: true,
		hide_name_filter: true,
		onload(listview) {
			const fields = listview.page.fields_dict;
			if (fields.search_names && fields[title]) {
				const box = fields.search_names.$wrapper;
				box.prependTo(box.parent());
				fields[title].$wrapper.hide();
			}
			if (onload) onload.call(this, listview);
		},
	});
}
