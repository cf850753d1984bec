frappe.listview_settings["Guest List"] = {
	hide_name_column: true,
	add_fields: ["status"],

	get_indicator(doc) {
		const colour =
			{ Preparing: "orange", Inviting: "blue", Closed: "yellow", Held: "green" }[doc.status] || "gray";
		return [__(doc.status), colour, `status,=,${doc.status}`];
	},
};
