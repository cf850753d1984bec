frappe.listview_settings["Calendar Feed"] = {
	hide_name_column: true,
	add_fields: ["status"],

	onload(list) {
		list.page.add_inner_button(__("Get My Address"), () =>
			city_diplomacy.calendar_feeds.make(() => list.refresh())
		);
	},

	get_indicator(doc) {
		const colour = doc.status === "Active" ? "green" : "gray";
		return [__(doc.status), colour, `status,=,${doc.status}`];
	},
};
