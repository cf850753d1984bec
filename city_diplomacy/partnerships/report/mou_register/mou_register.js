frappe.query_reports["MOU Register"] = {
	onload: () => frappe.require("/assets/city_diplomacy/js/whole_numbers.js"),
	after_datatable_render: () => city_diplomacy.draw_whole_numbers(),

	filters: [
		{
			fieldname: "state",
			label: __("Standing"),
			fieldtype: "MultiSelectList",
			get_data: (text) => states_of_the_route(text),
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
			get_query: () => ({ query: "city_diplomacy.partnerships.partners.search.find_partner" }),
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
		{
			fieldname: "page",
			label: __("Page"),
			fieldtype: "Int",
			default: 1,
		},
		{
			fieldname: "all_pages",
			label: __("All rows, to export"),
			fieldtype: "Check",
		},
	],
};

// In the order of the route, and without the states of other workflows.
async function states_of_the_route(text) {
	await frappe.model.with_doctype("MOU");
	frappe.workflow.setup("MOU");
	const workflow = frappe.workflow.workflows.MOU;
	return (workflow ? workflow.states : [])
		.map(({ state }) => ({ value: state, label: __(state), description: "" }))
		.filter(({ label }) => label.toLowerCase().includes((text || "").toLowerCase()));
}
