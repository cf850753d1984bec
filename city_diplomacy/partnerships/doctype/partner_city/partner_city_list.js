frappe.listview_settings["Partner City"] = {
	hide_name_column: true,
	add_fields: ["relationship_stage"],
	// Cities we only share a network with are there to be found, not to be scrolled past.
	filters: [["relationship_stage", "!=", "Network Peer"]],

	get_indicator(doc) {
		const colour =
			{
				Contact: "blue",
				MOU: "cyan",
				"Friendship City": "purple",
				"Sister City": "green",
			}[doc.relationship_stage] || "gray";
		return [__(doc.relationship_stage), colour, `relationship_stage,=,${doc.relationship_stage}`];
	},
};
