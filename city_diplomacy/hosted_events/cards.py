"""What the number cards about international events count, and the lists they open."""

from typing import Any

import frappe
from frappe.utils import add_days, nowdate

from city_diplomacy.access.counted_lists import IS_SET, count_and_open
from city_diplomacy.domain.events.phases import AHEAD, CityRole, Phase
from city_diplomacy.hosted_events.permissions import EVENT
from city_diplomacy.partnership_approvals.arguments import Filters, checked

DECIDED_WITHIN = 60


@frappe.whitelist()
@checked
def count_ahead(filters: Filters = None) -> dict[str, Any]:
	"""How many events are bid for, awarded or prepared, and the list of these."""
	return count_and_open(EVENT, ("phase", "in", list(AHEAD)))


@frappe.whitelist()
@checked
def count_bids_due(filters: Filters = None) -> dict[str, Any]:
	"""How many bids are decided within sixty days, or were to be by now, and the list of these."""
	last = add_days(nowdate(), DECIDED_WITHIN)
	return count_and_open(
		EVENT, ("phase", "=", Phase.BID), ("decision_on", *IS_SET), ("decision_on", "<=", last)
	)


@frappe.whitelist()
@checked
def count_without_legacy(filters: Filters = None) -> dict[str, Any]:
	"""How many events were held here and do not say yet what stays, and the list of these."""
	return count_and_open(EVENT, ("phase", "=", Phase.HELD), ("city_role", "!=", CityRole.TAKES_PART))
