frappe.listview_settings["Records Schedule"] = {
	add_fields: ["active"],

	get_indicator(doc) {
		return doc.active ? [__("Active"), "green", "active,=,1"] : [__("Not Active"), "gray", "active,=,0"];
	},
};
