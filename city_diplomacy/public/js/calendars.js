// The calendars of agreements' days, engagements, commitments and visits: the same but for where their events come from.
const eventsOf = {
	"Ceremonial Request": "city_diplomacy.diplomatic_protocol.ceremonies.calendar.ceremonies",
	"Consular Mission": "city_diplomacy.diplomatic_protocol.corps.calendar.national_days",
	"Delegation Visit": "city_diplomacy.diplomatic_protocol.visits.calendar.visits",
	MOU: "city_diplomacy.partnerships.calendars.agreement_days",
	"Partner Engagement": "city_diplomacy.partnerships.calendars.engagements",
	"Partnership Commitment": "city_diplomacy.partnerships.calendars.due_commitments",
	"International Event": "city_diplomacy.hosted_events.calendar.event_days",
	"Community Programme": "city_diplomacy.diaspora_relations.calendar.sessions",
	"Committee Duty": "city_diplomacy.diaspora_relations.calendar.due_duties",
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
		options: {
			// A new record begins on the form, not with a day.
			selectable: false,
			loading: (is_loading) => is_loading || leave_out_hint(),
			// Frappe's calendar gives what has no end two hours.
			displayEventEnd: false,
			// All weeks of a month, on a phone as well.
			height: "auto",
		},
		get_css_class: (event) => event.colour,
		get_events_method: method,
	};
}

// Frappe's hint below a calendar says to draw a new event.
function leave_out_hint() {
	const below = window.cur_list && cur_list.calendar && cur_list.calendar.footnote_area;
	if (!below) return;
	below
		.contents()
		.filter((_position, node) => node.nodeType === Node.TEXT_NODE)
		.remove();
}
