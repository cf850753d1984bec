"""A delegation visit as a register: what it accepts, what it refuses, who may."""

import frappe
import pytest

from city_diplomacy.access.rights import AUDITOR, COMMUNITY, DEPARTMENT, OFFICER, PROTOCOL, TRADE
from city_diplomacy.diplomatic_protocol.visits import calendar
from city_diplomacy.diplomatic_protocol.visits.exceptions import (
	DisclosureError,
	ProgrammeError,
	VisitError,
)
from city_diplomacy.registers.errors import RecordInUseError, RegisterError
from tests.factories import acting_as, make_commitment, make_partner_city, make_person
from tests.protocol.factories import delegate, item, make_delegation_visit


def refused(error, act) -> str:
	with pytest.raises(error) as refusal:
		act()
	return str(refusal.value)


def moved(visit, *statuses):
	for status in statuses:
		visit.status = status
		visit.save()
	return visit


def test_a_visit_is_asked_for_and_held():
	city = make_partner_city("Sakata", "Japan")
	visit = make_delegation_visit(
		arrives_on="2026-01-05",
		leaves_on="2026-01-06",
		partners=[{"partner_type": "Partner City", "partner": city.name}],
		delegates=[delegate("Haruka Sato", is_head=1)],
		triage_reason="It was held before it was entered.",
	)
	moved(visit, "Proposed", "Accepted", "Preparing", "Under way", "Held")
	assert frappe.db.get_value("Delegation Visit", visit.name, "status") == "Held"


def test_a_visit_skips_nothing_it_must_pass():
	visit = make_delegation_visit()
	said = refused(VisitError, lambda: moved(visit, "Preparing"))
	assert "cannot become Preparing; it can become Proposed, Accepted, Declined, Cancelled" in said


def test_what_is_over_stays():
	visit = make_delegation_visit(status_reason="The guests cannot come.")
	moved(visit, "Cancelled")
	assert "stays so" in refused(VisitError, lambda: moved(visit, "Requested"))


def test_a_new_visit_is_not_accepted_already():
	assert "A new visit is" in refused(VisitError, lambda: make_delegation_visit(status="Accepted"))


def test_a_past_visit_is_entered_as_held():
	visit = make_delegation_visit(status="Held", arrives_on="2025-05-05", leaves_on="2025-05-06")
	assert visit.status == "Held"


def test_a_refusal_says_why():
	visit = make_delegation_visit()
	assert "Say in the field Reason" in refused(VisitError, lambda: moved(visit, "Cancelled"))


def test_a_visit_is_not_under_way_before_it_arrives():
	visit = make_delegation_visit(arrives_on="2090-01-01", leaves_on="2090-01-02")
	moved(visit, "Accepted")
	assert "arrives on" in refused(VisitError, lambda: moved(visit, "Under way"))


def test_days_the_wrong_way_round_are_refused():
	said = refused(VisitError, lambda: make_delegation_visit(arrives_on="2027-03-05"))
	assert "lies before" in said


def outbound(**fields):
	given = {
		"direction": "Outbound",
		"purpose": "Port talks",
		"delegates": [delegate("Maya Ortiz")],
		"authorised_by": "Council resolution 12",
		"costs": [{"item": "Flights", "amount": 900, "currency": "USD"}],
	}
	return make_delegation_visit(**(given | fields))


@pytest.mark.parametrize(
	("fields", "lacks"),
	[
		({"purpose": ""}, "the purpose"),
		({"delegates": []}, "who travels"),
		({"delegates": [delegate("Ken Sato", side="Host")]}, "who travels"),
		({"delegates": [delegate("Maya Ortiz", withdrawn_on="2026-01-01")]}, "who travels"),
		({"authorised_by": ""}, "who authorised"),
		({"costs": []}, "the costs, or that there are none"),
		({"costs": [{"item": "Flights", "payer_kind": "Partner"}]}, "who exactly pays in row 1"),
	],
)
def test_travel_is_disclosed_before_it_is_accepted(fields, lacks):
	visit = outbound(**fields)
	assert lacks in refused(DisclosureError, lambda: moved(visit, "Accepted"))
	assert frappe.db.get_value("Delegation Visit", visit.name, "status") == "Requested"


def test_disclosed_travel_is_accepted():
	assert moved(outbound(), "Accepted").status == "Accepted"


def test_guests_disclose_nothing():
	assert moved(make_delegation_visit(), "Accepted").status == "Accepted"


def test_costs_and_no_costs_contradict_each_other():
	assert "keep one of the two" in refused(VisitError, lambda: outbound(without_cost=1))


def test_each_person_stands_once_and_each_side_has_one_head():
	twice = [delegate("Ana Lopez"), delegate("ana  lopez")]
	assert "stands twice" in refused(VisitError, lambda: make_delegation_visit(delegates=twice))
	heads = [delegate("Ana Lopez", is_head=1), delegate("Jun Sato", is_head=1)]
	assert "cannot both lead" in refused(VisitError, lambda: make_delegation_visit(delegates=heads))


def test_two_items_at_once_are_refused_naming_both():
	people = [delegate("Ana Lopez"), delegate("Jun Sato")]
	programme = [
		item("Harbour tour", "10:00", "12:00"),
		item("Talks", "11:30", "12:30", takes_part="Jun Sato"),
	]
	said = refused(ProgrammeError, lambda: make_delegation_visit(delegates=people, programme=programme))
	assert "Jun Sato would be at Harbour tour" in said
	assert "and at Talks" in said


def test_a_delegation_may_part():
	people = [delegate("Ana Lopez"), delegate("Jun Sato")]
	programme = [
		item("Harbour tour", "10:00", "12:00", takes_part="Ana Lopez"),
		item("Talks", "10:00", "12:30", takes_part="Jun Sato"),
	]
	visit = make_delegation_visit(delegates=people, programme=programme)
	assert [row.time_zone for row in visit.programme] == ["America/New_York"] * 2


def test_an_interpreter_is_in_one_place():
	people = [delegate("Ana Lopez"), delegate("Jun Sato")]
	programme = [
		item("Tour", "10:00", "12:00", takes_part="Ana Lopez", interpreter="Rosa Klein"),
		item("Talks", "11:00", "12:30", takes_part="Jun Sato", interpreter="rosa klein"),
	]
	said = refused(ProgrammeError, lambda: make_delegation_visit(delegates=people, programme=programme))
	assert "would be at Tour" in said


def test_somebody_of_ours_leads_in_one_visit_at_a_time():
	lead = make_person(PROTOCOL).name
	make_delegation_visit("First", programme=[item("Lunch", "12:00", "13:00", lead=lead)])
	said = refused(
		ProgrammeError,
		lambda: make_delegation_visit("Second", programme=[item("Tour", "12:30", "14:00", lead=lead)]),
	)
	assert "Lunch of the visit First" in said
	assert make_delegation_visit("Third", programme=[item("Tour", "13:00", "14:00", lead=lead)]).name


def test_a_visit_that_is_off_holds_nobody_back():
	lead = make_person(PROTOCOL).name
	first = make_delegation_visit("First", programme=[item("Lunch", "12:00", "13:00", lead=lead)])
	first.status_reason = "They cannot come."
	moved(first, "Cancelled")
	assert make_delegation_visit("Second", programme=[item("Tour", "12:30", "14:00", lead=lead)]).name


def test_only_delegates_take_part():
	people = [delegate("Ana Lopez")]
	programme = [item("Tour", "10:00", "12:00", takes_part="Ana Lopes")]
	said = refused(ProgrammeError, lambda: make_delegation_visit(delegates=people, programme=programme))
	assert "Ana Lopes takes part in Tour and is not among the delegates" in said


def test_a_delegate_is_withdrawn_and_the_programme_goes_on():
	people = [delegate("Ana Lopez"), delegate("Jun Sato")]
	programme = [
		item("Tour", "10:00", "12:00", takes_part="Ana Lopez"),
		item("Talks", "13:00", "14:00"),
	]
	visit = make_delegation_visit(delegates=people, programme=programme)
	visit.delegates[0].withdrawn_on = "2026-01-01"
	visit.programme[1].starts_at = "11:00:00"
	visit.save()
	assert [row.withdrawn_on is not None for row in visit.reload().delegates] == [True, False]


def test_a_delegation_nobody_is_named_of_yet_is_in_one_place_too():
	programme = [item("Tour", "10:00", "12:00"), item("Talks", "11:30", "12:30")]
	said = refused(ProgrammeError, lambda: make_delegation_visit(programme=programme))
	assert "The delegation would be at Tour" in said


def test_an_item_ends_after_it_starts():
	said = refused(ProgrammeError, lambda: make_delegation_visit(programme=[item("Gala", "21:00", "00:30")]))
	assert "not after it starts" in said
	visit = make_delegation_visit(programme=[item("Gala", "21:00", "00:30", ends_on="2027-03-02")])
	assert visit.programme[0].title == "Gala"


def test_a_time_is_a_time():
	programme = [{**item("Tour", "10:00", "11:00"), "starts_at": "at noon"}]
	assert "is not a time of day" in refused(
		RegisterError, lambda: make_delegation_visit(programme=programme)
	)


def test_a_programme_is_in_the_time_zone_of_the_partner_that_is_visited():
	city = make_partner_city("Sakata", "Japan", time_zone="Asia/Tokyo")
	visit = make_delegation_visit(
		direction="Outbound",
		time_zone="",
		partners=[{"partner_type": "Partner City", "partner": city.name}],
		programme=[item("Talks", "10:00", "11:00")],
	)
	assert visit.programme[0].time_zone == "Asia/Tokyo"


def test_a_promise_of_a_visit_counts_to_its_partner_and_keeps_the_visit():
	city = make_partner_city("Sakata", "Japan")
	visit = make_delegation_visit(partners=[{"partner_type": "Partner City", "partner": city.name}])
	promise = make_commitment(source_doctype="Delegation Visit", source_name=visit.name)
	assert promise.partner == city.name
	assert "cannot be deleted" in refused(RecordInUseError, visit.delete)
	assert frappe.db.exists("Delegation Visit", visit.name)


@pytest.mark.parametrize(
	("role", "reads", "writes"),
	[
		(PROTOCOL, True, True),
		(OFFICER, True, True),
		(TRADE, True, False),
		(COMMUNITY, True, False),
		(AUDITOR, True, False),
		(DEPARTMENT, False, False),
	],
)
def test_who_may(role, reads, writes):
	visit = make_delegation_visit()
	person = make_person(role).name
	assert frappe.has_permission("Delegation Visit", "read", visit, user=person) is reads
	assert frappe.has_permission("Delegation Visit", "write", visit, user=person) is writes


def test_the_calendar_shows_a_visit_on_all_its_days():
	visit = make_delegation_visit("Mayor of Sakata")
	with acting_as(make_person(TRADE).name):
		shown = calendar.visits("2027-03-02", "2027-03-31")
	(found,) = [one for one in shown if one["name"] == visit.name]
	assert (str(found["start"]), str(found["end"]), found["all_day"]) == ("2027-03-01", "2027-03-04", 1)
	assert found["title"] == "Inbound: Mayor of Sakata"
	assert visit.name not in [one["name"] for one in calendar.visits("2027-03-05", "2027-03-31")]


def test_buttons_alone_name_an_engagement():
	visit = make_delegation_visit()
	event = frappe.get_doc(
		{"doctype": "Event", "subject": "x", "event_type": "Private", "starts_on": "2027-03-01 10:00:00"}
	).insert()
	visit.event = event.name
	assert "set by the button" in refused(VisitError, visit.save)
