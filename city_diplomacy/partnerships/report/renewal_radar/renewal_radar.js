frappe.query_reports["Renewal Radar"] = {
	filters: [
		{
			fieldname: "days",
			label: __("Look ahead (days)"),
			fieldtype: "Int",
		},
		{
			fieldname: "owner",
			label: __("Owner"),
			fieldtype: "Link",
			options: "User",
		},
	],

	formatter(value, row, column, data, default_formatter) {
		const shown = default_formatter(value, row, column, data);
		if (!data || column.fieldname !== "days_left") return shown;
		if (data.days_left < 0) return `<span class="text-danger">${shown}</span>`;
		return data.days_left <= 30 ? `<span class="text-warning">${shown}</span>` : shown;
	},
};
