frappe.listview_settings["City Network"] = {
	hide_name_column: true,
};
