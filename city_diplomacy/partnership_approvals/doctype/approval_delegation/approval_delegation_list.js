frappe.listview_settings["Approval Delegation"] = {
	hide_name_column: true,
	add_fields: ["status", "from_date", "to_date"],

	get_indicator(doc) {
		const today = frappe.datetime.get_today();
		if (doc.status === "Revoked") return [__("Revoked"), "gray", "status,=,Revoked"];
		if (doc.to_date < today) return [__("Over"), "gray", `to_date,<,${today}`];
		if (doc.from_date > today) return [__("To Come"), "blue", `from_date,>,${today}`];
		return [__("Now"), "green", `status,=,Active|from_date,<=,${today}|to_date,>=,${today}`];
	},
};
