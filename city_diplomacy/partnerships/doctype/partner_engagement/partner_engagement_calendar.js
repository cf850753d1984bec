frappe.views.calendar["Partner Engagement"] = {
	field_map: {
		id: "name",
		title: "title",
		start: "start",
		end: "end",
		allDay: "all_day",
		convertToUserTz: "in_user_tz",
	},
	// A new record begins on the form, not with a day.
	options: { selectable: false },
	get_css_class: (event) => event.colour,
	get_events_method: "city_diplomacy.partnerships.calendars.engagements",
};
