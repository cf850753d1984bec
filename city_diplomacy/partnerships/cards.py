"""What the number cards about partnerships count, and the lists they open.

Frappe shows every card to System Managers, who may read none of our records until they are given a role of ours;
a card of type Document Type would meet them with "Not permitted", one of type Custom counts what they may read.
"""

from typing import Any

import frappe
from frappe.utils import add_days, nowdate

from city_diplomacy.access.counted_lists import IS_SET, count_and_open
from city_diplomacy.domain.partnerships.commitments import OPEN
from city_diplomacy.partnership_approvals.arguments import Filters, checked
from city_diplomacy.partnerships.agreements.mou_routing import MOU_ROUTING

DAYS_AHEAD = 30


@frappe.whitelist()
@checked
def count_due(filters: Filters = None) -> dict[str, Any]:
	"""How many open commitments are due within 30 days or were due before, and the list of these."""
	return count_and_open(
		"Partnership Commitment",
		("status", "in", list(OPEN)),
		("due_date", *IS_SET),
		("due_date", "<=", add_days(nowdate(), DAYS_AHEAD)),
	)


@frappe.whitelist()
@checked
def count_in_clearance(filters: Filters = None) -> dict[str, Any]:
	"""How many agreements are with those who clear and decide them, and the list of these."""
	return count_and_open("MOU", (MOU_ROUTING.state_field, "in", list(MOU_ROUTING.stage_states)))
