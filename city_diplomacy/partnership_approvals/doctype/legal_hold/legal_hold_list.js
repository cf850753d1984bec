frappe.listview_settings["Legal Hold"] = {
	add_fields: ["lifted_on"],
	hide_name_column: true,

	get_indicator(doc) {
		return doc.lifted_on
			? [__("Lifted"), "gray", "lifted_on,is,set"]
			: [__("In Force"), "orange", "lifted_on,is,not set"];
	},
};
