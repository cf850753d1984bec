// The chart of a report counts in whole numbers, with its labels as far as there is room: Frappe writes 100 as 100.00
// on the axis, and leaves a third of the room empty.
frappe.provide("city_diplomacy");

city_diplomacy.draw_whole_numbers = function () {
	const report = frappe.query_report;
	if (!report.chart_options) return;
	report.chart_options.axisOptions = { seriesLabelSpaceRatio: 1 };
	report.render_chart(report.chart_options);
};
