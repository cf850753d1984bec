"""Property 6, with a clock that is really moved: calendars, clocks that change, and nights that pass."""

from datetime import date

import frappe
import pytest
from frappe.utils import get_datetime, getdate, now_datetime, nowdate

from city_diplomacy.access.rights import DEPARTMENT
from city_diplomacy.domain.calendar.deadlines import subtract_working_days
from city_diplomacy.partnership_approvals.engine import decide, escalate, questions
from city_diplomacy.partnership_approvals.exceptions import NotYourSeatError
from city_diplomacy.partnership_approvals.ledger import entries
from tests import clock, factories
from tests.approvals import scenes

CALIFORNIA = "America/Los_Angeles"


@pytest.fixture
def people() -> dict[str, str]:
	return {
		who: factories.make_user(f"{who}@city.example", DEPARTMENT).name
		for who in ("head", "deputy", "backup")
	}


@pytest.fixture
def in_california():
	with factories.acting_as("Administrator"):
		frappe.db.set_single_value("System Settings", "time_zone", CALIFORNIA)
		_forget_the_zone()
	yield
	_forget_the_zone()


def _forget_the_zone() -> None:
	frappe.clear_document_cache("System Settings", "System Settings")
	frappe.cache.delete_value("time_zone")
	frappe.local.system_settings = None


def asked(people, **fields):
	scenes.make_policy(scenes.rule("Harbor", user=people["head"], **fields), title="Time travel")
	return scenes.clearance_for(scenes.under_way(), "Harbor")


def decide_as(person: str, clearance) -> None:
	with factories.acting_as(person):
		decide.decide(clearance.name, "Clear")


def told(person: str) -> list[str]:
	"""The kinds of what a person was told, oldest first."""
	return frappe.get_all(
		"Approval Notice", {"for_user": person}, pluck="kind", order_by="creation asc, name asc"
	)


def agreement_of(clearance):
	return frappe.get_doc("MOU", clearance.reference_name)


def verifies(clearance) -> bool:
	return entries.verify("MOU", clearance.reference_name)["findings"] == []


@pytest.mark.parametrize(
	("asked_on", "working_days", "due"),
	[
		# Monday before a leap day, a Friday.
		("2028-02-28 16:00", 2, date(2028, 3, 1)),
		# A year without one: Friday, then Monday.
		("2027-02-26 16:00", 1, date(2027, 3, 1)),
		# Thursday; Friday is the last day of the year.
		("2027-12-30 16:00", 2, date(2028, 1, 3)),
		("2028-02-29 23:59", 1, date(2028, 3, 1)),
	],
)
def test_leap_days_and_the_turn_of_the_year_count_as_working_days(people, asked_on, working_days, due):
	with clock.set_to(asked_on) as move:
		clearance = asked(people, working_days=working_days)
		assert getdate(clearance.due_date) == due
		assert getdate(clearance.asked_on) == getdate(asked_on)
		move(f"{due} 08:00")
		escalate.run()
		assert any("reminder" in subject.lower() for subject in told(people["head"]))
		decide_as(people["head"], clearance)
		assert scenes.state_of(agreement_of(clearance)) == "Ready to Sign"
		assert verifies(clearance)


def test_a_holiday_added_after_a_question_was_put_lengthens_what_is_counted_from_then_on(people):
	"""The day promised to a reviewer stands; steps of the ladder and waiting times know the new holiday."""
	weekends_of_march = [f"2027-03-{day:02}" for day in (6, 7, 13, 14, 20, 21, 27, 28)]
	with clock.set_to("2027-03-01 10:00") as move:
		with factories.acting_as("Administrator"):
			holidays = frappe.get_doc(
				{
					"doctype": "Holiday List",
					"holiday_list_name": "Harbor days",
					"from_date": "2027-01-01",
					"to_date": "2027-12-31",
					"holidays": [
						{"holiday_date": day, "description": "Weekend", "weekly_off": 1}
						for day in weekends_of_march
					],
				}
			).insert()
			scenes.set_settings(holiday_list=holidays.name)
			frappe.clear_document_cache("City Diplomacy Settings", "City Diplomacy Settings")
		clearance = asked(people, working_days=5, escalates_to=people["backup"])
		assert getdate(clearance.due_date) == date(2027, 3, 8)
		with factories.acting_as("Administrator"):
			holidays.append("holidays", {"holiday_date": "2027-03-10", "description": "Founders' Day"})
			holidays.save()
		before = set(told(people["backup"]))
		# Without the holiday the fifth working day late would be Monday the 15th.
		move("2027-03-15 08:00")
		escalate.run()
		assert frappe.db.get_value("Approval Clearance", clearance.name, "put_to") == people["head"]
		move("2027-03-16 08:00")
		escalate.run()
		assert frappe.db.get_value("Approval Clearance", clearance.name, "put_to") == people["backup"]
		assert set(told(people["backup"])) > before
		assert getdate(frappe.db.get_value("Approval Clearance", clearance.name, "due_date")) == date(
			2027, 3, 8
		)
		assert verifies(clearance)


@pytest.mark.parametrize(
	("evening", "morning", "due"),
	[
		# Clocks go forward on Sunday, 14 March 2027, and back on Sunday, 7 November 2027.
		("2027-03-12 23:30", "2027-03-15 00:30", date(2027, 3, 15)),
		("2027-11-05 23:30", "2027-11-08 00:30", date(2027, 11, 8)),
	],
)
def test_days_are_those_of_the_city_across_the_changes_of_its_clocks(
	people, in_california, evening, morning, due
):
	with clock.set_to(evening) as move:
		assert (nowdate(), now_datetime().hour) == (evening[:10], 23)
		clearance = asked(people, working_days=1)
		assert getdate(clearance.due_date) == due
		move(morning)
		assert nowdate() == morning[:10]
		escalate.run()
		assert any("reminder" in subject.lower() for subject in told(people["head"]))
		assert not any("late" in subject.lower() for subject in told(people["head"]))
		decide_as(people["head"], clearance)
		clearance.reload()
		assert get_datetime(clearance.decided_on) > get_datetime(clearance.asked_on)
		assert verifies(clearance)


def test_in_the_hour_that_comes_twice_the_ledger_keeps_its_order(people, in_california):
	"""At two the clocks are set back to one: a later act bears an earlier hour, and its number tells."""
	with clock.set_to("2027-11-07 00:59") as move:
		clearance = asked(people)
		move("2027-11-07 01:50")
		with factories.acting_as(people["head"]):
			questions.ask(clearance.name, "Who pays for the crane?")
		move("2027-11-07 03:10")
		with factories.acting_as(scenes.office()):
			questions.answer(clearance.name, "The port does.")
		move("2027-11-07 01:55")
		decide_as(people["head"], clearance)
		agreement = agreement_of(clearance)
		events = scenes.events_of(agreement)
		assert [event for event in events if event in ("Question Asked", "Question Answered", "Decided")] == [
			"Question Asked",
			"Question Answered",
			"Decided",
		]
		assert scenes.state_of(agreement) == "Ready to Sign"
		assert verifies(clearance)


def test_a_delegate_decides_until_midnight_of_the_last_day(people):
	with clock.set_to("2027-04-14 09:00") as move:
		with factories.acting_as(people["head"]):
			frappe.get_doc(
				{
					"doctype": "Approval Delegation",
					"delegator": people["head"],
					"delegate": people["deputy"],
					"from_date": "2027-04-14",
					"to_date": "2027-04-15",
					"reason": "On leave.",
				}
			).insert()
		in_time = asked(people)
		too_late = asked(people)
		move("2027-04-15 23:58")
		decide_as(people["deputy"], in_time)
		move("2027-04-16 00:01")
		before = scenes.picture_of(agreement_of(too_late))
		with pytest.raises(NotYourSeatError):
			decide_as(people["deputy"], too_late)
		assert scenes.picture_of(agreement_of(too_late)) == before
		decide_as(people["head"], too_late)
		in_time.reload()
		too_late.reload()
		assert (in_time.decided_by, in_time.acting_for) == (people["deputy"], people["head"])
		assert (too_late.decided_by, too_late.acting_for or None) == (people["head"], None)
		assert verifies(in_time)
		assert verifies(too_late)


def test_a_scheduler_that_slept_for_a_month_takes_every_step_once_and_decides_nothing(people):
	with clock.set_to("2027-05-03 09:00") as move:
		clearance = asked(people, working_days=5, escalates_to=people["backup"])
		due = getdate(clearance.due_date)
		assert getdate(clearance.next_escalation) == subtract_working_days(due, 1, ())
		move("2027-06-07 06:00")
		escalate.run()
		clearance.reload()
		assert (clearance.state, clearance.put_to) == ("Pending", people["backup"])
		assert clearance.forwarded_from == people["head"]
		once = {who: told(person) for who, person in people.items()}
		events = scenes.events_of(agreement_of(clearance))
		assert events.count("Handed Over") == 1
		for _turn in range(2):
			escalate.run()
		assert {who: told(person) for who, person in people.items()} == once
		assert scenes.events_of(agreement_of(clearance)) == events
		assert scenes.state_of(agreement_of(clearance)) == "In Clearance"
		decide_as(people["backup"], clearance)
		assert scenes.state_of(agreement_of(clearance)) == "Ready to Sign"
		assert verifies(clearance)
