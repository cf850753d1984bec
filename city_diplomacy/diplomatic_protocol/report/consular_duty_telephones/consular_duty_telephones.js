frappe.query_reports["Consular Duty Telephones"] = {
	filters: [
		{ fieldname: "country", label: __("Country"), fieldtype: "Link", options: "Country" },
		{
			fieldname: "without_duty_telephone",
			label: __("Without a duty telephone only"),
			fieldtype: "Check",
		},
	],

	onload: () => frappe.require("/assets/city_diplomacy/js/markup.js"),

	formatter(value, row, column, data, default_formatter) {
		if (data && column.fieldname === "mission_name") {
			const form = frappe.utils.get_form_link("Consular Mission", data.mission);
			return String(city_diplomacy.html`<a href="${form}">${value}</a>`);
		}
		const is_number = data && ["duty_telephone", "telephone"].includes(column.fieldname);
		if (!is_number || !value) return default_formatter(value, row, column, data);
		const dialled = String(value).replace(/[^\d+]/g, "");
		return String(city_diplomacy.html`<a href="tel:${dialled}">${value}</a>`);
	},
};
