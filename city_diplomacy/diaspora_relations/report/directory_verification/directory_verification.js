frappe.query_reports["Directory Verification"] = {
	filters: [
		{
			fieldname: "standing",
			label: __("Standing"),
			fieldtype: "Select",
			options: ["", "Never verified", "To be verified again"],
		},
	],
};
