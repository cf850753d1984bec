"""Committees' duties: who owes them, done with evidence, due again, and reminded of once."""

import frappe
import pytest
from frappe.utils import add_days, nowdate

from city_diplomacy.access.rights import COMMUNITY, PROTOCOL
from city_diplomacy.diaspora_relations import duty_reminders
from city_diplomacy.diaspora_relations.api import complete_duty
from city_diplomacy.diaspora_relations.exceptions import DutyError
from tests import factories
from tests.community.factories import make_committee_duty
from tests.speaking import speak

DUTY = "Committee Duty"


@pytest.fixture
def officer() -> str:
	return factories.make_person(COMMUNITY).name


def todos(duty) -> list:
	return frappe.get_all(
		"ToDo",
		{"reference_type": DUTY, "reference_name": duty.name},
		["allocated_to", "status", "date", "description"],
		order_by="creation asc",
	)


def test_a_duty_done_is_due_again_and_keeps_how_it_was_done(officer):
	with factories.acting_as(officer):
		duty = make_committee_duty(due_date="2031-05-31")
		report = factories.make_file("report.txt", "We met four times.")
		answer = complete_duty(duty.name, "Four meetings.", report.file_url, "https://www.example.org/report")
	assert answer == {"due_date": "2032-05-31"}
	duty.reload()
	assert (duty.status, str(duty.due_date)) == ("Open", "2032-05-31")
	(done,) = duty.completions
	assert (str(done.due_date), done.result, done.recorded_by) == ("2031-05-31", "Four meetings.", officer)


def test_a_month_that_is_short_does_not_move_the_day():
	duty = make_committee_duty(due_date="2031-01-31", recurs="Monthly")
	assert complete_duty(duty.name, "Done")["due_date"] == "2031-02-28"
	assert complete_duty(duty.name, "Done")["due_date"] == "2031-03-31"


def test_what_is_due_once_is_done_then():
	duty = make_committee_duty(recurs="Once")
	assert complete_duty(duty.name, "Sent")["due_date"] == ""
	assert frappe.db.get_value(DUTY, duty.name, "status") == "Done"
	with pytest.raises(DutyError, match="not open any more"):
		complete_duty(duty.name, "Sent")


def test_without_anything_to_show_it_is_not_done():
	duty = make_committee_duty()
	with pytest.raises(DutyError, match="Attach the report"):
		complete_duty(duty.name, " ")
	with pytest.raises(frappe.ValidationError, match="must be a web address"):
		complete_duty(duty.name, "", "", "javascript:alert(1)")
	assert not frappe.get_doc(DUTY, duty.name).completions


def test_a_file_somebody_may_not_open_is_no_evidence(officer):
	secret = factories.make_file("secret.txt", "For few.")
	duty = make_committee_duty()
	with factories.acting_as(officer), pytest.raises(DutyError, match="There is no file"):
		complete_duty(duty.name, "", secret.file_url)


def test_a_committee_with_too_few_members_has_not_done_its_duty():
	duty = make_committee_duty(kind="Minimum members", minimum_members=15)
	with pytest.raises(DutyError, match="has 12 members; 15 are asked for"):
		complete_duty(duty.name, "Counted", members=12)
	assert complete_duty(duty.name, "Counted", members=15)["due_date"]
	assert frappe.get_doc(DUTY, duty.name).completions[0].members == 15


def test_who_may_not_write_duties_does_not_complete_them():
	duty = make_committee_duty()
	with factories.acting_as(factories.make_person(PROTOCOL).name), pytest.raises(frappe.PermissionError):
		complete_duty(duty.name, "Done")


def test_completions_and_reminders_are_not_typed():
	duty = make_committee_duty()
	duty.update({"completions": [{"result": "Done"}], "reminded_of": "2031-05-31", "due_day": 3})
	duty.save()
	assert (duty.completions, duty.reminded_of, duty.due_day) == ([], None, 31)


def test_somebody_is_reminded_once_ahead_and_once_after_the_day(officer):
	with factories.acting_as(officer):
		duty = make_committee_duty(due_date=add_days(nowdate(), 10))
	duty_reminders.run()
	duty_reminders.run()
	(todo,) = todos(duty)
	assert (todo.allocated_to, todo.status, todo.description) == (
		officer,
		"Open",
		"Due soon: Annual activity report",
	)
	frappe.db.set_value(DUTY, duty.name, "due_date", add_days(nowdate(), -1))
	duty_reminders.run()
	duty_reminders.run()
	(todo,) = todos(duty)
	assert todo.description == "Overdue: Annual activity report"


def test_a_reminder_is_in_the_language_of_whoever_reads_it(officer, monkeypatch):
	speak(monkeypatch, "de", {"Due soon: {0}": "Bald fällig: {0}"})
	frappe.db.set_value("User", officer, "language", "de")
	with factories.acting_as(officer):
		duty = make_committee_duty(due_date=add_days(nowdate(), 10))
	duty_reminders.run()
	assert [todo.description for todo in todos(duty)] == ["Bald fällig: Annual activity report"]


def test_a_reminder_is_closed_when_the_duty_is_done_and_the_next_day_has_its_own(officer):
	with factories.acting_as(officer):
		duty = make_committee_duty(due_date=add_days(nowdate(), 5), recurs="Monthly", remind_days=90)
	duty_reminders.run()
	complete_duty(duty.name, "Sent")
	assert [todo.status for todo in todos(duty)] == ["Closed"]
	duty_reminders.run()
	assert [todo.status for todo in todos(duty)] == ["Closed", "Open"]


def test_what_is_far_ahead_dropped_or_done_reminds_nobody():
	far = make_committee_duty(due_date=add_days(nowdate(), 60))
	dropped = make_committee_duty(
		due_date=nowdate(), status="Dropped", dropped_reason="No committee any more"
	)
	done = make_committee_duty(due_date=nowdate(), recurs="Once")
	complete_duty(done.name, "Sent")
	duty_reminders.run()
	assert [todos(one) for one in (far, dropped, done)] == [[], [], []]


def test_a_department_is_reminded_by_whoever_speaks_for_it():
	head = factories.make_user("head@city.example").name
	department = factories.make_department("Library", head=head)
	duty = make_committee_duty(due_date=nowdate(), owed_by="Department", department=department.name)
	duty_reminders.run()
	assert [todo.allocated_to for todo in todos(duty)] == [head]


def test_who_has_no_account_in_use_is_not_reminded(officer):
	with factories.acting_as(officer):
		duty = make_committee_duty(due_date=nowdate())
	frappe.db.set_value("User", officer, "enabled", 0)
	duty_reminders.run()
	assert todos(duty) == []


def test_due_duties_are_in_the_calendar(client, officer):
	make_committee_duty(due_date="2031-05-31")
	answer = client(officer).read(
		"city_diplomacy.diaspora_relations.calendar.due_duties", start="2031-05-01", end="2031-06-08"
	)
	assert "Annual activity report" in [one["title"] for one in answer.get_json()["message"]]
