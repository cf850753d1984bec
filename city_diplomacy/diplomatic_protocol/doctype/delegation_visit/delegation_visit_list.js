frappe.listview_settings["Delegation Visit"] = {
	hide_name_column: true,
	add_fields: ["status", "direction"],

	get_indicator(doc) {
		const colour =
			{
				Requested: "orange",
				Proposed: "yellow",
				Accepted: "blue",
				Preparing: "blue",
				"Under way": "green",
				Held: "green",
				Declined: "red",
			}[doc.status] || "gray";
		return [__(doc.status), colour, `status,=,${doc.status}`];
	},
};
