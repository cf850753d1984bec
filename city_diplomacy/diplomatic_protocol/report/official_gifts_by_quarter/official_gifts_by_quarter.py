"""Official gifts by quarter: how many, worth what, how many above a threshold and how many logged late.

Received and given stand apart, and so does each currency.
"""

from typing import Any

import frappe
from frappe import _
from frappe.query_builder import Case, Criterion
from frappe.query_builder.functions import Count, Sum
from frappe.utils import cint, flt

from city_diplomacy.access.rows import known_records
from city_diplomacy.diplomatic_protocol.settings import SETTINGS
from city_diplomacy.domain.protocol.gifts import Direction, GiftStatus
from city_diplomacy.domain.words import neutral_rows
from city_diplomacy.registers.charts import bars
from city_diplomacy.registers.report_columns import column

GIFT = "Official Gift"
EQUAL = ("direction", "official_role", "country")
NUMBERS = ("gifts", "worth", "above", "waiting", "late")


def execute(filters: dict[str, Any] | None = None) -> tuple[list[dict], list[dict], None, dict | None]:
	"""Columns, rows, message and chart, of the gifts the person may know of. One statement."""
	wanted = conditions(frappe._dict(filters or {}))
	if wanted is None:
		return columns(), [], None, None
	rows = by_quarter(wanted)
	return columns(), neutral_rows(rows), None, chart(rows)


def conditions(filters: Any) -> Criterion | None:
	"""What the filters ask of a gift the signed-in person may know of; None for who may know of none."""
	wanted = known_records(GIFT, frappe.session.user)
	if wanted is None:
		return None
	gift = frappe.qb.DocType(GIFT)
	for fieldname in EQUAL:
		if filters.get(fieldname):
			wanted &= gift[fieldname] == filters[fieldname]
	for bound, compare in (("from_year", gift.gift_quarter.__ge__), ("to_year", gift.gift_quarter.__le__)):
		if year := cint(filters.get(bound)):
			wanted &= compare(f"{year:04d}-Q{1 if bound == 'from_year' else 4}")
	return wanted


def by_quarter(wanted: Criterion) -> list[dict[str, Any]]:
	gift = frappe.qb.DocType(GIFT)
	groups = (gift.gift_quarter, gift.direction, gift.currency)
	within = cint(frappe.get_cached_doc(SETTINGS).log_gifts_within_days)
	query = (
		frappe.qb.from_(gift)
		.where(wanted)
		.select(
			*groups,
			Count("*"),
			Sum(gift.value),
			Sum(gift.above_threshold),
			Sum(Case().when(gift.status == GiftStatus.TO_BE_DECIDED, 1).else_(0)),
			Sum(Case().when(gift.days_to_log > within, 1).else_(0)),
		)
		.groupby(*groups)
	)
	fields = ("gift_quarter", "direction", "currency", *NUMBERS)
	rows = [dict(zip(fields, found, strict=True)) for found in query.run()]
	for row in rows:
		row.update({number: cint(row[number]) for number in NUMBERS}, worth=flt(row["worth"]))
		row["shown_direction"] = _(row["direction"])
	rows.sort(key=lambda row: (row["direction"], row["currency"] or ""))
	return sorted(rows, key=lambda row: row["gift_quarter"], reverse=True)


def columns() -> list[dict[str, Any]]:
	return [
		column("gift_quarter", _("Quarter"), "Data", 110),
		column("shown_direction", _("Direction"), "Data", 110),
		column("gifts", _("Gifts"), "Int", 80),
		column("worth", _("Worth"), "Currency", 140, options="currency"),
		column("above", _("Above a Threshold"), "Int", 150),
		column("waiting", _("To Be Decided"), "Int", 120),
		column("late", _("Logged Late"), "Int", 110),
		column("currency", _("Currency"), "Link", 90, options="Currency"),
	]


def chart(rows: list[dict[str, Any]]) -> dict[str, Any] | None:
	"""How many were received beside how many were given, by quarter."""
	if not rows:
		return None
	quarters = sorted({row["gift_quarter"] for row in rows})

	def counts(direction: Direction) -> list[int]:
		return [
			sum(
				row["gifts"]
				for row in rows
				if (row["gift_quarter"], row["direction"]) == (quarter, direction)
			)
			for quarter in quarters
		]

	received, given = counts(Direction.RECEIVED), counts(Direction.GIVEN)
	data = bars(quarters, received, _(Direction.RECEIVED))
	data["datasets"].append({"name": _(Direction.GIVEN), "values": given})
	return {"data": data, "type": "bar", "colors": ["blue", "green"], "fieldtype": "Int"}
