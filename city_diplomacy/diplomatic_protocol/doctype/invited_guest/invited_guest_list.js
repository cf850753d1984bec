frappe.listview_settings["Invited Guest"] = {
	hide_name_column: true,
	add_fields: ["rsvp"],

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
