frappe.provide("frappe.dashboards.chart_sources");

frappe.dashboards.chart_sources["Agreements by State"] = {
	method: "city_diplomacy.partnerships.charts.agreements_by_state",
	filters: [],
};
