frappe.listview_settings["Ceremonial Request"] = {
	hide_name_column: true,
	add_fields: ["status"],

	get_indicator(doc) {
		const colour =
			{ Requested: "orange", Accepted: "blue", Declined: "red", Done: "green" }[doc.status] || "gray";
		return [__(doc.status), colour, `status,=,${doc.status}`];
	},
};
