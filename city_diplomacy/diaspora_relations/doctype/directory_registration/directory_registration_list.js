frappe.listview_settings["Directory Registration"] = {
	hide_name_column: true,
	add_fields: ["status"],

	get_indicator(doc) {
		const colour =
			{ Waiting: "orange", Accepted: "green", "Known Already": "blue", Declined: "gray" }[doc.status] ||
			"gray";
		return [__(doc.status), colour, `status,=,${doc.status}`];
	},
};
