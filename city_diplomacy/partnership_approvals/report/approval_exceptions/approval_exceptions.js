frappe.query_reports["Approval Exceptions"] = {
	filters: [
		{
			fieldname: "from_date",
			label: __("From"),
			fieldtype: "Date",
			default: frappe.datetime.add_months(frappe.datetime.get_today(), -12),
		},
		{ fieldname: "to_date", label: __("To"), fieldtype: "Date" },
		{
			fieldname: "event",
			label: __("What"),
			fieldtype: "Select",
			options: [
				"",
				"Overridden",
				"Decision Recorded",
				"Handed Over",
				"Policy Changed",
				"Existing Agreement Recorded",
				"Dates Changed",
				"Signatories Changed",
				"Decided",
			],
		},
	],

	formatter(value, row, column, data, default_formatter) {
		const shown = default_formatter(value, row, column, data);
		const overridden = data && column.fieldname === "event" && data.event === "Overridden";
		return overridden ? `<span class="text-danger">${shown}</span>` : shown;
	},
};
