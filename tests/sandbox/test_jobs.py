"""Background jobs in the sandbox: there is no worker, so they run right after the commit."""

import frappe
import pytest

from city_diplomacy.access.rights import LEGAL
from tests import factories
from tests.approvals import scenes

pytestmark = pytest.mark.sandbox_only


def test_a_job_runs_after_the_commit_and_not_before(ground):
	factories.make_person(LEGAL)
	told = frappe.db.count("Notification Log")
	scenes.without_workers(scenes.under_way, ground.enqueue)
	assert frappe.db.count("Notification Log") == told

	frappe.db.commit()

	assert frappe.db.count("Notification Log") > told


def test_a_job_of_what_was_rolled_back_does_not_run(ground):
	factories.make_person(LEGAL)
	frappe.db.commit()
	told = frappe.db.count("Notification Log")
	scenes.without_workers(scenes.under_way, ground.enqueue)

	frappe.db.rollback()
	frappe.db.commit()

	assert frappe.db.count("Notification Log") == told
