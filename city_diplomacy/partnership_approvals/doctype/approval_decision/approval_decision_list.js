frappe.listview_settings["Approval Decision"] = {
	hide_name_column: true,
};
