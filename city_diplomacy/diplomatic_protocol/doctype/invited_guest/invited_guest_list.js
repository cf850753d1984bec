frappe.listview_settings["Invited Guest"] = {
	hide_name_column: true,
	add_fields: ["rsvp"],

	onload(listview) {
		city_diplomacy.guest_links.offer_for_many(listview, "Will you come");
	},

	get_indicator(doc) {
		const colour =
			{
				Invited: "blue",
				Accepted: "green",
				Attended: "green",
				Declined: "red",
				Absent: "red",
			}[doc.rsvp] || "gray";
		return [__(doc.rsvp), colour, `rsvp,=,${doc.rsvp}`];
	},
};
