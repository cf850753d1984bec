frappe.query_reports["Events by Phase"] = {
	filters: [
		{ fieldname: "from_date", label: __("From"), fieldtype: "Date" },
		{ fieldname: "to_date", label: __("To"), fieldtype: "Date" },
		{
			fieldname: "phase",
			label: __("Phase"),
			fieldtype: "Select",
			options: [
				"",
				"Bid",
				"Awarded",
				"Preparing",
				"Held",
				"Legacy",
				"Not Awarded",
				"Withdrawn",
				"Cancelled",
			],
		},
		{ fieldname: "kind", label: __("Kind"), fieldtype: "Data" },
		{
			fieldname: "city_role",
			label: __("Our city"),
			fieldtype: "Select",
			options: ["", "Host", "Co-host", "Takes part"],
		},
		{
			fieldname: "association_meeting",
			label: __("Association meeting"),
			fieldtype: "Select",
			options: ["", "Yes", "No", "Not known"],
		},
		{ fieldname: "held_in_country", label: __("Country"), fieldtype: "Link", options: "Country" },
		{ fieldname: "event_owner", label: __("Owner"), fieldtype: "Link", options: "User" },
		{ fieldname: "each_event", label: __("Each event"), fieldtype: "Check" },
		{
			fieldname: "page",
			label: __("Page"),
			fieldtype: "Int",
			default: 1,
			depends_on: "eval:doc.each_event",
		},
		{
			fieldname: "all_pages",
			label: __("All rows, to export"),
			fieldtype: "Check",
			depends_on: "eval:doc.each_event",
		},
	],

	onload(report) {
		// A number of events opens these events, in the same report.
		report.page.wrapper.on("click", "[data-events-phase]", (event) => {
			const { eventsPhase, eventsKind } = event.currentTarget.dataset;
			report.set_filter_value({ phase: eventsPhase, kind: eventsKind, each_event: 1 });
			return false;
		});
		return frappe.require("/assets/city_diplomacy/js/markup.js");
	},

	formatter(value, row, column, data, default_formatter) {
		if (!data || column.fieldname !== "events") return default_formatter(value, row, column, data);
		return String(
			city_diplomacy.html`<a href="#" data-events-phase="${data.phase}" data-events-kind="${data.kind}">${value}</a>`
		);
	},
};
