frappe.listview_settings["Guest Link"] = {
	hide_name_column: true,
	add_fields: ["status", "to_decide"],
	formatters: { purpose: (value) => frappe.utils.escape_html(__(value)) },

	get_indicator(doc) {
		if (doc.to_decide) return [__("To Be Decided"), "orange", "to_decide,>,0"];
		const colour =
			{ Waiting: "blue", Answered: "green", Expired: "orange" }[doc.status] || "gray";
		return [__(doc.status), colour, `status,=,${doc.status}`];
	},
};
