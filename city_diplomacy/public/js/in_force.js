// Lists of rules that hold from one day to another say which of them hold today.
frappe.provide("city_diplomacy");

city_diplomacy.in_force = {
	add_fields: ["valid_from", "valid_until"],

	get_indicator(doc) {
		const today = frappe.datetime.get_today();
		if (doc.valid_until && doc.valid_until < today) {
			return [__("Over"), "gray", `valid_until,<,${today}|valid_until,is,set`];
		}
		if (doc.valid_from && doc.valid_from > today) {
			return [__("Not Yet"), "orange", `valid_from,>,${today}`];
		}
		return [__("In Force"), "green", `valid_from,<=,${today}`];
	},
};

for (const doctype of ["Ceremonial Rule", "Gift Threshold", "Trade Filing Rule"]) {
	const settings = frappe.listview_settings[doctype];
	if (settings) Object.assign(settings, city_diplomacy.in_force);
}
