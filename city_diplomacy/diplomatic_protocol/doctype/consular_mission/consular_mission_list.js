frappe.listview_settings["Consular Mission"] = {
	hide_name_column: true,
	add_fields: ["closed_on"],

	get_indicator(doc) {
		const today = frappe.datetime.get_today();
		return doc.closed_on && doc.closed_on <= today
			? [__("Closed"), "gray", `closed_on,is,set|closed_on,<=,${today}`]
			: [__("Open"), "green", "closed_on,is,not set"];
	},
};
