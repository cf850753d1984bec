frappe.listview_settings["Network Membership"] = {
	hide_name_column: true,
	add_fields: ["status"],
	filters: [["member_type", "=", "Our City"]],

	get_indicator(doc) {
		const colour =
			{
				Applied: "blue",
				Member: "green",
				Suspended: "orange",
			}[doc.status] || "gray";
		return [__(doc.status), colour, `status,=,${doc.status}`];
	},
};
