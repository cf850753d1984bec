"""Quiet hours went: what waited for their end is delivered, and the settings no longer hold them."""

from datetime import timedelta

import frappe

from city_diplomacy.access.rights import LEGAL
from city_diplomacy.partnership_approvals.notices import deliver
from city_diplomacy.patches.v1_0 import forget_quiet_hours
from tests import factories
from tests.approvals import scenes


def test_what_waited_for_the_end_of_quiet_hours_is_delivered():
	attorney = factories.make_person(LEGAL).name
	scenes.make_policy(scenes.rule("City Attorney", user=attorney))
	frappe.db.set_single_value("City Diplomacy Settings", "deliver", "At Once")
	scenes.under_way()
	name = frappe.db.get_value("Approval Notice", {"for_user": attorney})
	held = frappe.utils.now_datetime() + timedelta(hours=9)
	frappe.db.set_value("Approval Notice", name, {"status": "Waiting", "deliver_after": held})
	frappe.db.delete("Notification Log", {"for_user": attorney})

	forget_quiet_hours.execute()
	deliver.deliver()

	assert frappe.db.get_value("Approval Notice", name, "status") == "Delivered"
	assert frappe.db.count("Notification Log", {"for_user": attorney}) == 1
