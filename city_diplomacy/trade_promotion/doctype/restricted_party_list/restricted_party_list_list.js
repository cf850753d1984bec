frappe.listview_settings["Restricted Party List"] = {
	add_fields: ["status", "enabled"],

	get_indicator(doc) {
		const colour = { Imported: "green", Waiting: "orange", Failed: "red" }[doc.status] || "gray";
		return [__(doc.status), colour, `status,=,${doc.status}`];
	},
};
