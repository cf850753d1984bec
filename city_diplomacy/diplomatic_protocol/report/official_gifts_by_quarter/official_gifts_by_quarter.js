frappe.query_reports["Official Gifts by Quarter"] = {
	filters: [
		{ fieldname: "from_year", label: __("From year"), fieldtype: "Int" },
		{ fieldname: "to_year", label: __("To year"), fieldtype: "Int" },
		{
			fieldname: "direction",
			label: __("Direction"),
			fieldtype: "Select",
			options: ["", "Received", "Given"],
		},
		{
			fieldname: "official_role",
			label: __("Our person is"),
			fieldtype: "Select",
			options: ["", "Elected official", "Appointed official", "City employee", "The city itself"],
		},
		{ fieldname: "country", label: __("Country"), fieldtype: "Link", options: "Country" },
	],

	onload(report) {
		// A number of gifts opens the list of them.
		report.page.wrapper.on("click", "[data-gift-quarter]", (event) => {
			const { giftQuarter, giftDirection, giftCurrency, giftOnly } = event.currentTarget.dataset;
			const { official_role, country } = report.get_values();
			const wanted = {
				gift_quarter: giftQuarter,
				direction: giftDirection,
				currency: giftCurrency || ["is", "not set"],
				official_role,
				country,
				above_threshold: giftOnly === "above" ? 1 : undefined,
				status: giftOnly === "waiting" ? "To Be Decided" : undefined,
			};
			frappe.route_options = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value));
			frappe.set_route("List", "Official Gift", "List");
		});
		return frappe.require("/assets/city_diplomacy/js/markup.js");
	},

	formatter(value, row, column, data, default_formatter) {
		if (!data || !["gifts", "above", "waiting"].includes(column.fieldname)) {
			return default_formatter(value, row, column, data);
		}
		return String(
			city_diplomacy.html`<a href="#" data-gift-quarter="${data.gift_quarter}" data-gift-direction="${data.direction}" data-gift-currency="${data.currency || ""}" data-gift-only="${column.fieldname}">${value}</a>`
		);
	},
};
