frappe.listview_settings["Committee Duty"] = {
	hide_name_column: true,
	add_fields: ["status", "due_date"],

	get_indicator(doc) {
		if (doc.status === "Open" && doc.due_date < frappe.datetime.get_today()) {
			return [__("Overdue"), "red", `status,=,Open|due_date,<,${frappe.datetime.get_today()}`];
		}
		const colour = { Open: "orange", Done: "green", Dropped: "gray" }[doc.status] || "gray";
		return [__(doc.status), colour, `status,=,${doc.status}`];
	},
};
