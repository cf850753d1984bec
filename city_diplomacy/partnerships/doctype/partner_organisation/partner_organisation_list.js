frappe.listview_settings["Partner Organisation"] = {
	hide_name_column: true,
	add_fields: ["relationship_stage"],

	onload(listview) {
		city_diplomacy.guest_links.offer_for_many(listview, "Verify our entry");
	},

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
