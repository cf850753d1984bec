frappe.listview_settings["Partnership Commitment"] = {
	hide_name_column: true,
	add_fields: ["status", "due_date"],
	filters: [["status", "in", ["Open", "In Progress"]]],

	get_indicator(doc) {
		const open = ["Open", "In Progress"].includes(doc.status);
		if (open && doc.due_date && doc.due_date < frappe.datetime.get_today()) {
			return [
				__("Overdue"),
				"red",
				`status,in,Open,In Progress|due_date,is,set|due_date,<,${frappe.datetime.get_today()}`,
			];
		}
		const colour = { Open: "blue", "In Progress": "orange", Done: "green" }[doc.status] || "gray";
		return [__(doc.status), colour, `status,=,${doc.status}`];
	},
};
