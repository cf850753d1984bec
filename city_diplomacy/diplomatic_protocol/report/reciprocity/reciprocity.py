"""What went to and fro between us and each partner: visits that took place, and gifts, as far as one may know of them."""

from typing import Any

import frappe
from frappe import _
from frappe.query_builder.functions import Count, Max
from frappe.utils import getdate

from city_diplomacy.access.rows import known_records
from city_diplomacy.diplomatic_protocol.visits.visits import VISIT
from city_diplomacy.domain.protocol.visits import VisitDirection, VisitStatus
from city_diplomacy.domain.words import neutral_rows
from city_diplomacy.registers.charts import bars
from city_diplomacy.registers.report_columns import column

GIFT = "Official Gift"
TOOK_PLACE = (VisitStatus.UNDER_WAY, VisitStatus.HELD)
MOST_BARS = 12
COUNTS = ("visits_in", "visits_out", "gifts_received", "gifts_given")


def execute(filters: dict[str, Any] | None = None) -> tuple[list[dict], list[dict], None, dict | None]:
	"""Columns, rows and chart: a row is a partner with whom anything went to or fro."""
	filters = frappe._dict(filters or {})
	found: dict[tuple[str, str], dict[str, Any]] = {}
	for kind, partner, direction, count, last in _visits(filters):
		row = _row_of(found, kind, partner)
		inbound = direction == VisitDirection.INBOUND
		row["visits_in" if inbound else "visits_out"] = count
		row["last_in" if inbound else "last_out"] = getdate(last)
	for kind, partner, direction, count in _gifts(filters):
		_row_of(found, kind, partner)["gifts_received" if direction == "Received" else "gifts_given"] = count
	rows = sorted(found.values(), key=lambda row: (-sum(row[name] for name in COUNTS), row["partner"]))
	for row in rows:
		row["owed"] = _whose_turn(row)
	return _columns(), neutral_rows(rows), None, _chart(rows)


def _row_of(found: dict[tuple[str, str], dict[str, Any]], kind: str, partner: str) -> dict[str, Any]:
	fresh = {"partner_type": kind, "partner": partner, "last_in": None, "last_out": None}
	return found.setdefault((kind, partner), {**fresh, **dict.fromkeys(COUNTS, 0)})


def _visits(filters: Any) -> list[Any]:
	known = known_records(VISIT, frappe.session.user)
	if known is None:
		return []
	visit, row = frappe.qb.DocType(VISIT), frappe.qb.DocType("Engagement Partner")
	query = (
		frappe.qb.from_(row)
		.join(visit)
		.on((visit.name == row.parent) & (row.parenttype == VISIT))
		.select(
			row.partner_type,
			row.partner,
			visit.direction,
			Count(visit.name).distinct(),
			Max(visit.arrives_on),
		)
		.where(known & visit.status.isin(TOOK_PLACE))
		.groupby(row.partner_type, row.partner, visit.direction)
	)
	return _between(query, row, visit.arrives_on, filters).run()


def _gifts(filters: Any) -> list[Any]:
	known = known_records(GIFT, frappe.session.user)
	if known is None:
		return []
	gift = frappe.qb.DocType(GIFT)
	query = (
		frappe.qb.from_(gift)
		.select(gift.partner_type, gift.partner, gift.direction, Count("*"))
		.where(known & gift.partner.isnotnull() & (gift.partner != ""))
		.groupby(gift.partner_type, gift.partner, gift.direction)
	)
	return _between(query, gift, gift.gift_date, filters).run()


def _between(query: Any, table: Any, day: Any, filters: Any) -> Any:
	if filters.from_date:
		query = query.where(day >= filters.from_date)
	if filters.to_date:
		query = query.where(day <= filters.to_date)
	if filters.partner_type:
		query = query.where(table.partner_type == filters.partner_type)
	if filters.partner:
		query = query.where(table.partner == filters.partner)
	return query


def _whose_turn(row: dict[str, Any]) -> str:
	"""Who has not returned a visit yet, in words."""
	if row["visits_in"] > row["visits_out"]:
		return _("We owe {0} visits").format(row["visits_in"] - row["visits_out"])
	if row["visits_out"] > row["visits_in"]:
		return _("They owe {0} visits").format(row["visits_out"] - row["visits_in"])
	return _("Even")


def _columns() -> list[dict[str, Any]]:
	return [
		column("partner", _("Partner"), "Dynamic Link", 240, options="partner_type"),
		column("partner_type", _("Kind"), "Data", 150),
		column("visits_in", _("Visits in"), "Int", 95),
		column("last_in", _("Last in"), "Date", 105),
		column("visits_out", _("Visits out"), "Int", 95),
		column("last_out", _("Last out"), "Date", 105),
		column("gifts_received", _("Gifts received"), "Int", 120),
		column("gifts_given", _("Gifts given"), "Int", 110),
		column("owed", _("Whose turn"), "Data", 170),
	]


def _chart(rows: list[dict[str, Any]]) -> dict[str, Any] | None:
	most = [row for row in rows if row["visits_in"] or row["visits_out"]][:MOST_BARS]
	if not most:
		return None
	data = bars([row["partner"] for row in most], [row["visits_in"] for row in most], _("Visits in"))
	data["datasets"].append({"name": _("Visits out"), "values": [row["visits_out"] for row in most]})
	return {"data": data, "type": "bar", "colors": ["blue", "orange"], "fieldtype": "Int"}
