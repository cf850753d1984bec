frappe.query_reports["Trade Pipeline"] = {
	filters: [
		{
			fieldname: "direction",
			label: __("Direction"),
			fieldtype: "Select",
			options: ["", "Export", "Inward Investment", "Tourism"],
		},
		{ fieldname: "market", label: __("Market"), fieldtype: "Link", options: "Country" },
		{ fieldname: "hs_chapter", label: __("HS Chapter"), fieldtype: "Data" },
		{ fieldname: "stage", label: __("Stage"), fieldtype: "Link", options: "Trade Stage" },
		{
			fieldname: "status",
			label: __("Status"),
			fieldtype: "Select",
			options: ["", "Ongoing", "Delayed", "Dormant", "Won", "Lost", "Abandoned"],
		},
		{ fieldname: "lead_owner", label: __("Owner"), fieldtype: "Link", options: "User" },
		{
			fieldname: "potential",
			label: __("Potential"),
			fieldtype: "Select",
			options: ["", "High", "Medium", "Low"],
		},
		{ fieldname: "each_lead", label: __("Each lead"), fieldtype: "Check" },
		{
			fieldname: "page",
			label: __("Page"),
			fieldtype: "Int",
			default: 1,
			depends_on: "eval:doc.each_lead",
		},
		{
			fieldname: "all_pages",
			label: __("All rows, to export"),
			fieldtype: "Check",
			depends_on: "eval:doc.each_lead",
		},
	],

	onload(report) {
		// A number of leads opens these leads, in the same report.
		report.page.wrapper.on("click", "[data-trade-market]", (event) => {
			const { tradeMarket, tradeChapter } = event.currentTarget.dataset;
			report.set_filter_value({ market: tradeMarket, hs_chapter: tradeChapter, each_lead: 1 });
		});
		return frappe.require("/assets/city_diplomacy/js/markup.js");
	},

	formatter(value, row, column, data, default_formatter) {
		if (!data || column.fieldname !== "leads") return default_formatter(value, row, column, data);
		return String(
			city_diplomacy.html`<a href="#" data-trade-market="${data.market}" data-trade-chapter="${data.hs_chapter}">${value}</a>`
		);
	},
};
