frappe.listview_settings["Diaspora Organisation"] = {
	hide_name_column: true,
	add_fields: ["last_verified", "next_verification"],

	onload(listview) {
		city_diplomacy.guest_links.offer_for_many(listview, "Verify our entry");
	},

	get_indicator(doc) {
		const today = frappe.datetime.get_today();
		if (!doc.last_verified) return [__("Never Verified"), "gray", "last_verified,is,not set"];
		if (doc.next_verification && doc.next_verification < today) {
			return [__("To Be Verified"), "orange", `next_verification,is,set|next_verification,<,${today}`];
		}
		return [__("Verified"), "green", `next_verification,>=,${today}`];
	},
};
