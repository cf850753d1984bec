"""Property 6, in several processes: a step is taken once, and one agreement in somebody's hands stops no other."""

import frappe
import pytest
from frappe.utils import add_days, nowdate

from city_diplomacy.partnership_approvals.engine import escalate
from tests import factories
from tests.approvals import scenes
from tests.approvals.at_once import asked_at_once, set_out
from tests.approvals.workers import Job

pytestmark = pytest.mark.real_site

ESCALATE = "city_diplomacy.partnership_approvals.engine.escalate.escalate_if_due"
ESCALATE_BATCH = "city_diplomacy.partnership_approvals.engine.escalate.escalate_batch"


@pytest.fixture
def late(people) -> list:
	"""Two clearances of two agreements, each a working week late."""
	asked_at_once(people(1))
	clearances = [factories.clearances_of(set_out(title=title))[0] for title in ("First", "Second")]
	days_pass(clearances, 7)
	return clearances


def days_pass(clearances: list, days_late: int) -> None:
	for clearance in clearances:
		day = add_days(nowdate(), -days_late)
		values = {"due_date": day, "next_escalation": day}
		frappe.db.set_value("Approval Clearance", clearance.name, values, update_modified=False)
	frappe.db.commit()


def to_escalate(clearance, **how) -> Job:
	return Job("Administrator", ESCALATE, {"clearance": clearance.name}, **how)


def levels(clearances: list) -> list[int]:
	frappe.db.commit()
	return [frappe.db.get_value("Approval Clearance", row.name, "escalation_level") for row in clearances]


def told(clearance) -> int:
	"""How often its reviewer is to be reminded, as everybody else sees it now."""
	frappe.db.commit()
	return frappe.db.count("Approval Notice", {"clearance": clearance.name, "kind": "Reminder"})


def test_four_jobs_at_once_take_each_step_once(workers, late):
	first, second = late
	answers = workers.at_once([to_escalate(first)] * 4)
	workers.in_turn([to_escalate(second)])

	assert all(answer.went_well for answer in answers), answers
	assert levels(late)[0] == levels(late)[1] > 0
	assert told(first) == told(second) > 0


def test_one_in_somebody_s_hands_stops_no_other_and_is_left_whole(workers, late):
	first, second = late
	held, done = workers.at_once([to_escalate(first, stops_before_commit=True), to_escalate(second)])

	assert held.stopped
	assert done.went_well, done.sentence
	assert levels(late)[0] == 0 < levels(late)[1]

	workers.kill(0)
	(again,) = workers.in_turn([to_escalate(first)])
	assert again.went_well, again.sentence
	assert told(first) == told(second) > 0


def test_four_batches_at_once_take_each_step_once(workers, late):
	batch = Job("Administrator", ESCALATE_BATCH, {"clearances": [row.name for row in late]})
	answers = workers.at_once([batch] * 4)
	# What one of them left, because another had it in hand, is done by the job it got.
	workers.in_turn([to_escalate(row) for row in late])

	assert all(answer.went_well for answer in answers), answers
	assert levels(late)[0] == levels(late)[1] > 0
	assert told(late[0]) == told(late[1]) > 0


def test_a_batch_does_not_wait_for_one_in_somebody_s_hands(workers, late):
	first = late[0]
	# Too early to be handed over, which is a job of its own.
	days_pass(late, 4)
	batch = Job("Administrator", ESCALATE_BATCH, {"clearances": [row.name for row in late]})
	held, done = workers.in_turn([to_escalate(first, stops_before_commit=True), batch])

	assert held.stopped
	assert done.went_well, done.sentence
	assert levels(late)[0] == 0 < levels(late)[1]


def test_the_scheduler_makes_jobs_and_takes_no_lock_itself(workers, late):
	jobs = []
	scenes.without_workers(escalate.run, lambda method, **options: jobs.append((method, options)))

	assert {method for method, _options in jobs} == {ESCALATE_BATCH}
	assert {row.name for row in late} <= {name for _method, options in jobs for name in options["clearances"]}
	assert all(options["enqueue_after_commit"] and options["deduplicate"] for _method, options in jobs)
