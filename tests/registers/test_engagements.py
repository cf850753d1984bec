"""Engagements and calendar Events: one from the other, once, and no more than the person may see."""

import frappe
import pytest

from city_diplomacy.access.rights import AUDITOR, OFFICER, PROTOCOL
from city_diplomacy.partnerships.doctype.partner_engagement.partner_engagement import (
	make_event,
	make_from_event,
)
from city_diplomacy.partnerships.exceptions import EngagementError
from tests.factories import (
	acting_as,
	make_agreement,
	make_contact,
	make_engagement,
	make_partner_city,
	make_user,
)


def make_calendar_event(**fields):
	return frappe.get_doc(
		{
			"doctype": "Event",
			"subject": "Port visit",
			"event_category": "Call",
			"event_type": "Public",
			"starts_on": "2026-10-05 10:00:00",
			"ends_on": "2026-10-05 11:30:00",
			"description": "<p>Berths</p>",
			**fields,
		}
	).insert()


def participants(*documents) -> list[dict]:
	return [{"reference_doctype": doc.doctype, "reference_docname": doc.name} for doc in documents]


def test_an_event_becomes_an_engagement():
	city = make_partner_city()
	contact = make_contact("Haruka", city, last_name="Sato")
	event = make_calendar_event(event_participants=participants(contact))
	engagement = frappe.get_doc("Partner Engagement", make_from_event(event.name)["name"])
	assert (engagement.subject, engagement.engagement_type) == ("Port visit", "Call")
	assert [row.partner for row in engagement.partners] == [city.name]
	assert [(row.participant, row.contact) for row in engagement.participants] == [
		("Haruka Sato", contact.name)
	]


def test_a_partner_invited_twice_is_named_once():
	city = make_partner_city()
	event = make_calendar_event(event_participants=participants(city, make_contact("Haruka", city)))
	engagement = frappe.get_doc("Partner Engagement", make_from_event(event.name)["name"])
	assert len(engagement.partners) == 1


def test_the_second_click_answers_the_same_engagement():
	event = make_calendar_event()
	assert make_from_event(event.name) == make_from_event(event.name)


def test_an_engagement_becomes_an_event_once():
	city = make_partner_city()
	engagement = make_engagement(partners=[{"partner_type": "Partner City", "partner": city.name}])
	first = make_event(engagement.name)
	assert make_event(engagement.name) == first
	assert frappe.db.get_value("Partner Engagement", engagement.name, "event") == first["name"]
	assert make_from_event(first["name"]) == {"name": engagement.name}


def test_somebody_else_s_private_event_is_not_recorded():
	event = make_calendar_event(event_type="Private")
	officer = make_user("officer@city.example", OFFICER).name
	with acting_as(officer), pytest.raises(frappe.PermissionError):
		make_from_event(event.name)


def test_who_may_not_record_engagements_does_not():
	event = make_calendar_event()
	auditor = make_user("auditor@city.example", AUDITOR).name
	with acting_as(auditor), pytest.raises(frappe.PermissionError):
		make_from_event(event.name)


def test_an_event_is_recorded_in_one_engagement():
	event = make_calendar_event().name
	make_engagement(event=event)
	with pytest.raises((EngagementError, frappe.UniqueValidationError), match="recorded in"):
		make_engagement(event=event)


def test_an_engagement_ends_after_it_starts():
	with pytest.raises(EngagementError, match=r"^Ends on \(.*\) lies before Starts on \(.*\); correct one"):
		make_engagement(starts_on="2026-10-05 10:00:00", ends_on="2026-10-05 09:00:00")


def test_a_user_is_no_partner():
	with pytest.raises(EngagementError, match="a partner is one of"):
		make_engagement(partners=[{"partner_type": "User", "partner": "Administrator"}])


def test_an_engagement_about_a_confidential_agreement_is_as_hidden_as_that():
	sponsor = make_user("sponsor@city.example", PROTOCOL).name
	officer = make_user("officer@city.example", OFFICER).name
	agreement = make_agreement(confidential=1, sponsor=sponsor)
	hidden, open_one = make_engagement(agreement=agreement.name), make_engagement("Open house")
	with acting_as(officer):
		assert frappe.get_list("Partner Engagement", pluck="name") == [open_one.name]
		assert not frappe.has_permission("Partner Engagement", "read", doc=hidden.name)
	with acting_as(sponsor):
		assert frappe.has_permission("Partner Engagement", "read", doc=hidden.name)
