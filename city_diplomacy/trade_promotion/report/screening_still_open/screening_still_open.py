"""The screenings that stop something: candidates to be decided about, escalated, or decided to be a true match."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import date_diff, nowdate

from city_diplomacy.domain.trade.screening.states import STOPS
from city_diplomacy.domain.words import neutral_rows
from city_diplomacy.registers.report_columns import column
from city_diplomacy.trade_promotion.leads import is_confidential_today, name_for_others

SCREENING, LEAD = "Party Screening", "Trade Lead"
FILTERS = ("state", "subject_type", "screened_by")


def execute(filters: dict[str, Any] | None = None) -> tuple[list[dict], list[dict], None, dict | None]:
	"""Columns, rows, no message, and a chart by state, of the screenings the person may read; the oldest first.

	A confidential lead goes by its description without names, as in every report.
	"""
	filters = frappe._dict(filters or {})
	wanted: list[list] = [["superseded_by", "is", "not set"], ["state", "in", list(map(str, STOPS))]]
	wanted += [[field, "=", filters[field]] for field in FILTERS if filters.get(field)]
	if filters.restricted_party_list:
		wanted.append(["Screening Candidate", "restricted_party_list", "=", filters.restricted_party_list])
	found = frappe.get_list(
		SCREENING,
		filters=wanted,
		fields=["name", "name_screened", "subject_type", "subject", "state", "screened_on", "screened_by"],
		order_by="screened_on asc, name asc",
		limit_page_length=0,
		distinct=True,
	)
	counts = _candidates([row.name for row in found])
	descriptions = _descriptions([row.subject for row in found if row.subject_type == LEAD])
	rows = [
		{
			"screening": row.name,
			"name_screened": descriptions.get(row.subject) or row.name_screened,
			"subject_type": row.subject_type,
			"subject": row.subject,
			"state": _(row.state),
			"undecided": counts.get(row.name, (0, 0.0))[0],
			"best": counts.get(row.name, (0, 0.0))[1],
			"screened_on": row.screened_on,
			"days": date_diff(nowdate(), row.screened_on),
			"screened_by": row.screened_by,
		}
		for row in found
	]
	return _columns(), neutral_rows(rows), None, _chart([row.state for row in found])


def _candidates(screenings: list[str]) -> dict[str, tuple[int, float]]:
	"""For each screening how many candidates are undecided, and the best score."""
	found: dict[str, tuple[int, float]] = {}
	for row in frappe.get_all(
		"Screening Candidate",
		filters={"parent": ["in", screenings or [""]], "parenttype": SCREENING},
		fields=["parent", "verdict", "score"],
		limit_page_length=0,
	):
		undecided, best = found.get(row.parent, (0, 0.0))
		found[row.parent] = (undecided + (not row.verdict), max(best, row.score or 0.0))
	return found


def _descriptions(leads: list[str]) -> dict[str, str]:
	"""What those of the leads are called that are known to few today."""
	rows = frappe.get_all(
		LEAD,
		filters={"name": ["in", leads or [""]]},
		fields=["name", "company_name", "anonymous_description", "confidential_until"],
		limit_page_length=0,
	)
	return {row.name: name_for_others(row) for row in rows if is_confidential_today(row)}


def _chart(states: list[str]) -> dict[str, Any] | None:
	if not states:
		return None
	return {
		"data": {
			"labels": [_(state) for state in STOPS],
			"datasets": [{"name": _("Screenings"), "values": [states.count(state) for state in STOPS]}],
		},
		"type": "bar",
		"colors": ["orange"],
		"fieldtype": "Int",
	}


def _columns() -> list[dict[str, Any]]:
	return [
		column("screening", _("Screening"), "Link", 140, options=SCREENING),
		column("name_screened", _("Who was screened"), "Data", 240),
		column("subject_type", _("Kind of record"), "Data", 150),
		column("subject", _("Record"), "Dynamic Link", 180, options="subject_type"),
		column("state", _("State"), "Data", 130),
		column("undecided", _("Undecided"), "Int", 90),
		column("best", _("Best score"), "Float", 100),
		column("screened_on", _("Screened on"), "Datetime", 160),
		column("days", _("Days open"), "Int", 90),
		column("screened_by", _("Screened by"), "Link", 180, options="User"),
	]
