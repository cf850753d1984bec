"""The public interface of the agreements' register. Everything here writes, so everything is POST only."""

from typing import Any

import frappe

from city_diplomacy.partnership_approvals.conflicts import retry_on_conflict
from city_diplomacy.partnership_approvals.readable import readable
from city_diplomacy.partnerships import existing, standing


@frappe.whitelist(methods=["POST"])
@retry_on_conflict
def sign(agreement: str, signed_on: str, signed_copy: str | None = None) -> dict[str, Any]:
	"""Record the signature of a cleared agreement; the clerk or a manager."""
	readable("MOU", agreement)
	doc = standing.sign(agreement, signed_on, signed_copy)
	return {"name": doc.name, "workflow_state": doc.workflow_state}


@frappe.whitelist(methods=["POST"])
@retry_on_conflict
def record_existing(
	values: dict[str, Any] | str, source_file: str, reason: str, state: str | None = None
) -> dict[str, Any]:
	"""Enter an agreement signed before this system, with its source and a reason; managers only."""
	frappe.has_permission("MOU", "create", throw=True)
	# Desk sends what is no plain value as JSON.
	return existing.record_existing(frappe.parse_json(values), source_file, reason, state)
