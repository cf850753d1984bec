"""From where people are expected and came, over the events somebody may know of, and the events behind each number."""

from typing import Any

import frappe
from frappe import _
from frappe.query_builder import Criterion
from frappe.query_builder.functions import Count, Sum
from frappe.utils import cint

from city_diplomacy.domain.events.attendance import of_unknown_origin
from city_diplomacy.domain.words import neutral_rows
from city_diplomacy.hosted_events.permissions import EVENT
from city_diplomacy.hosted_events.report.events_by_phase.events_by_phase import conditions
from city_diplomacy.registers.charts import bars
from city_diplomacy.registers.report_columns import column

ATTENDANCE = "Event Attendance"
MOST_BARS = 12


def execute(filters: dict[str, Any] | None = None) -> tuple[list[dict], list[dict], str | None, dict | None]:
	"""Columns, rows, message and chart: a row is a country; with `country` it is an event with people from there.

	The message says how many people came of whom no origin is stated.
	"""
	filters = frappe._dict(filters or {})
	wanted = conditions(filters)
	if wanted is None:
		return _columns(), [], None, None
	if filters.event:
		wanted &= frappe.qb.DocType(EVENT).name == filters.event
	if filters.country:
		return _columns_of_events(), neutral_rows(_events(wanted, filters.country)), None, None
	rows = _by_country(wanted)
	return _columns(), neutral_rows(rows), _unknown(wanted, rows), _chart(rows)


def _joined(wanted: Criterion) -> tuple[Any, Any, Any]:
	event, row = frappe.qb.DocType(EVENT), frappe.qb.DocType(ATTENDANCE)
	query = frappe.qb.from_(row).join(event)
	query = query.on((event.name == row.parent) & (row.parenttype == EVENT)).where(wanted)
	return query, event, row


def _by_country(wanted: Criterion) -> list[dict[str, Any]]:
	query, event, row = _joined(wanted)
	found = (
		query.select(row.country, Count(event.name).distinct(), Sum(row.expected), Sum(row.attended))
		.groupby(row.country)
		.run()
	)
	rows = [
		{"country": country, "events": events, "expected": cint(expected), "attended": cint(attended)}
		for country, events, expected, attended in found
	]
	return sorted(rows, key=lambda one: (-one["attended"], -one["expected"], one["country"]))


def _events(wanted: Criterion, country: str) -> list[Any]:
	query, event, row = _joined(wanted)
	return (
		query.where(row.country == country)
		.select(event.name, event.event_name, event.phase, event.starts_on, row.expected, row.attended)
		.orderby(event.starts_on, order=frappe.qb.desc)
		.orderby(event.name)
		.run(as_dict=True)
	)


def _unknown(wanted: Criterion, rows: list[dict[str, Any]]) -> str | None:
	event = frappe.qb.DocType(EVENT)
	total = cint(frappe.qb.from_(event).select(Sum(event.attended)).where(wanted).run()[0][0])
	unknown = of_unknown_origin(total, [row["attended"] for row in rows])
	return _("Of {0} people who came, no origin is stated for {1}.").format(total, unknown) if total else None


def _columns() -> list[dict[str, Any]]:
	return [
		column("country", _("Country"), "Link", 200, options="Country"),
		column("events", _("Events"), "Int", 100),
		column("expected", _("Expected"), "Int", 120),
		column("attended", _("Attended"), "Int", 120),
	]


def _columns_of_events() -> list[dict[str, Any]]:
	return [
		column("name", _("Event"), "Link", 130, options=EVENT),
		column("event_name", _("Name"), "Data", 300),
		column("phase", _("Phase"), "Data", 120),
		column("starts_on", _("Starts on"), "Date", 110),
		column("expected", _("Expected"), "Int", 110),
		column("attended", _("Attended"), "Int", 110),
	]


def _chart(rows: list[dict[str, Any]]) -> dict[str, Any] | None:
	most = [row for row in rows if row["attended"] or row["expected"]][:MOST_BARS]
	if not most:
		return None
	data = bars([_(row["country"]) for row in most], [row["expected"] for row in most], _("Expected"))
	data["datasets"].append({"name": _("Attended"), "values": [row["attended"] for row in most]})
	return {"data": data, "type": "bar", "colors": ["light-blue", "blue"], "fieldtype": "Int"}
