frappe.query_reports["MOU Register"] = {
	filters: [
		{
			fieldname: "state",
			label: __("Standing"),
			fieldtype: "MultiSelectList",
			get_data: (text) => frappe.db.get_link_options("Workflow State", text),
		},
		{
			fieldname: "agreement_type",
			label: __("Type"),
			fieldtype: "Link",
			options: "Agreement Type",
		},
		{
			fieldname: "country",
			label: __("Country"),
			fieldtype: "Link",
			options: "Country",
		},
		{
			fieldname: "party_type",
			label: __("Partner is a"),
			fieldtype: "Select",
			options: ["", "Partner City", "Partner Organisation", "City Network", "Diaspora Organisation"],
			on_change: () => frappe.query_report.set_filter_value("party", ""),
		},
		{
			fieldname: "party",
			label: __("Partner"),
			fieldtype: "Dynamic Link",
			options: "party_type",
			get_options: () => frappe.query_report.get_filter_value("party_type"),
			get_query: () => ({ query: "city_diplomacy.partnerships.search.find_partner" }),
			depends_on: "party_type",
		},
		{
			fieldname: "department",
			label: __("Department"),
			fieldtype: "Link",
			options: "Department",
		},
		{
			fieldname: "signed_from",
			label: __("Signed from"),
			fieldtype: "Date",
		},
		{
			fieldname: "signed_to",
			label: __("Signed to"),
			fieldtype: "Date",
		},
		{
			fieldname: "without_confidential",
			label: __("Leave out confidential ones"),
			fieldtype: "Check",
		},
	],
};
