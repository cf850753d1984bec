"""The community officer's worklist: directory entries never verified, or due to be verified again."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import date_diff, nowdate

from city_diplomacy.access.counted_lists import IS_SET
from city_diplomacy.registers.report_columns import column

DOCTYPE = "Diaspora Organisation"
NEVER = "Never verified"


def due_entries() -> list[tuple[str, str, Any]]:
	"""(field, operator, value) of entries to be verified by today; who verifies none anew has entries without a day."""
	return [("next_verification", *IS_SET), ("next_verification", "<=", nowdate())]


def execute(filters: dict[str, Any] | None = None) -> tuple[list[dict], list[dict]]:
	"""Columns and rows, the longest due first, of the entries the person may read.

	`filters` may hold `standing`: "Never verified" or "To be verified again".
	"""
	wanted = [list(one) for one in due_entries()]
	if standing := (filters or {}).get("standing"):
		wanted.append(["last_verified", "is", "not set" if standing == NEVER else "set"])
	rows = frappe.get_list(
		DOCTYPE,
		filters=wanted,
		fields=["name", "kind", "last_verified", "verified_by", "next_verification"],
		order_by="next_verification asc, name asc",
		limit_page_length=0,
	)
	return _columns(), [
		{
			"organisation": row.name,
			"kind": _(row.kind),
			"standing": _("To be verified again") if row.last_verified else _(NEVER),
			"last_verified": row.last_verified,
			"verified_by": row.verified_by,
			"due_since": row.next_verification,
			"days": date_diff(nowdate(), row.next_verification),
		}
		for row in rows
	]


def _columns() -> list[dict]:
	return [
		column("organisation", _("Organisation"), "Link", 280, options=DOCTYPE),
		column("kind", _("Kind"), "Data", 180),
		column("standing", _("Standing"), "Data", 160),
		column("last_verified", _("Last verified"), "Date", 110),
		column("verified_by", _("Verified by"), "Link", 180, options="User"),
		column("due_since", _("Due since"), "Date", 110),
		column("days", _("Days due"), "Int", 90),
	]
