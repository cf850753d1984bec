frappe.query_reports["Ledger Verification"] = {
	filters: [
		{
			fieldname: "document_type",
			label: __("Kind of document"),
			fieldtype: "Select",
			options: ["", "MOU", "Network Membership", "Project"].map((doctype) => ({
				value: doctype,
				label: doctype && __(doctype),
			})),
		},
		{
			fieldname: "state",
			label: __("State"),
			fieldtype: "Link",
			options: "Workflow State",
		},
		{
			fieldname: "only_broken",
			label: __("Only broken ones"),
			fieldtype: "Check",
			default: 1,
		},
		{
			fieldname: "read_files",
			label: __("Read the files too"),
			fieldtype: "Check",
		},
	],

	formatter(value, row, column, data, default_formatter) {
		if (data && column.fieldname === "intact") {
			return data.intact
				? `<span class="indicator-pill green">${__("whole")}</span>`
				: `<span class="indicator-pill red">${__("broken")}</span>`;
		}
		const shown = default_formatter(value, row, column, data);
		return data && column.fieldname === "first_problem" && value
			? `<span class="text-danger">${shown}</span>`
			: shown;
	},
};
