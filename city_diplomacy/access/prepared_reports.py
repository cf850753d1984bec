"""Prepared reports of ours: the rows of one are what whoever had it prepared may know of, and nobody else's.

Frappe shows a prepared report to everybody who may open the report, and its rows to everybody who has its name.
"""

import json
from collections.abc import Mapping
from typing import Any

import frappe
from frappe import _
from frappe.query_builder import Criterion

from city_diplomacy.access.guarded import is_guarded

DOCTYPE = "Prepared Report"
NAMED = "prepared_report_name"


def visible_to(user: str) -> Criterion | None:
	"""The prepared reports a person may know of: their own, and those on what is not guarded."""
	ours = _reports_of_ours()
	if not ours:
		return None
	table = frappe.qb.DocType(DOCTYPE)
	return (table.owner == user) | table.report_name.notin(ours)


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


def refuse_others_name(arguments: Mapping[str, Any]) -> None:
	"""Frappe shows a prepared report of whoever `user` names. Raises PermissionError for one of ours."""
	person, report = arguments.get("user"), arguments.get("report_name")
	if person and report and person != frappe.session.user and report in _reports_of_ours():
		frappe.throw(_("A report is run in your own name."), frappe.PermissionError)


def _is_of_others(name: str) -> bool:
	found = frappe.db.get_value(DOCTYPE, name, ["owner", "report_name"], as_dict=True)
	return bool(found) and found.owner != frappe.session.user and found.report_name in _reports_of_ours()


def _reports_of_ours() -> list[str]:
	"""The reports on DocTypes that are guarded."""
	every = frappe.get_all("Report", fields=["name", "ref_doctype"], limit_page_length=0)
	return sorted(row.name for row in every if is_guarded(row.ref_doctype))
