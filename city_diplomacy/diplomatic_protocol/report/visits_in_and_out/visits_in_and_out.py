"""Visits in and out over a time, with whom, how many people and what came of them, as far as one may know of them."""

from collections import Counter
from typing import Any

import frappe
from frappe import _
from frappe.query_builder.functions import Count
from frappe.utils import getdate

from city_diplomacy.diplomatic_protocol.visits.visits import VISIT
from city_diplomacy.domain.protocol.visits import VisitDirection
from city_diplomacy.domain.words import neutral_rows
from city_diplomacy.registers.charts import bars
from city_diplomacy.registers.report_columns import column

FIELDS = (
	"name",
	"visit_title",
	"direction",
	"visit_kind",
	"country",
	"arrives_on",
	"leaves_on",
	"status",
	"outcome",
	"engagement",
)
SAME = ("direction", "visit_kind", "status", "country")


def execute(filters: dict[str, Any] | None = None) -> tuple[list[dict], list[dict], None, dict | None]:
	"""Columns, rows and chart: a row is a visit, the latest first."""
	filters = frappe._dict(filters or {})
	rows = _visits(filters)
	_add_partners_and_people(rows)
	return _columns(), neutral_rows(rows), None, _chart(rows)


def _visits(filters: Any) -> list[Any]:
	wanted: list[Any] = [[VISIT, field, "=", filters[field]] for field in SAME if filters.get(field)]
	if filters.from_date:
		wanted.append([VISIT, "leaves_on", ">=", filters.from_date])
	if filters.to_date:
		wanted.append([VISIT, "arrives_on", "<=", filters.to_date])
	if filters.partner:
		wanted.append(["Engagement Partner", "partner", "=", filters.partner])
	found = frappe.get_list(
		VISIT,
		filters=wanted,
		fields=list(FIELDS),
		distinct=True,
		limit_page_length=0,
	)
	return sorted(found, key=lambda row: (row.arrives_on, row.name), reverse=True)


def _add_partners_and_people(rows: list[Any]) -> None:
	"""For visits the reader was just shown."""
	names = [row.name for row in rows] or [""]
	partners: dict[str, list[str]] = {}
	for parent, partner in frappe.get_all(
		"Engagement Partner",
		{"parenttype": VISIT, "parent": ["in", names]},
		["parent", "partner"],
		order_by="idx asc",
		as_list=True,
		limit_page_length=0,
	):
		partners.setdefault(parent, []).append(partner)
	person = frappe.qb.DocType("Visit Delegate")
	people = dict(
		frappe.qb.from_(person)
		.select(person.parent, Count("*"))
		.where((person.parenttype == VISIT) & person.parent.isin(names) & person.withdrawn_on.isnull())
		.groupby(person.parent)
		.run()
	)
	for row in rows:
		row.partners = ", ".join(partners.get(row.name, ()))
		row.people = people.get(row.name, 0)
		row.direction_said, row.kind_said, row.status_said = (
			_(row.direction),
			_(row.visit_kind),
			_(row.status),
		)


def _columns() -> list[dict[str, Any]]:
	return [
		column("name", _("Visit"), "Link", 120, options=VISIT),
		column("visit_title", _("Title"), "Data", 240),
		column("direction_said", _("Direction"), "Data", 95),
		column("kind_said", _("Kind"), "Data", 110),
		column("country", _("Country"), "Link", 120, options="Country"),
		column("partners", _("Partners"), "Data", 200),
		column("arrives_on", _("Arrives on"), "Date", 105),
		column("leaves_on", _("Leaves on"), "Date", 105),
		column("people", _("People"), "Int", 80),
		column("status_said", _("Status"), "Data", 105),
		column("outcome", _("Outcome"), "Data", 260),
		column("engagement", _("Engagement"), "Link", 120, options="Partner Engagement"),
	]


def _chart(rows: list[Any]) -> dict[str, Any] | None:
	"""Visits by the year and month of their arrival, in beside out."""
	if not rows:
		return None
	counted = Counter((getdate(row.arrives_on).isoformat()[:7], row.direction) for row in rows)
	months = sorted({month for month, _direction in counted})
	inbound = [counted[month, VisitDirection.INBOUND] for month in months]
	data = bars(months, inbound, _(VisitDirection.INBOUND))
	outbound = [counted[month, VisitDirection.OUTBOUND] for month in months]
	data["datasets"].append({"name": _(VisitDirection.OUTBOUND), "values": outbound})
	return {"data": data, "type": "bar", "colors": ["blue", "orange"], "fieldtype": "Int"}
