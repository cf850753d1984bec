"""Places of community programmes by group: offered, taken, completed; and the programmes behind each number."""

from typing import Any

import frappe
from frappe import _
from frappe.query_builder import Criterion
from frappe.query_builder.functions import Count, Sum
from frappe.utils import cint, getdate

from city_diplomacy.access.rows import known_records
from city_diplomacy.diaspora_relations.calendar import PROGRAMME
from city_diplomacy.domain.community.programmes import ProgrammeStatus
from city_diplomacy.domain.words import neutral_rows
from city_diplomacy.registers.charts import bars
from city_diplomacy.registers.report_columns import column

GROUP = "Programme Group"
EQUAL = ("kind", "department", "status")


def execute(filters: dict[str, Any] | None = None) -> tuple[list[dict], list[dict], None, dict | None]:
	"""Columns, rows and chart: a row is a kind and a group; with `each_programme` a group of one programme."""
	filters = frappe._dict(filters or {})
	wanted = conditions(filters)
	if wanted is None:
		return _columns(), [], None, None
	if cint(filters.each_programme):
		return _columns_of_programmes(), neutral_rows(_each(wanted)), None, None
	rows = _by_group(wanted)
	return _columns(), neutral_rows(rows), None, _chart(rows)


def conditions(filters: Any) -> Criterion | None:
	"""What the filters ask of a programme the person may know of; None for who may know of none.

	Cancelled ones are counted only where they are asked for.
	"""
	wanted = known_records(PROGRAMME, frappe.session.user)
	if wanted is None:
		return None
	programme, group = frappe.qb.DocType(PROGRAMME), frappe.qb.DocType(GROUP)
	for fieldname in EQUAL:
		if filters.get(fieldname):
			wanted &= programme[fieldname] == filters[fieldname]
	if not filters.status:
		wanted &= programme.status != ProgrammeStatus.CANCELLED
	if filters.from_date:
		wanted &= programme.starts_on >= getdate(filters.from_date)
	if filters.to_date:
		wanted &= programme.starts_on <= getdate(filters.to_date)
	return wanted & (group.group_name == filters.group_name) if filters.group_name else wanted


def _joined(wanted: Criterion) -> tuple[Any, Any, Any]:
	programme, group = frappe.qb.DocType(PROGRAMME), frappe.qb.DocType(GROUP)
	query = frappe.qb.from_(group).join(programme)
	return (
		query.on((programme.name == group.parent) & (group.parenttype == PROGRAMME)).where(wanted),
		programme,
		group,
	)


def _by_group(wanted: Criterion) -> list[dict[str, Any]]:
	query, programme, group = _joined(wanted)
	found = (
		query.select(
			programme.kind,
			group.group_name,
			Count(programme.name).distinct(),
			Sum(group.places_offered),
			Sum(group.places_taken),
			Sum(group.completed),
		)
		.groupby(programme.kind, group.group_name)
		.orderby(programme.kind)
		.orderby(group.group_name)
		.run()
	)
	return [
		{
			"kind": kind,
			"group_name": name,
			"programmes": programmes,
			"offered": cint(offered),
			"taken": cint(taken),
			"completed": cint(completed),
			"filled": _share(taken, offered),
		}
		for kind, name, programmes, offered, taken, completed in found
	]


def _each(wanted: Criterion) -> list[dict[str, Any]]:
	query, programme, group = _joined(wanted)
	rows = (
		query.select(
			programme.name,
			programme.programme_name,
			programme.status,
			programme.starts_on,
			group.group_name,
			group.places_offered.as_("offered"),
			group.places_taken.as_("taken"),
			group.completed,
			group.result,
		)
		.orderby(programme.starts_on, order=frappe.qb.desc)
		.orderby(programme.name)
		.orderby(group.idx)
		.run(as_dict=True)
	)
	for row in rows:
		row.filled = _share(row.taken, row.offered)
	return rows


def _share(taken: Any, offered: Any) -> float | None:
	return round(100 * cint(taken) / cint(offered), 1) if cint(offered) else None


def _columns() -> list[dict[str, Any]]:
	return [
		column("kind", _("Kind"), "Data", 170),
		column("group_name", _("Group"), "Data", 240),
		column("programmes", _("Programmes"), "Int", 120),
		*_numbers(),
	]


def _columns_of_programmes() -> list[dict[str, Any]]:
	return [
		column("name", _("Programme"), "Link", 130, options=PROGRAMME),
		column("programme_name", _("Name"), "Data", 280),
		column("status", _("Status"), "Data", 100),
		column("starts_on", _("Starts on"), "Date", 110),
		column("group_name", _("Group"), "Data", 200),
		*_numbers(),
		column("result", _("Result"), "Data", 220),
	]


def _numbers() -> list[dict[str, Any]]:
	return [
		column("offered", _("Places Offered"), "Int", 120),
		column("taken", _("Places Taken"), "Int", 120),
		column("completed", _("Completed"), "Int", 110),
		column("filled", _("Filled"), "Percent", 90),
	]


def _chart(rows: list[dict[str, Any]]) -> dict[str, Any] | None:
	"""Places offered and taken, kind by kind."""
	offered: dict[str, int] = {}
	taken: dict[str, int] = {}
	for row in rows:
		offered[row["kind"]] = offered.get(row["kind"], 0) + row["offered"]
		taken[row["kind"]] = taken.get(row["kind"], 0) + row["taken"]
	if not offered:
		return None
	data = bars([_(kind) for kind in offered], list(offered.values()), _("Places Offered"))
	data["datasets"].append({"name": _("Places Taken"), "values": list(taken.values())})
	return {"data": data, "type": "bar", "colors": ["light-green", "green"], "fieldtype": "Int"}
