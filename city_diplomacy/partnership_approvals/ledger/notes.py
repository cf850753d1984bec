"""What is written on clearances, kept until the next entry of the ledger tells of it.

Whoever writes a clearance notes it on the route in hand; the next entry of that route carries what was noted, and
`Route.store` writes one where none followed. So every column of a clearance is as some entry told it.
"""

import unicodedata
from typing import Any

import frappe
from frappe.utils import cint, flt, get_datetime, getdate

from city_diplomacy.domain.record import ledger as chain
from city_diplomacy.partnership_approvals.routing.routed_doctypes import NOT_CONTENT
from city_diplomacy.partnership_approvals.shapes import ClearanceRow, RouteRow

DOCTYPE = "Approval Clearance"
UPDATED = "Clearances Updated"
# Told by digests salted as the entry's own words are, so that redacted words cannot be guessed from them.
WORDS = ("remarks", "conditions", "conditions_met", "question", "answer")
# Told by keyed digests: a released record tells no names of files.
HIDDEN = ("evidence",)
# The scheduler's own: how often somebody was reminded. What is late is told by the due date.
UNTOLD = ("escalation_level", "next_escalation")
# Compared with the route itself.
OF_THE_ROUTE = ("route", "reference_doctype", "reference_name")
CARRIED_FROM = "carried_from"


def told_columns() -> dict[str, str]:
	"""The columns of a clearance that entries tell of, with their kinds."""
	return {
		df.fieldname: df.fieldtype
		for df in frappe.get_meta(DOCTYPE).fields
		if df.fieldtype not in NOT_CONTENT and df.fieldname not in (*UNTOLD, *OF_THE_ROUTE)
	}


def links() -> dict[str, str]:
	"""The columns of a clearance that name records, with the DocType they name."""
	meta = frappe.get_meta(DOCTYPE)
	return {
		column: meta.get_field(column).options for column, kind in told_columns().items() if kind == "Link"
	}


def note(route_row: RouteRow, name: str, values: dict[str, Any]) -> None:
	"""Columns of a clearance were written. `route_row` is the route's row, as locked."""
	columns = told_columns()
	told = {column: value for column, value in values.items() if column in columns}
	if told:
		route_row.setdefault("noted", {}).setdefault(name, {}).update(told)


def note_new(route_row: RouteRow, row: ClearanceRow, carried_from: str | None = None) -> None:
	"""A clearance was put, or carried over from another one; all its columns are told.

	The words by which conditions were met stay those of the answer it was carried over from.
	"""
	columns = [column for column in told_columns() if not (carried_from and column == "conditions_met")]
	told = {column: row[column] for column in columns if row.get(column)}
	if carried_from:
		told[CARRIED_FROM] = carried_from
	route_row.setdefault("noted", {})[row.name] = told
	route_row.setdefault("noted_whole", []).append(row.name)


def pop(route_row: RouteRow, salt: str, key: bytes) -> dict[str, Any]:
	"""What was noted, as a payload holds it: {"clearances", "whole"}; nothing is noted any more then."""
	noted, whole = route_row.pop("noted", None) or {}, route_row.pop("noted_whole", None) or []
	kinds = told_columns()
	return {
		"clearances": {
			name: {
				column: _told(column, kinds.get(column, "Data"), value, salt, key)
				for column, value in columns.items()
				# Without words of its own an entry has no salt to hide others with.
				if salt or not (column in WORDS and value)
			}
			for name, columns in noted.items()
		},
		"whole": sorted(whole),
	}


def has_notes(route_row: RouteRow) -> bool:
	"""Whether something was written on clearances that no entry tells of yet."""
	return bool(route_row.get("noted"))


def _told(column: str, kind: str, value: Any, salt: str, key: bytes) -> str | int | None:
	if column in WORDS:
		return chain.remark_digest(value or "", salt)
	if column in HIDDEN:
		return chain.keyed_digest(key, value or "")
	return written(kind, value)


def written(kind: str, value: Any) -> str | int | None:
	"""A value of a column of that kind in the one form entries hold it; None for every blank."""
	if value in (None, "") or (kind in ("Int", "Check") and not cint(value)):
		return None
	if kind in ("Int", "Check"):
		return cint(value)
	if kind in ("Float", "Currency", "Percent"):
		return format(flt(value, 9), "f") if flt(value) else None
	if kind == "Datetime":
		return get_datetime(value).isoformat(timespec="microseconds")
	if kind == "Date":
		return getdate(value).isoformat()
	return unicodedata.normalize("NFC", str(value))
