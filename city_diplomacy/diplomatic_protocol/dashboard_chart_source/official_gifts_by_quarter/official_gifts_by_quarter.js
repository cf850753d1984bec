frappe.provide("frappe.dashboards.chart_sources");

frappe.dashboards.chart_sources["Official Gifts by Quarter"] = {
	method: "city_diplomacy.diplomatic_protocol.charts.gifts_by_quarter",
	filters: [],
};
