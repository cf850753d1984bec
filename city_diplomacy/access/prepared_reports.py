"""Prepared reports of ours: the rows of one are what whoever had it prepared may know of, and nobody else's.

Frappe shows a prepared report to everybody who may open the report, and its rows to everybody who has its name.
"""

import json
from collections.abc import Mapping
from typing import Any

import frappe

from city_diplomacy.access.guarded import is_guarded
from city_diplomacy.access.rows import NO_OBJECTION, as_sql

DOCTYPE = "Prepared Report"
NAMED = "prepared_report_name"


def may_see(doc: Any, ptype: str | None = None, user: str | None = None, debug: bool = False) -> bool | None:
	"""Hook `has_permission`: False for a report of ours that somebody else had prepared."""
	user = user or frappe.session.user
	own = user in ("Administrator", doc.owner) or doc.report_name not in _reports_of_ours()
	return NO_OBJECTION if own else False


def query(user: str | None = None, doctype: str | None = None) -> str:
	"""Hook `permission_query_conditions`: the same for lists."""
	user, ours = user or frappe.session.user, _reports_of_ours()
	if user == "Administrator" or not ours:
		return ""
	table = frappe.qb.DocType(DOCTYPE)
	return as_sql((table.owner == user) | table.report_name.notin(ours))


def named_by(arguments: Mapping[str, Any]) -> list[str]:
	"""The prepared reports of ours and of others than the signed-in person that a request names."""
	filters = arguments.get("filters")
	if isinstance(filters, str):
		try:
			filters = json.loads(filters)
		except ValueError:
			filters = None
	given = [arguments.get(NAMED), filters.get(NAMED) if isinstance(filters, Mapping) else None]
	names = [name for name in given if isinstance(name, str) and name]
	return [name for name in names if _is_of_others(name)]


def _is_of_others(name: str) -> bool:
	found = frappe.db.get_value(DOCTYPE, name, ["owner", "report_name"], as_dict=True)
	return bool(found) and found.owner != frappe.session.user and found.report_name in _reports_of_ours()


def _reports_of_ours() -> list[str]:
	"""The reports on DocTypes that are guarded."""
	every = frappe.get_all("Report", fields=["name", "ref_doctype"], limit_page_length=0)
	return sorted(row.name for row in every if is_guarded(row.ref_doctype))
