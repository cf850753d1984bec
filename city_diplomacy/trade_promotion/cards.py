"""What the number cards about trade leads and screenings count, and the lists they open."""

from typing import Any

import frappe

from city_diplomacy.access.counted_lists import count_and_open
from city_diplomacy.domain.trade.leads import OPEN
from city_diplomacy.domain.trade.screening import states
from city_diplomacy.partnership_approvals.arguments import Filters, checked


@frappe.whitelist()
@checked
def count_open(filters: Filters = None) -> dict[str, Any]:
	"""How many trade leads are neither won nor lost, and the list of these."""
	return count_and_open("Trade Lead", ("stage", "in", list(OPEN)))


@frappe.whitelist()
@checked
def count_screenings_to_decide(filters: Filters = None) -> dict[str, Any]:
	"""How many screenings wait for a decision, and the list of these."""
	waiting = ("state", "in", list(states.OPEN))
	return count_and_open("Party Screening", waiting, ("superseded_by", "is", "not set"))
