"""What the number cards about trade and screening count, and the lists they open."""

from typing import Any

import frappe
from frappe.utils import nowdate

from city_diplomacy.access.counted_lists import IS_SET, count_and_open
from city_diplomacy.domain.trade.leads import OPEN
from city_diplomacy.domain.trade.screening import states
from city_diplomacy.domain.trade.wins import WinStatus
from city_diplomacy.partnership_approvals.arguments import Filters, checked
from city_diplomacy.trade_promotion.referrals import waiting_filters

LEAD = "Trade Lead"


@frappe.whitelist()
@checked
def count_open(filters: Filters = None) -> dict[str, Any]:
	"""How many trade leads are not won, lost or abandoned, and the list of these."""
	return count_and_open(LEAD, ("status", "in", list(OPEN)))


@frappe.whitelist()
@checked
def count_stale(filters: Filters = None) -> dict[str, Any]:
	"""How many trade leads have not moved for longer than their stage allows, and the list of these."""
	return count_and_open(LEAD, ("stale_on", *IS_SET), ("stale_on", "<=", nowdate()))


@frappe.whitelist()
@checked
def count_own(filters: Filters = None) -> dict[str, Any]:
	"""How many open trade leads are the signed-in person's, and the list of these."""
	return count_and_open(LEAD, ("lead_owner", "=", frappe.session.user), ("status", "in", list(OPEN)))


@frappe.whitelist()
@checked
def count_referrals(filters: Filters = None) -> dict[str, Any]:
	"""How many referrals wait for an answer or an outcome, and the list of these."""
	return count_and_open("Trade Referral", waiting_filters())


@frappe.whitelist()
@checked
def count_with_companies(filters: Filters = None) -> dict[str, Any]:
	"""How many wins wait for the company's answer, and the list of these."""
	return count_and_open("Export Win", ("status", "=", WinStatus.SENT))


@frappe.whitelist()
@checked
def count_screenings_to_decide(filters: Filters = None) -> dict[str, Any]:
	"""How many screenings wait for a decision, and the list of these."""
	waiting = ("state", "in", list(states.OPEN))
	return count_and_open("Party Screening", waiting, ("superseded_by", "is", "not set"))
