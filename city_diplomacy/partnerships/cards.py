"""What the number cards about partnerships count, and the lists they open."""

from typing import Any

import frappe
from frappe.utils import add_days, nowdate

from city_diplomacy.access.counted_lists import IS_SET, count_and_open
from city_diplomacy.partnership_approvals.arguments import Filters, checked

DAYS_AHEAD = 30


@frappe.whitelist()
@checked
def count_due(filters: Filters = None) -> dict[str, Any]:
	"""How many open commitments are due within 30 days or were due before, and the list of these."""
	return count_and_open(
		"Partnership Commitment",
		("status", "in", ["Open", "In Progress"]),
		("due_date", *IS_SET),
		("due_date", "<=", add_days(nowdate(), DAYS_AHEAD)),
	)
