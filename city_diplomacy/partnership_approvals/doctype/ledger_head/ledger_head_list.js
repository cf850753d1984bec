frappe.listview_settings["Ledger Head"] = {
	add_fields: ["broken", "verified_on"],
	hide_name_column: true,

	get_indicator(doc) {
		if (doc.broken) return [__("Broken"), "red", "broken,=,1"];
		return doc.verified_on
			? [__("Whole"), "green", "broken,=,0"]
			: [__("Not Verified Yet"), "gray", "verified_on,is,not set"];
	},
};
