// The chart of a report counts in whole numbers; Frappe writes 100 as 100.00 on its axis.
frappe.provide("city_diplomacy");

city_diplomacy.draw_whole_numbers = function () {
	const report = frappe.query_report;
	if (!report.chart_options) return;
	report.chart_options.axisOptions = {};
	report.render_chart(report.chart_options);
};
