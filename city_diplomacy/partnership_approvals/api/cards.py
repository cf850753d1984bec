"""What the number cards about clearances count, and the lists they open."""

from typing import Any

import frappe
from frappe.utils import nowdate

from city_diplomacy.access.counted_lists import IS_SET, count_and_open
from city_diplomacy.domain.route.states import OPEN, ClearanceState
from city_diplomacy.partnership_approvals.arguments import Filters, checked
from city_diplomacy.partnership_approvals.views import approvals

DOCTYPE = "Approval Clearance"


@frappe.whitelist()
@checked
def count_waiting(filters: Filters = None) -> dict[str, Any]:
	"""How many questions wait for the signed-in person, and the list of these.

	Where all are put to the person by name the list is filtered by that; otherwise (a role, a delegation, a question
	to a sponsor) by the records themselves, as no list filter of Desk says "or".
	"""
	waiting = [row["clearance"] for row in approvals.inbox(frappe.session.user)]
	by_name = (("put_to", "=", frappe.session.user), ("state", "in", list(OPEN)))
	shown = count_and_open(DOCTYPE, *by_name)
	return shown if shown["value"] == len(waiting) else count_and_open(DOCTYPE, ("name", "in", waiting))


@frappe.whitelist()
@checked
def count_overdue(filters: Filters = None) -> dict[str, Any]:
	"""How many clearances the signed-in person may see are past their day, and the list of these."""
	return count_and_open(
		DOCTYPE, ("state", "=", ClearanceState.PENDING), ("due_date", *IS_SET), ("due_date", "<", nowdate())
	)
