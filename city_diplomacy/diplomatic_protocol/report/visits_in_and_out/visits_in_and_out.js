frappe.query_reports["Visits In and Out"] = {
	filters: [
		{
			fieldname: "from_date",
			label: __("From"),
			fieldtype: "Date",
			default: frappe.datetime.add_months(frappe.datetime.get_today(), -12),
		},
		{
			fieldname: "to_date",
			label: __("To"),
			fieldtype: "Date",
			default: frappe.datetime.add_months(frappe.datetime.get_today(), 12),
		},
		{
			fieldname: "direction",
			label: __("Direction"),
			fieldtype: "Select",
			options: ["", "Inbound", "Outbound"],
		},
		{
			fieldname: "visit_kind",
			label: __("Kind"),
			fieldtype: "Select",
			options: ["", "Official", "Technical", "Trade mission", "Student", "Media"],
		},
		{
			fieldname: "status",
			label: __("Status"),
			fieldtype: "Select",
			options: [
				"",
				"Requested",
				"Proposed",
				"Accepted",
				"Declined",
				"Preparing",
				"Under way",
				"Held",
				"Cancelled",
			],
		},
		{ fieldname: "country", label: __("Country"), fieldtype: "Link", options: "Country" },
		{ fieldname: "partner", label: __("Partner"), fieldtype: "Data" },
	],
};
