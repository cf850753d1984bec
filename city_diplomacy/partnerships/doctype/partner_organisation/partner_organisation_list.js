frappe.listview_settings["Partner Organisation"] = {
	hide_name_column: true,
	add_fields: ["relationship_stage"],

	get_indicator(doc) {
		const colour =
			{
				Contact: "blue",
				MOU: "cyan",
				"Active Partner": "green",
			}[doc.relationship_stage] || "gray";
		return [__(doc.relationship_stage), colour, `relationship_stage,=,${doc.relationship_stage}`];
	},
};
