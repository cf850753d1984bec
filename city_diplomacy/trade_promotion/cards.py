"""What the number card about trade leads counts, and the list it opens."""

from typing import Any

import frappe

from city_diplomacy.access.counted_lists import count_and_open
from city_diplomacy.domain.trade.leads import OPEN
from city_diplomacy.partnership_approvals.arguments import Filters, checked


@frappe.whitelist()
@checked
def count_open(filters: Filters = None) -> dict[str, Any]:
	"""How many trade leads are neither won nor lost, and the list of these."""
	return count_and_open("Trade Lead", ("stage", "in", list(OPEN)))
