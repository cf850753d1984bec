"""International events by phase and kind, and the events behind each number."""

from typing import Any

import frappe
from frappe import _
from frappe.query_builder import Criterion
from frappe.query_builder.functions import Count, Sum
from frappe.utils import cint, getdate

from city_diplomacy.access.rows import known_records
from city_diplomacy.domain.events.phases import Phase
from city_diplomacy.domain.words import neutral_rows
from city_diplomacy.hosted_events.permissions import EVENT
from city_diplomacy.partnership_approvals.people.names import full_names
from city_diplomacy.registers.charts import bars
from city_diplomacy.registers.report_columns import column
from city_diplomacy.registers.report_pages import page_of, which_rows

ROWS = 1000
# A filter of the report: a field of the event that equals it
EQUAL = ("phase", "kind", "city_role", "association_meeting", "held_in_country", "event_owner")


def execute(filters: dict[str, Any] | None = None) -> tuple[list[dict], list[dict], str | None, dict | None]:
	"""Columns, rows, message and chart of the events the person may know of.

	A row is a phase and a kind; with `each_event` it is an event, a page of them.
	"""
	filters = frappe._dict(filters or {})
	wanted = conditions(filters)
	if wanted is None:
		return _columns(), [], None, None
	if cint(filters.each_event):
		return _each_event(filters, wanted)
	rows = _by_phase(wanted)
	return _columns(), neutral_rows(rows), None, _chart(rows)


def conditions(filters: Any) -> Criterion | None:
	"""What the filters ask of an event the signed-in person may know of; None for who may know of none."""
	wanted = known_records(EVENT, frappe.session.user)
	if wanted is None:
		return None
	event = frappe.qb.DocType(EVENT)
	for fieldname in EQUAL:
		if filters.get(fieldname):
			wanted &= event[fieldname] == filters[fieldname]
	if filters.from_date:
		wanted &= event.starts_on >= getdate(filters.from_date)
	if filters.to_date:
		wanted &= event.starts_on <= getdate(filters.to_date)
	return wanted


def _by_phase(wanted: Criterion) -> list[dict[str, Any]]:
	event = frappe.qb.DocType(EVENT)
	found = (
		frappe.qb.from_(event)
		.select(event.phase, event.kind, Count("*"), Sum(event.expected), Sum(event.attended))
		.where(wanted)
		.groupby(event.phase, event.kind)
		.run()
	)
	order = {str(phase): place for place, phase in enumerate(Phase)}
	found = sorted(found, key=lambda row: (order.get(row[0], len(order)), -row[2], row[1]))
	return [
		{
			"phase": phase,
			"kind": kind,
			"events": number,
			"expected": cint(expected),
			"attended": cint(attended),
		}
		for phase, kind, number, expected, attended in found
	]


def _each_event(filters: Any, wanted: Criterion) -> tuple[list[dict], list[dict], str | None, None]:
	event = frappe.qb.DocType(EVENT)
	count = frappe.qb.from_(event).select(Count("*")).where(wanted).run()[0][0]
	start, length = page_of(filters, count, ROWS)
	fields = (
		"name",
		"event_name",
		"kind",
		"phase",
		"city_role",
		"starts_on",
		"ends_on",
		"venue",
		"expected",
		"attended",
		"association_meeting",
		"event_owner",
	)
	query = frappe.qb.from_(event).select(*(event[field] for field in fields)).where(wanted)
	query = query.orderby(event.starts_on, order=frappe.qb.desc).orderby(event.name)
	rows = (query.limit(length).offset(start) if length else query).run(as_dict=True)
	people = full_names(row.event_owner for row in rows)
	for row in rows:
		row.owner_name = people.get(row.event_owner, "")
	return _columns_of_events(), neutral_rows(rows), which_rows(start, len(rows), count), None


def _columns() -> list[dict[str, Any]]:
	return [
		column("phase", _("Phase"), "Data", 140),
		column("kind", _("Kind"), "Data", 160),
		column("events", _("Events"), "Int", 100),
		column("expected", _("Expected"), "Int", 120),
		column("attended", _("Attended"), "Int", 120),
	]


def _columns_of_events() -> list[dict[str, Any]]:
	return [
		column("name", _("Event"), "Link", 130, options=EVENT),
		column("event_name", _("Name"), "Data", 280),
		column("kind", _("Kind"), "Data", 120),
		column("phase", _("Phase"), "Data", 110),
		column("city_role", _("Our City"), "Data", 100),
		column("starts_on", _("Starts on"), "Date", 100),
		column("ends_on", _("Ends on"), "Date", 100),
		column("venue", _("Venue"), "Data", 200),
		column("expected", _("Expected"), "Int", 100),
		column("attended", _("Attended"), "Int", 100),
		column("association_meeting", _("Association Meeting"), "Data", 140),
		column("owner_name", _("Owner"), "Data", 140),
	]


def _chart(rows: list[dict[str, Any]]) -> dict[str, Any] | None:
	events: dict[str, int] = {}
	for row in rows:
		events[row["phase"]] = events.get(row["phase"], 0) + row["events"]
	if not events:
		return None
	data = bars([_(phase) for phase in events], list(events.values()), _("Events"))
	return {"data": data, "type": "bar", "colors": ["purple"], "fieldtype": "Int"}
