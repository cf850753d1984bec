frappe.listview_settings["Approval Notice"] = {
	hide_name_column: true,
	add_fields: ["status", "kind", "for_user"],

	get_indicator(doc) {
		const colour = { Waiting: "blue", Delivered: "green", "Switched Off": "orange" }[doc.status] || "gray";
		return [__(doc.status), colour, `status,=,${doc.status}`];
	},
};
