frappe.provide("frappe.dashboards.chart_sources");

frappe.dashboards.chart_sources["Export Wins by Status"] = {
	method: "city_diplomacy.trade_promotion.charts.wins_by_status",
	filters: [],
};
