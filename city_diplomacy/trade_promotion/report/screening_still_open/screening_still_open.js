frappe.query_reports["Screening Still Open"] = {
	filters: [
		{
			fieldname: "state",
			label: __("State"),
			fieldtype: "Select",
			options: ["", "To Be Decided", "Escalated", "True Match"],
		},
		{
			fieldname: "subject_type",
			label: __("Kind of record"),
			fieldtype: "Select",
			options: [
				"",
				"Trade Lead",
				"Partner Organisation",
				"Diaspora Organisation",
				"Partner City",
				"City Network",
			],
		},
		{ fieldname: "screened_by", label: __("Screened by"), fieldtype: "Link", options: "User" },
		{ fieldname: "restricted_party_list", label: __("List"), fieldtype: "Link", options: "Restricted Party List" },
	],
};
