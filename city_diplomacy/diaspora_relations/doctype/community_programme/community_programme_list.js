frappe.listview_settings["Community Programme"] = {
	hide_name_column: true,
	add_fields: ["status"],

	get_indicator(doc) {
		const colour =
			{
				Planned: "orange",
				Open: "blue",
				Running: "green",
				Finished: "gray",
				Cancelled: "red",
			}[doc.status] || "gray";
		return [__(doc.status), colour, `status,=,${doc.status}`];
	},
};
