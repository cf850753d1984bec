"""The public interface of the agreements' register. Everything here writes, so everything is POST only."""

from typing import Any

import frappe

from city_diplomacy.partnership_approvals.arguments import (
	Day,
	FileAddress,
	Line,
	Name,
	Values,
	Words,
	checked,
)
from city_diplomacy.partnership_approvals.conflicts import retry_on_conflict
from city_diplomacy.partnerships import existing, standing


@frappe.whitelist(methods=["POST"])
@checked
@retry_on_conflict
def sign(agreement: Name, signed_on: Day, signed_copy: FileAddress = None) -> dict[str, Any]:
	"""Record the signature of a cleared agreement; the clerk or a manager."""
	frappe.get_doc("MOU", agreement).check_permission("read")
	doc = standing.sign(agreement, signed_on, signed_copy)
	return {"name": doc.name, "workflow_state": doc.workflow_state}


@frappe.whitelist(methods=["POST"])
@checked
@retry_on_conflict
def record_existing(
	values: Values, source_file: FileAddress, reason: Words, state: Line = None
) -> dict[str, Any]:
	"""Enter an agreement signed before this system, with its source and a reason; managers only."""
	frappe.has_permission("MOU", "create", throw=True)
	# Desk sends what is no plain value as JSON.
	return existing.record_existing(frappe.parse_json(values), source_file, reason, state)
