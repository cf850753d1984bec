frappe.query_reports["Attendance by Origin"] = {
	filters: [
		{ fieldname: "from_date", label: __("From"), fieldtype: "Date" },
		{ fieldname: "to_date", label: __("To"), fieldtype: "Date" },
		{ fieldname: "event", label: __("Event"), fieldtype: "Link", options: "International Event" },
		{ fieldname: "kind", label: __("Kind"), fieldtype: "Data" },
		{
			fieldname: "phase",
			label: __("Phase"),
			fieldtype: "Select",
			options: ["", "Bid", "Awarded", "Preparing", "Held", "Legacy"],
		},
		{ fieldname: "country", label: __("Events with people from"), fieldtype: "Link", options: "Country" },
	],

	onload(report) {
		// A number of events opens these events, in the same report.
		report.page.wrapper.on("click", "[data-attendance-of]", (event) => {
			report.set_filter_value({ country: event.currentTarget.dataset.attendanceOf });
			return false;
		});
		return frappe.require("/assets/city_diplomacy/js/markup.js");
	},

	formatter(value, row, column, data, default_formatter) {
		if (!data || column.fieldname !== "events") return default_formatter(value, row, column, data);
		return String(city_diplomacy.html`<a href="#" data-attendance-of="${data.country}">${value}</a>`);
	},
};
