frappe.listview_settings["Trade Stage"] = {
	hide_name_column: false,
	add_fields: ["direction"],

	get_indicator(doc) {
		const colour = { Export: "blue", "Inward Investment": "purple", Tourism: "green" }[doc.direction];
		return [__(doc.direction), colour || "gray", `direction,=,${doc.direction}`];
	},
};
