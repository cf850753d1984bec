"""Wins by year and market: what was claimed, what companies confirmed, what would have happened anyway.

The three are never added to one another, nor are kinds of value or currencies.
"""

from typing import Any

import frappe
from frappe import _
from frappe.query_builder import Case, Criterion
from frappe.query_builder.functions import Count, Sum
from frappe.utils import cint, flt

from city_diplomacy.access.rows import known_records
from city_diplomacy.domain.trade.wins import WinStatus
from city_diplomacy.domain.words import neutral_rows
from city_diplomacy.registers.charts import bars
from city_diplomacy.registers.report_columns import column

WIN, VALUE = "Export Win", "Export Win Value"
EQUAL = ("direction", "market", "win_owner", "currency")
AMOUNTS = ("claimed", "disputed", "confirmed", "anyway")


def execute(filters: dict[str, Any] | None = None) -> tuple[list[dict], list[dict], None, dict | None]:
	"""Columns, rows, message and chart: a row for each year, market, kind and currency, of wins the person may know of.

	Drafts are left out. One statement.
	"""
	filters = frappe._dict(filters or {})
	wanted = conditions(filters)
	if wanted is None:
		return columns(), [], None, None
	rows = by_year(wanted)
	return columns(), neutral_rows(rows), None, chart(rows)


def conditions(filters: Any) -> Criterion | None:
	"""What the filters ask of a claimed win the signed-in person may know of; None for who may know of none."""
	wanted = known_records(WIN, frappe.session.user)
	if wanted is None:
		return None
	win, value = frappe.qb.DocType(WIN), frappe.qb.DocType(VALUE)
	wanted &= win.status != WinStatus.DRAFT
	for fieldname in EQUAL:
		if filters.get(fieldname):
			wanted &= win[fieldname] == filters[fieldname]
	if filters.kind:
		wanted &= value.kind == filters.kind
	for bound, compare in (("from_year", win.win_year.__ge__), ("to_year", win.win_year.__le__)):
		if cint(filters.get(bound)):
			wanted &= compare(cint(filters[bound]))
	return wanted


def by_year(wanted: Criterion) -> list[dict[str, Any]]:
	win, value = frappe.qb.DocType(WIN), frappe.qb.DocType(VALUE)
	groups = (win.win_year, win.market, value.kind, value.currency)
	disputed = Case().when(win.status == WinStatus.DISPUTED, value.claimed).else_(0)
	query = (
		frappe.qb.from_(value)
		.join(win)
		.on(win.name == value.parent)
		.where((value.parenttype == WIN) & wanted)
		.select(
			*groups, Count("*"), Sum(value.claimed), Sum(disputed), Sum(value.confirmed), Sum(value.anyway)
		)
		.groupby(*groups)
	)
	fields = ("win_year", "market", "kind", "currency", "wins", *AMOUNTS)
	rows = [dict(zip(fields, found, strict=True)) for found in query.run()]
	for row in rows:
		row.update({amount: flt(row[amount]) for amount in AMOUNTS}, shown_kind=_(row["kind"]))
	return sorted(rows, key=lambda row: (-row["win_year"], row["market"], row["kind"], row["currency"] or ""))


def columns() -> list[dict[str, Any]]:
	return [
		# Text, because a year is no amount to be grouped by thousands.
		column("win_year", _("Year"), "Data", 80),
		column("market", _("Market"), "Link", 150, options="Country"),
		column("shown_kind", _("Kind"), "Data", 150),
		column("wins", _("Wins"), "Int", 80),
		column("claimed", _("Claimed"), "Currency", 150, options="currency"),
		column("disputed", _("Of It Disputed"), "Currency", 140, options="currency"),
		column("confirmed", _("Confirmed"), "Currency", 150, options="currency"),
		column("anyway", _("Would Have Happened Anyway"), "Currency", 210, options="currency"),
		column("currency", _("Currency"), "Link", 90, options="Currency"),
	]


def chart(rows: list[dict[str, Any]]) -> dict[str, Any] | None:
	"""Claimed beside confirmed by year, where all rows are of one kind and one currency."""
	if len({(row["kind"], row["currency"]) for row in rows}) != 1:
		return None
	years = sorted({row["win_year"] for row in rows})
	sums = {
		amount: [sum(row[amount] for row in rows if row["win_year"] == year) for year in years]
		for amount in ("claimed", "confirmed")
	}
	data = bars([str(year) for year in years], sums["claimed"], _("Claimed"))
	data["datasets"].append({"name": _("Confirmed"), "values": sums["confirmed"]})
	return {"data": data, "type": "bar", "colors": ["blue", "green"], "fieldtype": "Currency"}
