"""The public interface of trade promotion. What writes is POST only."""

from typing import Any

import frappe

from city_diplomacy.partnership_approvals.arguments import (
	Filters,
	Line,
	Name,
	PageLength,
	Start,
	Words,
	checked,
)
from city_diplomacy.partnership_approvals.native.retry import retry_on_conflict
from city_diplomacy.registers.readable import readable
from city_diplomacy.trade_promotion import hs_nomenclature, opportunities, referrals, wins


@frappe.whitelist(methods=["POST"])
@checked
def make_lead(trade_lead: Name) -> dict[str, str]:
	"""Make the company of a trade lead a Lead in ERPNext, once; answers {"doctype", "name"}."""
	readable("Trade Lead", trade_lead, "write")
	return {"doctype": "Lead", "name": opportunities.make_lead(trade_lead)}


@frappe.whitelist(methods=["POST"])
@checked
def make_opportunity(trade_lead: Name) -> dict[str, str]:
	"""Make a trade lead an Opportunity in ERPNext, once; answers {"doctype", "name"}."""
	readable("Trade Lead", trade_lead, "write")
	return {"doctype": "Opportunity", "name": opportunities.make_opportunity(trade_lead)}


@frappe.whitelist()
@checked
def draft_win(trade_lead: Name) -> dict[str, Any]:
	"""The values of a new win of a trade lead, for a form; nothing is stored."""
	return wins.draft_of(trade_lead)


@frappe.whitelist(methods=["POST"])
@checked
def claim_win(win: Name) -> None:
	"""Claim a win: from now on its values stay."""
	wins.claim(win)


@frappe.whitelist(methods=["POST"])
@checked
@retry_on_conflict
def reopen_win(win: Name) -> None:
	"""Make a win that is not confirmed a draft again."""
	wins.reopen(win)


@frappe.whitelist(methods=["POST"])
@checked
def close_referral(referral: Name, outcome: Words = "") -> dict[str, str]:
	"""Close a referral with its outcome; answers {"doctype", "name"} of the engagement it became."""
	return {"doctype": "Partner Engagement", "name": referrals.close(referral, outcome)}


@frappe.whitelist(methods=["POST"])
@checked
def load_hs_codes() -> dict[str, int]:
	"""Enter the subheadings of the Harmonized System that are missing, by a job; answers how many those are."""
	return {"missing": hs_nomenclature.enqueue_load()}


@frappe.whitelist()
@checked
@frappe.validate_and_sanitize_search_inputs
def find_hs_code(
	doctype: Name,
	txt: Line,
	searchfield: Line,
	start: Start,
	page_len: PageLength,
	filters: Filters = None,
) -> list[tuple[str, str]]:
	"""Rows of (code, text) for a link field, found by the digits of a code or by words, as far as one may read them."""
	return hs_nomenclature.find(txt, start, page_len)
