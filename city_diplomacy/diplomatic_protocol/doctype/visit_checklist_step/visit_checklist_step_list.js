frappe.listview_settings["Visit Checklist Step"] = {
	add_fields: ["disabled"],

	get_indicator(doc) {
		return doc.disabled
			? [__("Disabled"), "gray", "disabled,=,1"]
			: [__("In Use"), "green", "disabled,=,0"];
	},
};
