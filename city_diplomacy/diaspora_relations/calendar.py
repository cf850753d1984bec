"""What community work has on its days: the sessions of programmes, and duties that are due."""

from typing import Any

import frappe
from frappe.utils import getdate

from city_diplomacy.diaspora_relations.duties import DUTY
from city_diplomacy.domain.community.duties import DutyStatus
from city_diplomacy.domain.community.programmes import ProgrammeStatus
from city_diplomacy.partnership_approvals.arguments import Day, Filters, checked
from city_diplomacy.partnerships.calendars import listed, on_a_day

PROGRAMME, SESSION = "Community Programme", "Programme Session"


@frappe.whitelist()
@checked
def sessions(start: Day, end: Day, filters: Filters = None) -> list[dict[str, Any]]:
	"""The sessions of programmes that are not cancelled, each on its day, with its place."""
	programmes = _programmes(start, end, filters)
	rows = frappe.get_all(
		SESSION,
		{
			"parenttype": PROGRAMME,
			# Those the list shows to this person.
			"parent": ["in", sorted(programmes) or [""]],
			"held_on": ["between", [start, end]],
		},
		["parent", "subject", "held_on", "starts_at", "place"],
		order_by="held_on asc, starts_at asc, parent asc, idx asc",
		limit_page_length=0,
	)
	return [_session(row, programmes[row.parent]) for row in rows]


@frappe.whitelist()
@checked
def due_duties(start: Day, end: Day, filters: Filters = None) -> list[dict[str, Any]]:
	"""Duties on the day they are due; the open ones stand out."""
	rows = listed(
		DUTY,
		filters,
		["name", "duty", "status", "due_date"],
		within=[[DUTY, "due_date", "between", [start, end]]],
	)
	return [
		on_a_day(row.name, row.duty, row.due_date, "orange" if row.status == DutyStatus.OPEN else "gray")
		for row in rows
	]


def _programmes(start: str, end: str, filters: Any) -> dict[str, str]:
	"""Those with a session within the days, and what each is called."""
	rows = listed(
		PROGRAMME,
		filters,
		["name", "programme_name"],
		within=[
			[PROGRAMME, "status", "!=", ProgrammeStatus.CANCELLED],
			[SESSION, "held_on", "between", [start, end]],
		],
	)
	return {row.name: row.programme_name for row in rows}


def _session(row: Any, programme: str) -> dict[str, Any]:
	shown = on_a_day(row.parent, f"{programme}: {row.subject}", getdate(row.held_on), "green")
	return {**shown, "tooltip": f"{programme}: {row.subject} ({row.place})"}
