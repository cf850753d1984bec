frappe.listview_settings["Export Win"] = {
	hide_name_column: true,
	add_fields: ["status"],

	get_indicator(doc) {
		const colour =
			{
				Draft: "gray",
				Claimed: "blue",
				Sent: "orange",
				Confirmed: "green",
				Disputed: "red",
			}[doc.status] || "gray";
		return [__(doc.status), colour, `status,=,${doc.status}`];
	},
};
