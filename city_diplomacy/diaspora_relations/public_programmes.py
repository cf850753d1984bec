"""The public page of community programmes: those marked for it, and of their numbers none that tell of a few people.

Nothing here asks Frappe for permissions: what passes `list_programmes` is public for anybody.
"""

from typing import Any

import frappe
from frappe.utils import cint

from city_diplomacy.diaspora_relations.calendar import PROGRAMME, SESSION
from city_diplomacy.domain.community.programmes import (
	ProgrammeStatus,
	public_numbers,
	public_total,
)
from city_diplomacy.partnerships.public_pages.public_register import PAGE_LENGTH, pages_of

GROUP = "Programme Group"
SHOWN = ("name", "programme_name", "kind", "status", "starts_on", "ends_on", "description")


def list_programmes(kind: str = "", page: int = 1) -> dict[str, Any]:
	"""Programmes marked for the public, the latest first: {"count", "page", "pages", "rows"}; cancelled ones are left out."""
	wanted: dict[str, Any] = {"is_public": 1, "status": ["!=", ProgrammeStatus.CANCELLED]}
	if kind:
		wanted["kind"] = kind
	count = frappe.db.count(PROGRAMME, wanted)
	pages, page = pages_of(count, page)
	rows = frappe.get_all(
		PROGRAMME,
		filters=wanted,
		fields=list(SHOWN),
		order_by="starts_on desc, name asc",
		limit_start=(page - 1) * PAGE_LENGTH,
		limit_page_length=PAGE_LENGTH,
	)
	names = [row.name for row in rows]
	groups = _rows_of(GROUP, names, ["group_name", "places_offered", "places_taken"])
	sessions = _rows_of(SESSION, names, ["subject", "held_on", "place"])
	return {
		"count": count,
		"page": page,
		"pages": pages,
		"rows": [_public(row, groups[row.name], sessions[row.name]) for row in rows],
	}


def programme_kinds() -> list[str]:
	"""Kinds that occur among the public programmes, sorted."""
	wanted = {"is_public": 1, "status": ["!=", ProgrammeStatus.CANCELLED]}
	return sorted(set(frappe.get_all(PROGRAMME, wanted, pluck="kind", limit_page_length=0)))


def _public(row: Any, groups: list[Any], sessions: list[Any]) -> dict[str, Any]:
	taken = [cint(group.places_taken) for group in groups]
	return {
		**{field: row[field] for field in SHOWN if field != "name"},
		"groups": [
			{"name": group.group_name, "offered": cint(group.places_offered), "taken": number}
			for group, number in zip(groups, public_numbers(taken), strict=True)
		],
		"taken": public_total(taken),
		"sessions": sessions,
	}


def _rows_of(table: str, names: list[str], fields: list[str]) -> dict[str, list[Any]]:
	rows: dict[str, list[Any]] = {name: [] for name in names}
	for row in frappe.get_all(
		table,
		{"parenttype": PROGRAMME, "parent": ["in", names or [""]]},
		["parent", *fields],
		order_by="parent asc, idx asc",
		limit_page_length=0,
	):
		rows[row.parent].append(row)
	return rows
