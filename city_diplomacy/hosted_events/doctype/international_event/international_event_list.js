frappe.listview_settings["International Event"] = {
	hide_name_column: true,
	add_fields: ["phase"],

	get_indicator(doc) {
		const colour =
			{
				Bid: "orange",
				Awarded: "blue",
				Preparing: "purple",
				Held: "green",
				Legacy: "cyan",
				"Not Awarded": "gray",
				Withdrawn: "gray",
				Cancelled: "red",
			}[doc.phase] || "gray";
		return [__(doc.phase), colour, `phase,=,${doc.phase}`];
	},
};
