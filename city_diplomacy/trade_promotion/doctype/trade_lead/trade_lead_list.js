frappe.listview_settings["Trade Lead"] = {
	hide_name_column: true,
	add_fields: ["stage"],

	get_indicator(doc) {
		const colour =
			{
				Identified: "gray",
				Qualified: "blue",
				"In Progress": "orange",
				Won: "green",
				Lost: "red",
			}[doc.stage] || "gray";
		return [__(doc.stage), colour, `stage,=,${doc.stage}`];
	},
};
