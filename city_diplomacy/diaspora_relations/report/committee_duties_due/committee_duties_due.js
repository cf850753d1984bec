frappe.query_reports["Committee Duties Due"] = {
	filters: [
		{ fieldname: "within_days", label: __("Within so many days"), fieldtype: "Int", default: 90 },
		{ fieldname: "overdue", label: __("Overdue alone"), fieldtype: "Check" },
		{
			fieldname: "kind",
			label: __("Kind"),
			fieldtype: "Select",
			options: ["", "Activity report", "Finance report", "Minimum members", "Other"],
		},
		{ fieldname: "partner_city", label: __("Partner city"), fieldtype: "Link", options: "Partner City" },
		{
			fieldname: "owed_by",
			label: __("Owed by"),
			fieldtype: "Select",
			options: ["", "Organisation", "Department"],
		},
		{ fieldname: "department", label: __("Department"), fieldtype: "Link", options: "Department" },
		{ fieldname: "duty_owner", label: __("Looked after by"), fieldtype: "Link", options: "User" },
	],

	formatter(value, row, column, data, default_formatter) {
		const shown = default_formatter(value, row, column, data);
		if (data && column.fieldname === "days" && data.days < 0) column.cssClass = "text-danger";
		return shown;
	},
};
