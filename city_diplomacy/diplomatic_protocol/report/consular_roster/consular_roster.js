frappe.query_reports["Consular Roster"] = {
	filters: [
		{
			fieldname: "as_of",
			label: __("As of"),
			fieldtype: "Date",
			default: frappe.datetime.get_today(),
			reqd: 1,
		},
		{
			fieldname: "mission_type",
			label: __("Type"),
			fieldtype: "Select",
			options: [
				"",
				"Embassy office",
				"Consulate-general",
				"Consulate",
				"Vice-consulate or agency",
				"Honorary consulate",
				"Representative office",
			],
		},
		{ fieldname: "country", label: __("Country"), fieldtype: "Link", options: "Country" },
	],

	onload(report) {
		report.page.add_inner_button(__("Compare Two"), () => compare_two(report));
		return frappe.require("/assets/city_diplomacy/js/markup.js");
	},

	formatter(value, row, column, data, default_formatter) {
		if (!data || column.fieldname !== "mission_name") {
			return default_formatter(value, row, column, data);
		}
		const form = frappe.utils.get_form_link("Consular Mission", data.mission);
		return String(city_diplomacy.html`<a href="${form}">${value}</a>`);
	},
};

function compare_two(report) {
	const mission = (fieldname, label) => ({
		fieldname,
		label,
		fieldtype: "Link",
		options: "Consular Mission",
		reqd: 1,
	});
	frappe.prompt(
		[mission("first", __("A Mission")), mission("second", __("Another"))],
		({ first, second }) =>
			frappe
				.call({
					method: "city_diplomacy.diplomatic_protocol.corps.api.compare",
					type: "GET",
					args: { first, second, day: report.get_values().as_of },
				})
				.then(({ message }) =>
					frappe.msgprint({
						title: __("Who Stands First"),
						message: frappe.utils.escape_html(message.sentence),
					})
				),
		__("Which of Two Stands First"),
		__("Compare")
	);
}
