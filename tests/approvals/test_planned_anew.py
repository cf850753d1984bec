"""What waits to be delivered is planned anew when the city changes when messages go out, and only then."""

import frappe
import pytest
from frappe.utils import add_to_date, now_datetime

from city_diplomacy.access.rights import LEGAL
from tests import factories
from tests.approvals import scenes


@pytest.fixture
def waiting() -> str:
	"""A notice that waits until tomorrow."""
	attorney = factories.make_user("attorney@city.example", LEGAL).name
	scenes.make_policy(scenes.rule("City Attorney", user=attorney))
	scenes.under_way()
	(notice,) = frappe.get_all("Approval Notice", {"for_user": attorney, "status": "Waiting"}, pluck="name")
	frappe.db.set_value("Approval Notice", notice, "deliver_after", add_to_date(now_datetime(), days=1))
	return notice


def save_settings(**values) -> None:
	settings = frappe.get_doc("City Diplomacy Settings")
	settings.update({"company": factories.our_company(), "city_name": "Seaport", **values})
	settings.save()


def plan_of(notice: str) -> tuple:
	return frappe.db.get_value("Approval Notice", notice, ["status", "deliver_after"])


def test_settings_that_say_nothing_of_messages_leave_what_was_planned(waiting):
	save_settings()
	before = plan_of(waiting)
	save_settings(city_name="Harborview")
	assert plan_of(waiting) == before
	assert before[0] == "Waiting"


def test_what_waits_goes_out_once_messages_wait_no_longer(waiting):
	save_settings(deliver="Daily Digest")
	frappe.db.set_value("Approval Notice", waiting, "deliver_after", add_to_date(now_datetime(), days=1))
	save_settings(deliver="At Once")
	assert plan_of(waiting)[0] == "Delivered"
