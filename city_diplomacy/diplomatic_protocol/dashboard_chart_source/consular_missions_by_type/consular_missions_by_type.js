frappe.provide("frappe.dashboards.chart_sources");

frappe.dashboards.chart_sources["Consular Missions by Type"] = {
	method: "city_diplomacy.diplomatic_protocol.charts.missions_by_type",
	filters: [],
};
