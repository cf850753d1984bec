"""The community officer's worklist: directory entries never verified, or due to be verified again."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import date_diff, nowdate

from city_diplomacy.access.counted_lists import IS_SET

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
		{
			"fieldname": "organisation",
			"label": _("Organisation"),
			"fieldtype": "Link",
			"options": DOCTYPE,
			"width": 280,
		},
		{"fieldname": "kind", "label": _("Kind"), "fieldtype": "Data", "width": 180},
		{"fieldname": "standing", "label": _("Standing"), "fieldtype": "Data", "width": 160},
		{"fieldname": "last_verified", "label": _("Last verified"), "fieldtype": "Date", "width": 110},
		{
			"fieldname": "verified_by",
			"label": _("Verified by"),
			"fieldtype": "Link",
			"options": "User",
			"width": 180,
		},
		{"fieldname": "due_since", "label": _("Due since"), "fieldtype": "Date", "width": 110},
		{"fieldname": "days", "label": _("Days due"), "fieldtype": "Int", "width": 90},
	]
