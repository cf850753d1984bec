// The calendars of agreements' days, engagements and commitments: the same but for where their events come from.
const eventsOf = {
	MOU: "city_diplomacy.partnerships.calendars.agreement_days",
	"Partner Engagement": "city_diplomacy.partnerships.calendars.engagements",
	"Partnership Commitment": "city_diplomacy.partnerships.calendars.due_commitments",
};
for (const [doctype, method] of Object.entries(eventsOf)) {
	frappe.views.calendar[doctype] = {
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
		get_events_method: method,
	};
}
