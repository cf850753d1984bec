frappe.listview_settings["Routing Policy"] = {
	add_fields: ["status"],
	has_indicator_for_draft: 1,

	onload(listview) {
		if (!frappe.model.can_create("Routing Policy")) return;
		const { import_example, import_file } = city_diplomacy.policies;
		listview.page.add_inner_button(__("Import Example"), import_example);
		listview.page.add_inner_button(__("Import from File"), import_file);
	},

	get_indicator(doc) {
		const colour = { Draft: "gray", Ready: "blue", Active: "green", Retired: "gray" }[doc.status];
		return [__(doc.status), colour, `status,=,${doc.status}`];
	},
};
