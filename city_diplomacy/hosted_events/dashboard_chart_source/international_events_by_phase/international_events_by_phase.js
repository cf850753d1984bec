frappe.provide("frappe.dashboards.chart_sources");

frappe.dashboards.chart_sources["International Events by Phase"] = {
	method: "city_diplomacy.hosted_events.charts.events_by_phase",
	filters: [],
};
