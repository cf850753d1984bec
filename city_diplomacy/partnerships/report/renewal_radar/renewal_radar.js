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
		{
			fieldname: "page",
			label: __("Page"),
			fieldtype: "Int",
			default: 1,
		},
		{
			fieldname: "all_pages",
			label: __("All rows, to export"),
			fieldtype: "Check",
		},
	],

	onload(report) {
		report.page.wrapper.on("click", "[data-city-act]", (event) => {
			const { cityAct, agreement } = event.currentTarget.dataset;
			city_diplomacy.following.start(cityAct, agreement, () => report.refresh());
		});
		// The rows are drawn when this is done.
		return frappe.require([
			"/assets/city_diplomacy/js/markup.js",
			"/assets/city_diplomacy/js/drafts.js",
			"/assets/city_diplomacy/js/following_agreements.js",
			"/assets/city_diplomacy/js/whole_numbers.js",
		]);
	},

	after_datatable_render: () => city_diplomacy.draw_whole_numbers(),

	formatter(value, row, column, data, default_formatter) {
		if (data && column.fieldname === "next_step") {
			return data.doctype === "MOU" ? next_steps(data.name) : "";
		}
		const shown = default_formatter(value, row, column, data);
		if (!data || column.fieldname !== "days_left") return shown;
		if (data.days_left < 0) return `<span class="text-danger">${shown}</span>`;
		return data.days_left <= 30 ? `<span class="text-warning">${shown}</span>` : shown;
	},
};

function next_steps(agreement) {
	const buttons = city_diplomacy.following
		.acts()
		.map(
			([act, label]) =>
				city_diplomacy.html`<button class="btn btn-xs btn-default" data-city-act="${act}" data-agreement="${agreement}">${label}</button> `
		);
	return String(city_diplomacy.html`${buttons}`);
}
