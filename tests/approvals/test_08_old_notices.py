"""Property 8, the lawful side: what people were told is no record, and goes by its age unless there is a hold."""

import frappe
import pytest

from city_diplomacy.access.rights import LEGAL
from city_diplomacy.partnership_approvals.api import records
from city_diplomacy.partnership_approvals.doctype.approval_notice.approval_notice import ApprovalNotice
from tests import factories
from tests.approvals import scenes

pytestmark = pytest.mark.delivers


def test_what_was_told_long_ago_is_cleared_and_what_waits_or_is_held_stays():
	attorney = factories.make_user("attorney@city.example", LEGAL).name
	scenes.make_policy(scenes.rule("City Attorney", user=attorney))
	told, waiting, held = (scenes.under_way(title=title) for title in ("Told", "Waiting", "Held"))
	mine = {"for_user": attorney}
	frappe.db.set_value("Approval Notice", {**mine, "reference_name": waiting.name}, "status", "Waiting")
	with factories.acting_as(scenes.manager()):
		records.legal_hold("MOU", held.name, True, "A request for the records of the port.")
	long_ago = frappe.utils.add_days(frappe.utils.now_datetime(), -181)
	for agreement in (told, waiting, held):
		names = frappe.get_all("Approval Notice", {"reference_name": agreement.name}, pluck="name")
		for name in names:
			frappe.db.set_value("Approval Notice", name, "modified", long_ago, update_modified=False)
	scenes.under_way(title="Told today")

	ApprovalNotice.clear_old_logs(days=180)

	left = frappe.get_all("Approval Notice", mine, ["matter"], pluck="matter")
	assert sorted(left) == ["Held", "Told today", "Waiting"]
