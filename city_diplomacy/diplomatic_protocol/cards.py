"""What the number cards about protocol count, and the lists they open."""

from typing import Any

import frappe

from city_diplomacy.access.counted_lists import count_and_open
from city_diplomacy.diplomatic_protocol.corps import calendar
from city_diplomacy.diplomatic_protocol.corps.cases import CASE, open_filters
from city_diplomacy.diplomatic_protocol.corps.missions import MISSION
from city_diplomacy.domain.protocol.ceremonies import RequestStatus
from city_diplomacy.domain.protocol.gifts import GiftStatus
from city_diplomacy.partnership_approvals.arguments import Filters, checked


@frappe.whitelist()
@checked
def count_open_cases(filters: Filters = None) -> dict[str, Any]:
	"""How many consular cases the person may know of are not closed, and the list of these."""
	return count_and_open(CASE, open_filters())


@frappe.whitelist()
@checked
def count_national_days(filters: Filters = None) -> dict[str, Any]:
	"""How many missions have their national day within the next month, and the list of these."""
	# A list of none would be left out of the filters; no record is named so.
	names = calendar.ahead() if frappe.has_permission(MISSION) else []
	return count_and_open(MISSION, ("name", "in", names or ["-"]))


@frappe.whitelist()
@checked
def count_gifts_to_decide(filters: Filters = None) -> dict[str, Any]:
	"""How many gifts above a threshold wait for a decision, and the list of these."""
	return count_and_open("Official Gift", ("status", "=", GiftStatus.TO_BE_DECIDED))


@frappe.whitelist()
@checked
def count_requests(filters: Filters = None) -> dict[str, Any]:
	"""How many ceremonial requests wait for an answer, and the list of these."""
	return count_and_open("Ceremonial Request", ("status", "=", RequestStatus.REQUESTED))
