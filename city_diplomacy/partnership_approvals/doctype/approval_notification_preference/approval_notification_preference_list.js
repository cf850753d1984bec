frappe.listview_settings["Approval Notification Preference"] = {
	hide_name_column: true,

	get_indicator(doc) {
		return [__(doc.deliver), doc.deliver === "At Once" ? "green" : "blue", `deliver,=,${doc.deliver}`];
	},
};
