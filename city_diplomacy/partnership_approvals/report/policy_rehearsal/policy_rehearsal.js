frappe.query_reports["Policy Rehearsal"] = {
	filters: [
		{
			fieldname: "policy",
			label: __("Routing Policy"),
			fieldtype: "Link",
			options: "Routing Policy",
			reqd: 1,
		},
		{
			fieldname: "since",
			label: __("Since"),
			fieldtype: "Date",
		},
		{
			fieldname: "only_differing",
			label: __("Only what differs"),
			fieldtype: "Check",
			default: 1,
		},
	],
};
