frappe.provide("frappe.dashboards.chart_sources");

frappe.dashboards.chart_sources["Trade Leads by Stage"] = {
	method: "city_diplomacy.trade_promotion.charts.leads_by_stage",
	filters: [],
};
