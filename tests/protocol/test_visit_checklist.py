"""The checklist of a visit: a To Do for each step, once, moved and closed with the visit; its calendar and its end."""

from datetime import date, datetime, timezone

import frappe
import icalendar
import pytest

from city_diplomacy.access.rights import OFFICER, PROTOCOL, TRADE
from city_diplomacy.diplomatic_protocol.visits import api
from city_diplomacy.guest_links import api as links_api
from city_diplomacy.setup.visit_steps import CHECKLIST_STEPS, seed_checklist_steps
from tests import factories
from tests.guest_links.sending import token_of
from tests.protocol.factories import delegate, item, make_delegation_visit, make_visit_checklist_step


@pytest.fixture(autouse=True)
def these_steps_alone():
	frappe.db.delete("Visit Checklist Step")
	frappe.db.delete("Visit Triage Rule")
	make_visit_checklist_step("Book interpreters", days=-14, role=PROTOCOL)
	make_visit_checklist_step("Thank them", days=5)


def accepted(**fields):
	visit = make_delegation_visit(arrives_on="2090-03-01", leaves_on="2090-03-04", **fields)
	visit.status = "Accepted"
	return visit.save()


def todos(visit) -> dict[str, tuple]:
	rows = frappe.get_all(
		"ToDo", {"reference_name": visit.name}, ["description", "date", "status", "allocated_to", "name"]
	)
	return {
		row.description.split(":")[0]: (row.date.isoformat(), row.status, row.allocated_to) for row in rows
	}


def test_a_request_has_no_checklist():
	assert todos(make_delegation_visit()) == {}


def test_each_step_becomes_a_todo_once():
	chief = factories.make_person(PROTOCOL).name
	visit = accepted()
	expected = {
		"Book interpreters": ("2090-02-15", "Open", chief),
		"Thank them": ("2090-03-06", "Open", "Administrator"),
	}
	assert todos(visit) == expected
	visit.reload()
	visit.purpose = "Ports"
	visit.save()
	visit.status = "Preparing"
	visit.save()
	assert todos(visit) == expected
	assert frappe.db.count("ToDo", {"reference_name": visit.name}) == 2


def test_the_owner_does_what_their_role_does():
	factories.make_user("another.chief@city.example", PROTOCOL)
	owner = factories.make_user("zoe@city.example", PROTOCOL).name
	assert todos(accepted(visit_owner=owner))["Book interpreters"][2] == owner


def test_a_department_does_what_is_its_own():
	head = factories.make_user("head@city.example", OFFICER).name
	department = factories.make_department("Port", head=head)
	make_visit_checklist_step("Open the harbour", days=-1, department=department.name)
	assert todos(accepted())["Open the harbour"][2] == head


def test_the_todos_follow_the_days():
	visit = accepted()
	visit.reload()
	visit.update({"arrives_on": "2090-04-01", "leaves_on": "2090-04-02"})
	visit.save()
	assert [one[0] for one in sorted(todos(visit).values())] == ["2090-03-18", "2090-04-06"]


def test_what_was_done_stays_done_when_the_visit_moves():
	visit = accepted()
	done = frappe.get_doc("ToDo", {"reference_name": visit.name, "description": ["like", "Book%"]})
	done.status = "Closed"
	done.save()
	visit.reload()
	visit.update({"arrives_on": "2090-04-01", "leaves_on": "2090-04-02"})
	visit.save()
	assert todos(visit)["Book interpreters"][:2] == ("2090-02-15", "Closed")


def test_a_cancelled_visit_asks_nobody_for_anything():
	visit = accepted()
	visit.reload()
	visit.update({"status": "Cancelled", "status_reason": "Storm"})
	visit.save()
	assert {one[1] for one in todos(visit).values()} == {"Cancelled"}


def test_nobody_types_a_checklist():
	visit = accepted()
	visit.reload()
	visit.append("checklist", {"step": "Give me a medal", "todo": "x"})
	visit.checklist[0].due_on = "2099-01-01"
	visit.save()
	assert [(row.step, str(row.due_on)) for row in visit.reload().checklist] == [
		("Book interpreters", "2090-02-15"),
		("Thank them", "2090-03-06"),
	]


def test_a_step_taken_out_stays_with_visits_that_have_it():
	visit = accepted()
	frappe.delete_doc("Visit Checklist Step", "Thank them")
	visit.reload()
	visit.purpose = "Ports"
	visit.save()
	assert len(todos(visit)) == 2


def test_a_new_site_has_steps():
	seed_checklist_steps()
	seed_checklist_steps()
	names = frappe.get_all("Visit Checklist Step", pluck="name")
	assert {step for step, *_more in CHECKLIST_STEPS} | {"Thank them"} == set(names)


# the calendar


def parsed(visit) -> icalendar.Calendar:
	api.calendar_file(visit.name)
	assert frappe.local.response.filename == f"{visit.name}.ics"
	return icalendar.Calendar.from_ical(frappe.local.response.filecontent)


def test_a_calendar_file_has_the_days_and_the_programme_at_its_moments():
	visit = make_delegation_visit(
		arrives_on="2027-03-13",
		leaves_on="2027-03-15",
		delegates=[delegate("Ana Lopez")],
		programme=[
			item("Talks", "01:00", "03:30", day="2027-03-14", place="City Hall"),
			item("Call", "19:00", "20:00", day="2027-03-15", time_zone="Asia/Tokyo"),
		],
	)
	calendar = parsed(visit)
	whole, talks, call = calendar.walk("VEVENT")
	assert (whole["DTSTART"].dt, whole["DTEND"].dt) == (date(2027, 3, 13), date(2027, 3, 16))
	# Clocks go forward on 14 March in New York: two and a half hours there are one and a half.
	assert talks["DTSTART"].dt.astimezone(timezone.utc) == datetime(2027, 3, 14, 6, tzinfo=timezone.utc)
	assert talks["DTEND"].dt.astimezone(timezone.utc) == datetime(2027, 3, 14, 7, 30, tzinfo=timezone.utc)
	assert call["DTSTART"].dt.astimezone(timezone.utc) == datetime(2027, 3, 15, 10, tzinfo=timezone.utc)
	assert {str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")} == {"America/New_York", "Asia/Tokyo"}
	assert str(talks["LOCATION"]) == "City Hall"
	assert {str(one["STATUS"]) for one in (whole, talks, call)} == {"TENTATIVE"}


def test_a_cancelled_visit_takes_the_place_of_the_one_that_was_sent():
	visit = accepted()
	(before,) = parsed(visit).walk("VEVENT")
	visit.reload()
	visit.update({"status": "Cancelled", "status_reason": "Storm"})
	visit.save()
	(after,) = parsed(visit).walk("VEVENT")
	assert (str(before["STATUS"]), str(after["STATUS"])) == ("CONFIRMED", "CANCELLED")
	assert before["UID"] == after["UID"]
	assert after["SEQUENCE"] >= before["SEQUENCE"]


def test_an_event_is_made_once_and_moves_with_the_visit():
	city = factories.make_partner_city("Sakata", "Japan")
	visit = make_delegation_visit(partners=[{"partner_type": "Partner City", "partner": city.name}])
	made = api.make_event(visit.name)["name"]
	assert api.make_event(visit.name)["name"] == made
	event = frappe.get_doc("Event", made)
	assert [row.reference_docname for row in event.event_participants] == [city.name]
	visit.reload()
	visit.update({"arrives_on": "2027-05-01", "leaves_on": "2027-05-02"})
	visit.save()
	assert str(frappe.db.get_value("Event", made, "starts_on"))[:10] == "2027-05-01"


def test_who_only_reads_makes_no_event():
	visit = make_delegation_visit()
	with factories.acting_as(factories.make_person(TRADE).name), pytest.raises(frappe.PermissionError):
		api.make_event(visit.name)


# called off


def test_whoever_was_written_to_is_told_that_a_visit_is_off():
	visit = accepted(
		requester_name="Haruka Sato",
		requester_email="sato@sakata.example",
		delegates=[delegate("Ken Abe", is_head=1, email="abe@sakata.example")],
	)
	letter = api.draft_letter(visit.name)
	api.send_letter(visit.name, letter["subject"], letter["message"])
	visit.reload()
	with factories.acting_as(factories.make_person(PROTOCOL).name):
		link = links_api.send(visit.doctype, visit.name, "Who is coming", "Ken Abe", "abe@sakata.example")[
			"link"
		]
	assert token_of(link)
	event = api.make_event(visit.name)["name"]
	visit.reload()
	visit.update(
		{"status": "Cancelled", "status_reason": "Storm warning", "letter_reason": "A storm is forecast."}
	)
	visit.save()
	cancelled = [row for row in visit.reload().letters if row.kind == "Cancelled"]
	assert {row.email for row in cancelled} == {"sato@sakata.example", "abe@sakata.example"}
	bodies = [letter.body for letter in factories.outbox() if "does not take place" in letter.body]
	assert len(bodies) == 2
	assert all("A storm is forecast." in body and "Storm warning" not in body for body in bodies)
	assert frappe.db.get_value("Guest Link", link, "status") == "Revoked"
	assert frappe.db.get_value("Event", event, "status") == "Cancelled"


def test_nobody_is_told_twice_or_without_having_been_written_to():
	visit = accepted(requester_email="sato@sakata.example")
	visit.reload()
	visit.update({"status": "Cancelled", "status_reason": "Storm"})
	visit.save()
	visit.outcome = "They come next year."
	visit.save()
	assert visit.reload().letters == []
