frappe.provide("frappe.dashboards.chart_sources");

frappe.dashboards.chart_sources["Partner Cities by Stage"] = {
	method: "city_diplomacy.partnerships.charts.partner_cities_by_stage",
	filters: [],
};
