"""Delivery in several processes: nobody is told twice, nothing is lost, and no decision waits for it."""

import frappe
import pytest

from city_diplomacy.access.rights import LEGAL
from tests import factories
from tests.approvals import scenes
from tests.approvals.workers import Job

pytestmark = [pytest.mark.real_site, pytest.mark.delivers]

PEOPLE = [f"told.{number}@city.example" for number in range(6)]
DELIVER = Job("Administrator", "city_diplomacy.partnership_approvals.notices.deliver.deliver")


@pytest.fixture
def agreement(committed):
	"""An agreement six people are asked about; nobody is told yet."""
	active = frappe.get_all("Routing Policy", {"document_type": "MOU", "status": "Active"}, pluck="name")
	frappe.db.commit()
	for email in PEOPLE:
		factories.make_user(email, LEGAL)
	scenes.make_policy(*(scenes.rule(f"Seat of {email}", user=email) for email in PEOPLE))
	scenes.manager()
	made = scenes.without_workers(scenes.under_way)
	frappe.db.commit()
	yield made
	frappe.db.rollback()
	for name in active:
		frappe.db.set_value("Routing Policy", name, "status", "Active", update_modified=False)
	frappe.db.commit()


def told() -> dict[str, int]:
	"""How many messages each person has, as everybody else sees it now."""
	frappe.db.commit()
	rows = frappe.get_all("Notification Log", {"for_user": ["in", PEOPLE]}, pluck="for_user")
	return {person: rows.count(person) for person in PEOPLE}


ONCE_EACH = dict.fromkeys(PEOPLE, 1)


def test_four_jobs_at_once_tell_everybody_once(workers, agreement):
	workers.at_once([DELIVER] * 4)
	# What a job gave up for a conflict, the next one does.
	workers.in_turn([DELIVER])

	assert told() == ONCE_EACH


def test_a_job_killed_before_its_commit_leaves_everything_to_the_next(workers, agreement):
	(answer,) = workers.at_once([Job(DELIVER.user, DELIVER.method, stops_before_commit=True)])
	assert answer.stopped
	assert told() == dict.fromkeys(PEOPLE, 0)

	workers.kill(0)
	(answer,) = workers.in_turn([DELIVER])

	assert (answer.error, answer.result) == ("", len(PEOPLE))
	assert told() == ONCE_EACH


def test_a_decision_does_not_wait_for_a_delivery_under_way(workers, agreement):
	row = factories.clearances_of(agreement, "Pending")[0]
	deciding = Job(
		row.put_to,
		"city_diplomacy.partnership_approvals.api.decide",
		{"clearance": row.name, "decision": "Return", "remarks": "Name the berths."},
	)

	delivered, decided = workers.at_once(
		[Job(DELIVER.user, DELIVER.method, stops_before_commit=True), deciding]
	)

	assert delivered.stopped
	assert decided.went_well, decided.sentence
	workers.kill(0)
