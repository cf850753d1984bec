"""The public interface of the agreements' register. What writes is POST only."""

from typing import Any

import frappe

from city_diplomacy.partnership_approvals.arguments import (
	Day,
	FileAddress,
	Line,
	Name,
	Rows,
	Values,
	Words,
	checked,
)
from city_diplomacy.partnership_approvals.native.retry import retry_on_conflict
from city_diplomacy.partnerships.agreements import existing, following, signed_changes, signing
from city_diplomacy.registers.readable import readable


@frappe.whitelist(methods=["POST"])
@checked
@retry_on_conflict
def sign(agreement: Name, signed_on: Day, signed_copy: FileAddress = None) -> dict[str, Any]:
	"""Record the signature of a cleared agreement; the clerk or a manager."""
	readable("MOU", agreement)
	doc = signing.sign(agreement, signed_on, signed_copy)
	return {"name": doc.name, "workflow_state": doc.workflow_state}


@frappe.whitelist(methods=["POST"])
@checked
@retry_on_conflict
def change_signed(
	agreement: Name,
	reason: Words,
	effective_date: Day = None,
	expiry_date: Day = None,
	signed_on: Day = None,
	signed_precision: Line = None,
	signatories: Rows = None,
) -> dict[str, Any]:
	"""Give an agreement in force other dates or signatories, with a reason; managers only.

	What is left out stays as it is; an empty text takes a date away. `signatories` are all the rows there are then.
	"""
	readable("MOU", agreement, "write")
	dates = {
		"effective_date": effective_date,
		"expiry_date": expiry_date,
		"signed_on": signed_on,
		"signed_precision": signed_precision,
	}
	changes: dict[str, Any] = {field: value for field, value in dates.items() if value is not None}
	if signatories is not None:
		changes["signatories"] = signatories
	doc = signed_changes.change(agreement, reason, changes)
	return {
		"name": doc.name,
		"workflow_state": doc.workflow_state,
		"message": frappe._("The change of {0} is in its ledger.").format(doc.name),
	}


@frappe.whitelist(methods=["POST"])
@checked
@retry_on_conflict
def record_existing(
	values: Values, source_file: FileAddress, reason: Words, state: Line = None
) -> dict[str, Any]:
	"""Enter an agreement signed before this system, with its source and a reason; managers only."""
	frappe.has_permission("MOU", "create", throw=True)
	return existing.record_existing(values, source_file, reason, state)


@frappe.whitelist()
@checked
def draft_renewal(agreement: Name) -> dict[str, Any]:
	"""The values of a draft that renews an agreement; nothing is stored."""
	return following.draft_renewal(agreement)


@frappe.whitelist()
@checked
def draft_amendment(agreement: Name) -> dict[str, Any]:
	"""The values of a draft that amends an agreement; nothing is stored."""
	return following.draft_amendment(agreement)


@frappe.whitelist(methods=["POST"])
@checked
@retry_on_conflict
def record_review(agreement: Name, held_on: Day, outcome: Words, next_review: Day = None) -> dict[str, Any]:
	"""Enter a review of an agreement in force, as an engagement, and when the next one is due."""
	engagement = following.record_review(agreement, held_on, outcome, next_review)
	return {
		"name": engagement.name,
		"message": frappe._("The review is recorded as {0}.").format(engagement.name),
	}
