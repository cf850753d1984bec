frappe.query_reports["Programmes by Group"] = {
	filters: [
		{
			fieldname: "kind",
			label: __("Kind"),
			fieldtype: "Select",
			options: [
				"",
				"Newcomers",
				"Students and youth",
				"Diplomat training",
				"Volunteers",
				"Culture",
				"Gender equality",
			],
		},
		{
			fieldname: "status",
			label: __("Status"),
			fieldtype: "Select",
			options: ["", "Planned", "Open", "Running", "Finished", "Cancelled"],
		},
		{ fieldname: "department", label: __("Department"), fieldtype: "Link", options: "Department" },
		{ fieldname: "from_date", label: __("Starts from"), fieldtype: "Date" },
		{ fieldname: "to_date", label: __("Starts until"), fieldtype: "Date" },
		{ fieldname: "group_name", label: __("Group"), fieldtype: "Data" },
		{ fieldname: "each_programme", label: __("Each programme"), fieldtype: "Check" },
	],

	onload(report) {
		// A number of programmes opens these programmes, in the same report.
		report.page.wrapper.on("click", "[data-programmes-of]", (event) => {
			const { programmesOf, programmesKind } = event.currentTarget.dataset;
			report.set_filter_value({ kind: programmesKind, group_name: programmesOf, each_programme: 1 });
			return false;
		});
		return frappe.require("/assets/city_diplomacy/js/markup.js");
	},

	formatter(value, row, column, data, default_formatter) {
		if (!data || column.fieldname !== "programmes") return default_formatter(value, row, column, data);
		return String(
			city_diplomacy.html`<a href="#" data-programmes-of="${data.group_name}" data-programmes-kind="${data.kind}">${value}</a>`
		);
	},
};
