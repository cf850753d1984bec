"""What community work puts into the calendars people subscribe to: the sessions of programmes, and duties that are due."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate

from city_diplomacy.calendar_feeds.sources import entry, listed, on_or_at
from city_diplomacy.diaspora_relations.calendar import PROGRAMME, SESSION
from city_diplomacy.diaspora_relations.duties import DUTY
from city_diplomacy.domain.calendar.entries import Entry, EntryStatus, Span
from city_diplomacy.domain.community.duties import DutyStatus
from city_diplomacy.domain.community.programmes import ProgrammeStatus
from city_diplomacy.registers.record_times import time_of
from city_diplomacy.registers.time_zones import own_time_zone

OF_PROGRAMMES = {
	ProgrammeStatus.PLANNED: EntryStatus.TENTATIVE,
	ProgrammeStatus.CANCELLED: EntryStatus.CANCELLED,
}


def sessions(span: Span, user: str) -> list[Entry]:
	"""The sessions of programmes, at their hours."""
	session = frappe.qb.DocType(SESSION)
	of_programmes = (session.parenttype == PROGRAMME) & session.held_on[span.first : span.last]
	held = frappe.qb.from_(session).select(session.parent).where(of_programmes)
	within = frappe.qb.DocType(PROGRAMME).name.isin(held)
	rows = listed(PROGRAMME, user, ("programme_name", "status"), within, by="starts_on")
	known = {row.name: row for row in rows}
	if not known:
		return []
	found = frappe.get_all(
		SESSION,
		{
			"parenttype": PROGRAMME,
			# Those this person may know of.
			"parent": ["in", sorted(known)],
			"held_on": ["between", [span.first, span.last]],
		},
		["name", "parent", "subject", "held_on", "starts_at", "ends_at", "place"],
		order_by="held_on asc, parent asc, idx asc",
		limit_page_length=0,
	)
	return [_session(known[row.parent], row) for row in found]


def duties(span: Span, user: str) -> list[Entry]:
	"""Duties on the day they are due; one that is dropped is cancelled."""
	within = frappe.qb.DocType(DUTY).due_date[span.first : span.last]
	return [
		entry(
			DUTY,
			row,
			_("Due: {0}").format(row.duty) if row.status == DutyStatus.OPEN else row.duty,
			row.due_date,
			status=EntryStatus.CANCELLED if row.status == DutyStatus.DROPPED else EntryStatus.CONFIRMED,
		)
		for row in listed(DUTY, user, ("duty", "status", "due_date"), within, by="due_date")
	]


def _session(programme: Any, row: Any) -> Entry:
	day = getdate(row.held_on)
	starts, ends = (time_of(hour) if hour is not None else None for hour in (row.starts_at, row.ends_at))
	return entry(
		PROGRAMME,
		programme,
		_("{0}: {1}").format(programme.programme_name, row.subject),
		on_or_at(day, starts),
		on_or_at(day, ends) if starts and ends else None,
		key=row.name,
		zone=own_time_zone(),
		status=OF_PROGRAMMES.get(programme.status, EntryStatus.CONFIRMED),
		place=row.place or "",
	)
