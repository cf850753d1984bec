frappe.listview_settings["Official Gift"] = {
	hide_name_column: true,
	add_fields: ["status"],

	get_indicator(doc) {
		const colour =
			{ Logged: "blue", "To Be Decided": "orange", Approved: "green", Refused: "red" }[doc.status] || "gray";
		return [__(doc.status), colour, `status,=,${doc.status}`];
	},
};
