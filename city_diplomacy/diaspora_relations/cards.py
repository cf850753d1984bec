"""What the number cards about community organisations, programmes and duties count, and the lists they open."""

from typing import Any

import frappe
from frappe.utils import add_days, nowdate

from city_diplomacy.access.counted_lists import count_and_open
from city_diplomacy.diaspora_relations.calendar import PROGRAMME
from city_diplomacy.diaspora_relations.duties import DUTY
from city_diplomacy.diaspora_relations.registrations import REGISTRATION
from city_diplomacy.diaspora_relations.report.directory_verification.directory_verification import (
	DOCTYPE,
	due_entries,
)
from city_diplomacy.domain.community.duties import DutyStatus
from city_diplomacy.domain.community.programmes import UNDER_WAY
from city_diplomacy.domain.community.registrations import RegistrationStatus
from city_diplomacy.partnership_approvals.arguments import Filters, checked

DUE_WITHIN = 30


@frappe.whitelist()
@checked
def count_to_verify(filters: Filters = None) -> dict[str, Any]:
	"""How many entries were never verified or are due to be verified again, and the list of these."""
	return count_and_open(DOCTYPE, *due_entries())


@frappe.whitelist()
@checked
def count_duties_due(filters: Filters = None) -> dict[str, Any]:
	"""How many open duties are overdue or due within thirty days, and the list of these."""
	last = add_days(nowdate(), DUE_WITHIN)
	return count_and_open(DUTY, ("status", "=", DutyStatus.OPEN), ("due_date", "<=", last))


@frappe.whitelist()
@checked
def count_programmes_under_way(filters: Filters = None) -> dict[str, Any]:
	"""How many community programmes are open or running, and the list of these."""
	return count_and_open(PROGRAMME, ("status", "in", list(UNDER_WAY)))


@frappe.whitelist()
@checked
def count_registrations_waiting(filters: Filters = None) -> dict[str, Any]:
	"""How many organisations that registered themselves wait for a decision, and the list of these."""
	return count_and_open(REGISTRATION, ("status", "=", RegistrationStatus.WAITING))
