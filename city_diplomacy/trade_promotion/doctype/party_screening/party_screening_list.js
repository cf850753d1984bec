frappe.listview_settings["Party Screening"] = {
	add_fields: ["state", "superseded_by", "method"],

	get_indicator(doc) {
		if (doc.superseded_by) return [__("Followed by another"), "gray", "superseded_by,is,set"];
		const colour =
			{
				"No Candidate": "green",
				Cleared: "green",
				"To Be Decided": "orange",
				Escalated: "orange",
				"True Match": "red",
			}[doc.state] || "gray";
		return [__(doc.state), colour, `state,=,${doc.state}`];
	},
};
