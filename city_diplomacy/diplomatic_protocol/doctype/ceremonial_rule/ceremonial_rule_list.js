frappe.listview_settings["Ceremonial Rule"] = {
	add_fields: ["valid_until"],

	get_indicator(doc) {
		const today = frappe.datetime.get_today();
		return doc.valid_until && doc.valid_until < today
			? [__("Over"), "gray", `valid_until,<,${today}|valid_until,is,set`]
			: [__("In Force"), "green", `valid_from,<=,${today}`];
	},
};
