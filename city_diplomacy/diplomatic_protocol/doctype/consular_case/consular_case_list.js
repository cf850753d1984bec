frappe.listview_settings["Consular Case"] = {
	hide_name_column: true,
	add_fields: ["status"],

	get_indicator(doc) {
		const colour = { Open: "red", "Waiting for Others": "orange", Closed: "green" }[doc.status] || "gray";
		return [__(doc.status), colour, `status,=,${doc.status}`];
	},
};
