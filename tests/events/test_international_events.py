"""What an international event accepts, what its phases ask for, who may know of it, and its Project."""

import frappe
import pytest

from city_diplomacy.access.rights import COMMUNITY, MANAGER, OFFICER, PROTOCOL, TRADE
from city_diplomacy.hosted_events import association
from city_diplomacy.hosted_events.api import make_project
from city_diplomacy.hosted_events.exceptions import (
	AttendanceError,
	InternationalEventError,
	PhaseError,
	ProjectRightError,
)
from tests import factories
from tests.desk.test_connections import counts
from tests.events.factories import make_held_event, make_international_event
from tests.protocol.factories import make_delegation_visit

EVENT = "International Event"
LEGACY = [{"what_stays": "A tram line", "measure": "Riders a day", "owner_user": "Administrator"}]


def moved(event, **values):
	event = frappe.get_doc(EVENT, event.name)
	event.update(values)
	return event.save()


def test_an_event_goes_from_its_bid_to_its_legacy_and_keeps_the_days():
	department = factories.make_department("Harbor Affairs")
	event = make_international_event()
	moved(event, phase="Awarded", starts_on="2026-05-04", ends_on="2026-05-08")
	roles = [{"department": department.name, "role": "Welcomes the ships"}]
	moved(event, phase="Preparing", venue="Harbor Hall", department_roles=roles)
	moved(event, phase="Held")
	event = moved(event, phase="Legacy", attended=1200, legacy=LEGACY)
	assert [row.phase for row in event.phase_log] == ["Bid", "Awarded", "Preparing", "Held", "Legacy"]
	assert [bool(row.left_on) for row in event.phase_log] == [True, True, True, True, False]
	assert {row.moved_by for row in event.phase_log} == {"Administrator"}


def test_what_a_phase_needs_is_named_in_one_sentence():
	event = make_international_event()
	moved(event, phase="Awarded", starts_on="2027-05-04")
	with pytest.raises(PhaseError, match="Fill in: Venue; Departments"):
		moved(event, phase="Preparing")


def test_a_step_that_skips_others_is_refused_and_says_where_it_can_go():
	event = make_international_event()
	with pytest.raises(PhaseError, match="goes to Awarded, Not Awarded, Withdrawn, not to Held"):
		moved(event, phase="Held", starts_on="2026-05-04", venue="Harbor Hall")


def test_an_event_still_to_come_was_not_held():
	with pytest.raises(PhaseError, match="has not begun yet"):
		make_held_event(starts_on="2031-05-04", ends_on="2031-05-08")


def test_the_log_is_not_typed():
	event = moved(make_international_event(), phase_log=[{"phase": "Held", "entered_on": "2001-01-01"}])
	assert [row.phase for row in event.phase_log] == ["Bid"]


def test_a_lost_bid_says_why_and_can_be_made_again():
	event = moved(make_international_event(), phase="Not Awarded", ended_reason="Lyon offered more halls.")
	assert not moved(event, phase="Bid").ended_reason


def test_of_an_old_event_the_month_alone_is_known():
	event = make_held_event(starts_on="2022-07-19", ends_on="2022-07-19", date_precision="Month")
	assert (str(event.starts_on), str(event.ends_on)) == ("2022-07-01", "2022-07-01")


def test_an_organiser_of_a_register_is_a_partner():
	port = factories.make_partner_organisation()
	event = make_international_event(organiser_name="", organiser_type=port.doctype, organiser=port.name)
	assert event.organiser == port.name
	with pytest.raises(frappe.ValidationError):
		make_international_event("Other", organiser_type="User", organiser="Administrator")
	with pytest.raises(frappe.ValidationError, match="cannot be deleted"):
		frappe.get_doc("Partner Organisation", port.name).delete()


def test_attendance_by_origin_fits_the_total():
	rows = [{"country": "Japan", "expected": 30, "attended": 20}, {"country": "Chile", "expected": 5}]
	event = make_held_event(attendance=rows, attended=50)
	assert (event.expected, event.attended) == (35, 50)
	with pytest.raises(AttendanceError, match="come to 35, which is more than the total of 34"):
		moved(event, expected=34)
	with pytest.raises(AttendanceError, match="Japan is named already"):
		moved(event, attendance=[{"country": "Japan"}, {"country": "Japan"}])


def test_whether_it_is_an_association_meeting_is_answered_in_words():
	editions = [{"year": 2022, "country": "Japan"}, {"year": 2024, "country": "Chile"}]
	event = make_held_event(
		editions=editions,
		held_in_country="Kenya",
		attended=80,
		run_by_association="Yes",
		held_regularly="Yes",
	)
	assert event.association_meeting == "Yes"
	assert [one["sentence"] for one in association.in_words(event)] == [
		"This is an association meeting by ICCA's criteria.",
		"An association runs it.",
		"It is held regularly.",
		"It has 80 participants; at least 50 are asked for.",
		"It rotates through 3 countries; at least 3 are asked for.",
	]
	event = moved(event, attended=40)
	assert event.association_meeting == "No"
	assert "fewer than the 50 asked for" in association.in_words(event)[3]["sentence"]


def test_the_country_is_left_open():
	assert not make_international_event().held_in_country


def test_each_agreement_stands_once():
	agreement = factories.make_agreement()
	rows = [{"agreement": agreement.name}, {"agreement": agreement.name}]
	with pytest.raises(InternationalEventError, match="named already"):
		make_international_event(agreements=rows)


def test_an_event_of_a_confidential_agreement_is_known_to_those_who_know_the_agreement(client):
	manager, officer = (factories.make_person(role).name for role in (MANAGER, OFFICER))
	secret = factories.make_agreement(title="XQSECRETQX", confidential=1, sponsor=manager)
	with factories.acting_as(manager):
		event = make_international_event("XQHIDDENQX Games", agreements=[{"agreement": secret.name}])
		open_one = make_international_event("Open Games")
	for person, known in ((manager, True), (officer, False)):
		with factories.acting_as(person):
			names = frappe.get_list(EVENT, pluck="name")
			assert (event.name in names, open_one.name in names) == (known, True)
			assert frappe.get_doc(EVENT, event.name).has_permission("read") is known
			rows = frappe.get_list("Event Agreement", parent_doctype=EVENT, pluck="agreement")
			assert (secret.name in rows) is known
	answer = client(officer).read(
		"city_diplomacy.hosted_events.calendar.event_days", start="2026-01-01", end="2028-01-01"
	)
	assert "XQHIDDENQX" not in answer.text


def test_nobody_puts_an_agreement_to_an_event_that_they_may_not_know_of():
	secret = factories.make_agreement(confidential=1)
	protocol = factories.make_person(PROTOCOL).name
	with factories.acting_as(protocol), pytest.raises(frappe.LinkValidationError):
		make_international_event(agreements=[{"agreement": secret.name}])


@pytest.mark.real_site
def test_one_click_makes_the_project_and_a_second_finds_it():
	with factories.acting_as(factories.make_person(OFFICER).name):
		event = make_held_event()
		project = make_project(event.name)["name"]
		assert make_project(event.name)["name"] == project
		assert frappe.has_permission("Project", "write", project)
	made = frappe.get_doc("Project", project)
	assert (made.project_name, str(made.expected_start_date)) == ("World Port Congress", "2026-05-04")
	assert frappe.db.get_value(EVENT, event.name, "project") == project


def test_two_events_of_one_name_have_two_projects():
	first, second = make_held_event(), make_held_event()
	names = [
		frappe.db.get_value("Project", make_project(one.name)["name"], "project_name")
		for one in (first, second)
	]
	assert names == ["World Port Congress", f"World Port Congress ({second.name})"]


def test_who_makes_no_projects_is_told_who_does():
	event = make_held_event()
	officer = factories.make_person(COMMUNITY).name
	with (
		factories.acting_as(officer),
		pytest.raises(ProjectRightError, match="International Affairs Officer"),
	):
		make_project(event.name)


@pytest.mark.real_site
def test_figures_of_the_project_are_shown_to_those_who_may_read_it():
	event = make_held_event()
	project = make_project(event.name)["name"]
	frappe.db.set_value("Project", project, "estimated_costing", 70_000)
	shown = frappe.get_doc(EVENT, event.name)
	shown.run_method("onload")
	assert [one["amount"] for one in shown.get_onload("project")["figures"]] == [70_000]
	with factories.acting_as(factories.make_person(TRADE).name):
		shown = frappe.get_doc(EVENT, event.name)
		shown.run_method("onload")
		assert not shown.get_onload("project")


def test_a_project_belongs_to_one_event():
	first, second = make_held_event(), make_held_event()
	project = make_project(first.name)["name"]
	with pytest.raises(InternationalEventError, match="another event"):
		moved(second, project=project)


def shown(client, person: str, start: str, end: str) -> dict[str, dict]:
	answer = client(person).read("city_diplomacy.hosted_events.calendar.event_days", start=start, end=end)
	assert answer.status_code == 200, answer.text
	return {one["title"]: one for one in answer.get_json()["message"]}


def test_the_calendar_shows_events_as_far_as_their_days_are_known(client):
	make_held_event("Port Days")
	make_held_event("Harbor Fest", starts_on="2026-05-20", ends_on=None, date_precision="Month")
	make_held_event("Old Games", starts_on="2026-05-20", ends_on=None, date_precision="Year")
	make_international_event("Lost", phase="Not Awarded", ended_reason="x", starts_on="2026-05-05")
	found = shown(client, factories.make_person(TRADE).name, "2026-05-01", "2026-05-31")
	assert {
		title for title in found if title.split(": ")[1] in ("Port Days", "Harbor Fest", "Old Games", "Lost")
	} == {
		"Held: Port Days",
		"Held: Harbor Fest",
	}
	assert (found["Held: Harbor Fest"]["start"], found["Held: Harbor Fest"]["end"]) == (
		"2026-05-01",
		"2026-05-31",
	)
	assert "Held: Port Days" not in shown(client, "Administrator", "2026-05-09", "2026-05-31")


def test_what_stays_has_somebody_who_sees_to_it():
	event = make_held_event(attended=10)
	with pytest.raises(InternationalEventError, match="name the department or the person"):
		moved(event, phase="Legacy", legacy=[{"what_stays": "A park", "measure": "Visitors"}])


@pytest.mark.real_site
def test_its_visits_are_counted_on_its_form_and_it_on_its_agreements():
	agreement = factories.make_agreement()
	event = make_held_event(agreements=[{"agreement": agreement.name}])
	make_delegation_visit(international_event=event.name)
	assert counts(EVENT, event.name) == {"Delegation Visit": 1, "Guest List": 0}
	assert counts("MOU", agreement.name)[EVENT] == 1


def test_nobody_puts_a_visit_to_an_event_that_they_may_not_know_of():
	secret = factories.make_agreement(confidential=1)
	event = make_held_event(agreements=[{"agreement": secret.name}])
	protocol = factories.make_person(PROTOCOL).name
	with factories.acting_as(protocol), pytest.raises(frappe.LinkValidationError):
		make_delegation_visit(international_event=event.name)
