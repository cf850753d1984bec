frappe.provide("frappe.dashboards.chart_sources");

frappe.dashboards.chart_sources["Programme Places by Kind"] = {
	method: "city_diplomacy.diaspora_relations.charts.places_by_kind",
	filters: [],
};
