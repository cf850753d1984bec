frappe.listview_settings["Approval Route"] = {
	hide_name_column: true,
	add_fields: ["outcome"],

	get_indicator(doc) {
		const colour =
			{
				"In Progress": "orange",
				"Ready to Sign": "blue",
				Signed: "green",
				Declined: "red",
			}[doc.outcome] || "gray";
		return [__(doc.outcome), colour, `outcome,=,${doc.outcome}`];
	},
};
