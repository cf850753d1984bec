frappe.listview_settings["Routing Policy"] = {
	add_fields: ["status"],
	has_indicator_for_draft: 1,

	get_indicator(doc) {
		const colour = { Draft: "gray", Ready: "blue", Active: "green", Retired: "gray" }[doc.status];
		return [__(doc.status), colour, `status,=,${doc.status}`];
	},
};
