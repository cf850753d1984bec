frappe.listview_settings["Approval Decision"] = {
	add_fields: ["disclosure", "words_removed"],
	hide_name_column: true,
	refresh: (listview) => city_diplomacy.show_full_names(listview, "actor"),

	get_indicator(doc) {
		if (doc.words_removed) {
			return [__(doc.words_removed), "darkgrey", `words_removed,=,${doc.words_removed}`];
		}
		const colour = { Public: "green", Deliberative: "blue", Privileged: "orange", Exempt: "orange" };
		return doc.disclosure
			? [__(doc.disclosure), colour[doc.disclosure], `disclosure,=,${doc.disclosure}`]
			: [__("No words"), "gray", "disclosure,is,not set"];
	},
};
