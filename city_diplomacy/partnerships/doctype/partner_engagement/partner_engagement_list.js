frappe.listview_settings["Partner Engagement"] = {
	hide_name_column: true,
	add_fields: ["engagement_type"],

	get_indicator(doc) {
		const colour =
			{
				Meeting: "blue",
				Call: "cyan",
				Visit: "green",
				Event: "purple",
				Review: "orange",
			}[doc.engagement_type] || "gray";
		return [__(doc.engagement_type), colour, `engagement_type,=,${doc.engagement_type}`];
	},
};
