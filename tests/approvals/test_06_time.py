"""Property 6: working days, a clock that stops, steps taken once, and silence that never approves."""

from datetime import date

import frappe
import pytest
from frappe.utils import add_days, getdate, nowdate

from city_diplomacy.access.rights import DEPARTMENT
from city_diplomacy.domain.calendar.deadlines import add_working_days, subtract_working_days
from city_diplomacy.partnership_approvals.engine import escalate, questions
from city_diplomacy.partnership_approvals.routing import planning
from tests import factories
from tests.approvals import scenes


@pytest.fixture
def people() -> dict[str, str]:
	return {
		who: factories.make_user(f"{who}@city.example", DEPARTMENT).name
		for who in ("head", "acting", "liaison", "deputy")
	}


@pytest.fixture
def clearance(people):
	harbor = factories.make_department(
		"Harbor", head=people["head"], acting_head=people["acting"], partnership_liaison=people["liaison"]
	).name
	scenes.make_policy(
		scenes.rule(
			"Harbor",
			asked_of="Department Head",
			department=harbor,
			mandatory=1,
			escalates_to=people["deputy"],
		),
		title="Time",
	)
	return scenes.clearance_for(scenes.under_way(), "Harbor")


def days_pass(clearance, working_days_late: int) -> None:
	"""As if the question had been due that many working days ago."""
	due = subtract_working_days(getdate(nowdate()), working_days_late, ())
	frappe.db.set_value(
		"Approval Clearance", clearance.name, {"due_date": due, "next_escalation": add_days(due, -1)}
	)


def told(person: str) -> list[str]:
	"""The kinds of what a person was told, oldest first."""
	return frappe.get_all(
		"Approval Notice", {"for_user": person}, pluck="kind", order_by="creation asc, name asc"
	)


def test_a_question_knows_when_it_is_due_and_when_somebody_looks_next(clearance):
	due = add_working_days(getdate(clearance.asked_on), 5, ())
	assert getdate(clearance.due_date) == due
	assert getdate(clearance.next_escalation) == subtract_working_days(due, 1, ())


def test_in_time_nothing_happens(clearance):
	assert escalate.escalate(clearance.name) == 0


def test_a_late_answer_reminds_its_holder_and_tells_the_liaison(clearance, people):
	days_pass(clearance, 1)
	escalate.run()
	assert "Reminder" in told(people["head"])
	assert told(people["liaison"]) == ["Late"]


def test_each_step_is_taken_once_however_often_the_scheduler_runs(clearance, people):
	days_pass(clearance, 1)
	escalate.run()
	after_the_first = [len(told(person)) for person in people.values()]
	for _turn in range(3):
		escalate.run()
	assert [len(told(person)) for person in people.values()] == after_the_first
	assert escalate.escalate(clearance.name) == 0


def test_much_too_late_it_is_handed_over_and_the_record_says_from_whom(clearance, people):
	days_pass(clearance, 5)
	escalate.run()
	clearance.reload()
	assert (clearance.put_to, clearance.forwarded_from) == (people["deputy"], people["head"])
	agreement = frappe.get_doc("MOU", clearance.reference_name)
	(entry,) = [entry for entry in scenes.entries_of(agreement) if entry.event == "Handed Over"]
	assert entry.acting_for == people["head"]


def test_silence_never_approves(clearance):
	days_pass(clearance, 200)
	for _turn in range(3):
		escalate.run()
	clearance.reload()
	assert clearance.state == "Pending"
	assert frappe.db.get_value("MOU", clearance.reference_name, "workflow_state") == "In Clearance"


def test_a_question_to_the_sponsor_stops_the_clock_and_the_ladder(clearance, people):
	with factories.acting_as(people["head"]):
		questions.ask(clearance.name, "Who pays for the crane?")
	days_pass(clearance, 3)
	escalate.run()
	assert "Reminder" not in told(people["head"])


def test_the_working_days_a_question_waited_are_added_again(clearance, people):
	with factories.acting_as(people["head"]):
		questions.ask(clearance.name, "Who pays for the crane?")
	asked = subtract_working_days(getdate(nowdate()), 3, ())
	frappe.db.set_value("Approval Clearance", clearance.name, "question_on", asked)
	before = getdate(clearance.due_date)
	with factories.acting_as(scenes.office()):
		questions.answer(clearance.name, "The port does.")
	clearance.reload()
	# Answered on a day off, the waiting ends with the last working day before it.
	assert getdate(clearance.due_date) == add_working_days(before, 3, ())
	assert clearance.next_escalation


def test_one_clearance_that_cannot_be_escalated_holds_up_no_other(clearance, people):
	other = scenes.clearance_for(scenes.under_way(), "Harbor")
	for late in (clearance, other):
		days_pass(late, 1)
	frappe.db.delete("Approval Route", {"name": clearance.route})
	escalate.run()
	assert frappe.db.get_value("Approval Clearance", other.name, "escalation_level") > 0
	assert frappe.db.exists("Error Log", {"reference_name": clearance.name})


def test_a_holiday_added_later_moves_no_question_already_put_and_counts_for_the_next(clearance):
	before = clearance.due_date
	with factories.acting_as("Administrator"):
		holidays = frappe.get_doc(
			{
				"doctype": "Holiday List",
				"holiday_list_name": "Harbor days",
				"from_date": nowdate(),
				"to_date": add_days(nowdate(), 90),
				"holidays": [{"holiday_date": before, "description": "Harbor Day"}],
			}
		).insert()
		scenes.set_settings(holiday_list=holidays.name)
		frappe.clear_document_cache("City Diplomacy Settings", "City Diplomacy Settings")
	clearance.reload()
	assert clearance.due_date == before
	later = scenes.clearance_for(scenes.under_way(), "Harbor")
	assert getdate(later.due_date) != getdate(before)


# planned backwards


def test_a_day_it_is_needed_by_is_planned_backwards(people):
	scenes.make_policy(
		scenes.rule("Harbor", user=people["head"], working_days=5),
		scenes.rule("Law", user=people["acting"], working_days=3),
		scenes.rule(
			"Mayor", user=people["deputy"], working_days=10, stage=2, workflow_state="Mayor's Decision"
		),
		title="Backwards",
	)
	needed_by = add_days(nowdate(), 200)
	draft = scenes.draft_by(scenes.office(), needed_by=needed_by)
	plan = planning.preview(draft)["needed_by"]
	assert plan["working_days"] == 15
	assert plan["start_by"] == subtract_working_days(getdate(needed_by), 15, ())
	assert plan["late"] == 0


def test_a_day_too_near_says_how_late_it_is(people):
	scenes.make_policy(scenes.rule("Harbor", user=people["head"], working_days=20), title="Backwards")
	draft = scenes.draft_by(scenes.office(), needed_by=add_days(nowdate(), 7))
	assert planning.preview(draft)["needed_by"]["late"] > 0


def test_leap_days_and_years_ends_are_ordinary_days():
	assert add_working_days(date(2028, 2, 28), 1, ()) == date(2028, 2, 29)
	assert add_working_days(date(2027, 12, 31), 1, ()) == date(2028, 1, 3)
	assert subtract_working_days(date(2028, 3, 1), 1, ()) == date(2028, 2, 29)


def test_a_late_question_is_not_handed_over_in_the_name_of_somebody_who_prepared_it(clearance, people):
	route = frappe.get_doc("Approval Route", clearance.route)
	prepared = f"{route.prepared_by} {people['head']}"
	frappe.db.set_value("Approval Route", route.name, "prepared_by", prepared)
	days_pass(clearance, 5)
	escalate.run()
	assert frappe.db.get_value("Approval Clearance", clearance.name, "put_to") == people["head"]
	assert "Handed Over" not in told(people["deputy"])
