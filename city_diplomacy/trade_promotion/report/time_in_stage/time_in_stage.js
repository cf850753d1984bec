frappe.query_reports["Time in Stage"] = {
	filters: [
		{
			fieldname: "direction",
			label: __("Direction"),
			fieldtype: "Select",
			options: ["", "Export", "Inward Investment", "Tourism"],
		},
		{ fieldname: "market", label: __("Market"), fieldtype: "Link", options: "Country" },
		{ fieldname: "lead_owner", label: __("Owner"), fieldtype: "Link", options: "User" },
		{
			fieldname: "potential",
			label: __("Potential"),
			fieldtype: "Select",
			options: ["", "High", "Medium", "Low"],
		},
		{ fieldname: "entered_from", label: __("Came to the stage from"), fieldtype: "Date" },
		{ fieldname: "entered_to", label: __("Came to the stage until"), fieldtype: "Date" },
	],

	onload(report) {
		// A number of leads opens the list of them.
		report.page.wrapper.on("click", "[data-trade-stage]", (event) => {
			const { tradeStage, tradeStale } = event.currentTarget.dataset;
			const { market, lead_owner, potential } = report.get_values();
			const wanted = { stage: tradeStage, market, lead_owner, potential };
			frappe.route_options = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value));
			if (tradeStale) frappe.route_options.stale_on = ["<=", frappe.datetime.get_today()];
			else frappe.route_options.status = ["in", ["Ongoing", "Delayed", "Dormant"]];
			frappe.set_route("List", "Trade Lead", "List");
		});
		return frappe.require("/assets/city_diplomacy/js/markup.js");
	},

	formatter(value, row, column, data, default_formatter) {
		if (!data || !value || !["here", "stale"].includes(column.fieldname)) {
			return default_formatter(value, row, column, data);
		}
		const stale = column.fieldname === "stale" ? "1" : "";
		return String(
			city_diplomacy.html`<a href="#" data-trade-stage="${data.stage}" data-trade-stale="${stale}">${value}</a>`
		);
	},
};
