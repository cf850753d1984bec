frappe.query_reports["Diaspora Connections"] = {
	filters: [
		{ fieldname: "country", label: __("Country"), fieldtype: "Link", options: "Country" },
		{
			fieldname: "kind",
			label: __("Kind of organisation"),
			fieldtype: "Select",
			options: [
				"",
				"Community association",
				"Sister city committee",
				"Chamber of commerce",
				"Cultural centre",
				"Faith organisation",
				"Professional network",
				"Student association",
				"Relief organisation",
				"Media",
				"Other",
			],
		},
		{ fieldname: "topic", label: __("Sector"), fieldtype: "Link", options: "Partnership Topic" },
		{
			fieldname: "gap",
			label: __("What is missing"),
			fieldtype: "Select",
			options: [
				"",
				{ value: "no partner", label: __("A partner") },
				{ value: "no organisation", label: __("An organisation here") },
				{ value: "no lead", label: __("A trade lead") },
			],
		},
		{
			fieldname: "members",
			label: __("Records behind the numbers"),
			fieldtype: "Select",
			options: [
				"",
				{ value: "all", label: __("All") },
				{ value: "organisations", label: __("Organisations here") },
				{ value: "partners", label: __("Partners") },
				{ value: "agreements", label: __("Agreements in Force") },
				{ value: "leads", label: __("Open Trade Leads") },
			],
			depends_on: "eval:doc.country",
		},
		{ fieldname: "page", label: __("Page"), fieldtype: "Int", default: 1, depends_on: "eval:doc.members" },
		{
			fieldname: "all_pages",
			label: __("All rows, to export"),
			fieldtype: "Check",
			depends_on: "eval:doc.members",
		},
	],

	onload(report) {
		// A number opens the records it counts, in the same report.
		report.page.wrapper.on("click", "[data-connections-of]", (event) => {
			const { connectionsOf, connectionsGroup } = event.currentTarget.dataset;
			report.set_filter_value({ country: connectionsOf, members: connectionsGroup });
			return false;
		});
		return frappe.require("/assets/city_diplomacy/js/markup.js");
	},

	formatter(value, row, column, data, default_formatter) {
		const counted = ["organisations", "partners", "agreements", "leads"].includes(column.fieldname);
		if (!data || !counted || !value) return default_formatter(value, row, column, data);
		return String(
			city_diplomacy.html`<a href="#" data-connections-of="${data.country}" data-connections-group="${column.fieldname}">${value}</a>`
		);
	},
};
