frappe.query_reports["Trade Grant Measures"] = {
	filters: [
		{
			fieldname: "from_date",
			label: __("From"),
			fieldtype: "Date",
			reqd: 1,
			default: frappe.datetime.year_start(),
		},
		{
			fieldname: "to_date",
			label: __("To"),
			fieldtype: "Date",
			reqd: 1,
			default: frappe.datetime.year_end(),
		},
		{ fieldname: "grant_amount", label: __("Amount of the grant"), fieldtype: "Float" },
		{ fieldname: "currency", label: __("Currency"), fieldtype: "Link", options: "Currency" },
	],

	onload(report) {
		report.page.add_inner_button(__("Wins of These Days"), () => {
			const { from_date, to_date } = report.get_values();
			frappe.route_options = {
				direction: "Export",
				status: ["!=", "Draft"],
				won_on: ["between", [from_date, to_date]],
			};
			frappe.set_route("List", "Export Win", "List");
		});
	},
};
