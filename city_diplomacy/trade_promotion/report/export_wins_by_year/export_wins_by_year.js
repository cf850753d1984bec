frappe.query_reports["Export Wins by Year"] = {
	filters: [
		{ fieldname: "from_year", label: __("From year"), fieldtype: "Int" },
		{ fieldname: "to_year", label: __("To year"), fieldtype: "Int" },
		{
			fieldname: "direction",
			label: __("Direction"),
			fieldtype: "Select",
			options: ["", "Export", "Inward Investment", "Tourism"],
		},
		{
			fieldname: "kind",
			label: __("Kind"),
			fieldtype: "Select",
			options: ["", "Export", "Outward investment", "Business success", "Investment", "Tourism"],
		},
		{ fieldname: "market", label: __("Market"), fieldtype: "Link", options: "Country" },
		{ fieldname: "currency", label: __("Currency"), fieldtype: "Link", options: "Currency" },
		{ fieldname: "win_owner", label: __("Owner"), fieldtype: "Link", options: "User" },
	],

	onload(report) {
		// A number of wins opens the list of them.
		report.page.wrapper.on("click", "[data-win-year]", (event) => {
			const { winYear, winMarket, winKind, winCurrency } = event.currentTarget.dataset;
			const { direction, win_owner } = report.get_values();
			const wanted = {
				win_year: winYear,
				market: winMarket,
				currency: winCurrency,
				direction,
				win_owner,
				"Export Win Value.kind": winKind,
				status: ["!=", "Draft"],
			};
			frappe.route_options = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value));
			frappe.set_route("List", "Export Win", "List");
		});
		return frappe.require("/assets/city_diplomacy/js/markup.js");
	},

	formatter(value, row, column, data, default_formatter) {
		if (!data || column.fieldname !== "wins") return default_formatter(value, row, column, data);
		return String(
			city_diplomacy.html`<a href="#" data-win-year="${data.win_year}" data-win-market="${data.market}" data-win-kind="${data.kind}" data-win-currency="${data.currency}">${value}</a>`
		);
	},
};
