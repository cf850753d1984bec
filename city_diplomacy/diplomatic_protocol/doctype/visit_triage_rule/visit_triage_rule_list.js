frappe.listview_settings["Visit Triage Rule"] = {
	add_fields: ["disabled"],

	get_indicator(doc) {
		return doc.disabled
			? [__("Disabled"), "gray", "disabled,=,1"]
			: [__("In Use"), "green", "disabled,=,0"];
	},
};
