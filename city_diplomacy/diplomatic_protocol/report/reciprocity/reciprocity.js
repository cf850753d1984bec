// What a number counts, as filters of the list it opens.
const COUNTED = {
	visits_in: ["Delegation Visit", { direction: "Inbound", status: ["in", ["Under way", "Held"]] }],
	visits_out: ["Delegation Visit", { direction: "Outbound", status: ["in", ["Under way", "Held"]] }],
	gifts_received: ["Official Gift", { direction: "Received" }],
	gifts_given: ["Official Gift", { direction: "Given" }],
};

frappe.query_reports["Reciprocity"] = {
	filters: [
		{ fieldname: "from_date", label: __("From"), fieldtype: "Date" },
		{ fieldname: "to_date", label: __("To"), fieldtype: "Date" },
		{
			fieldname: "partner_type",
			label: __("Kind of partner"),
			fieldtype: "Select",
			options: ["", "Partner City", "Partner Organisation", "City Network", "Diaspora Organisation"],
		},
		{ fieldname: "partner", label: __("Partner"), fieldtype: "Data" },
	],

	onload(report) {
		report.page.wrapper.on("click", "[data-counted]", (event) => {
			const { counted, partner, partnerType } = event.currentTarget.dataset;
			const [doctype, filters] = COUNTED[counted];
			const about = doctype === "Official Gift" ? doctype : "Engagement Partner";
			const day = doctype === "Official Gift" ? "gift_date" : "arrives_on";
			const { from_date, to_date } = report.get_filter_values();
			frappe.route_options = {
				...filters,
				[`${about}.partner`]: partner,
				[`${about}.partner_type`]: partnerType,
				...(from_date || to_date
					? { [day]: ["between", [from_date || "1900-01-01", to_date || "2999-12-31"]] }
					: {}),
			};
			frappe.set_route("List", doctype, "List");
			return false;
		});
		return frappe.require("/assets/city_diplomacy/js/markup.js");
	},

	formatter(value, row, column, data, default_formatter) {
		if (!data || !data.partner || !value || !(column.fieldname in COUNTED)) {
			return default_formatter(value, row, column, data);
		}
		return String(
			city_diplomacy.html`<a href="#" data-counted="${column.fieldname}" data-partner="${data.partner}" data-partner-type="${data.partner_type}">${value}</a>`
		);
	},
};
