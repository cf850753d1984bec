"""Who here connects us to whom there: organisations by heritage, partners, agreements and open leads of each country."""

from typing import Any

import frappe
from frappe import _

from city_diplomacy.diaspora_relations import connections
from city_diplomacy.diaspora_relations.connections_drawing import draw
from city_diplomacy.domain.community.connections import Gap, Group, Tie, ties
from city_diplomacy.domain.words import neutral_rows
from city_diplomacy.registers.report_columns import column
from city_diplomacy.registers.report_pages import page_of, which_rows

ROWS = 1000
# A column whose first cell is empty is taken for one of numbers.
NOTHING = "–"


def execute(filters: dict[str, Any] | None = None) -> tuple[list[dict], list[dict], str | None, None]:
	"""Columns, rows and, as the message, the picture, of what the person may know of.

	A row is a country; with `country` and `members` the rows are the records behind a number.
	"""
	filters = frappe._dict(filters or {})
	if filters.country and filters.members:
		return _members(filters)
	counts = connections.counts_by_country(filters)
	# Partners in the city's own country are nobody's roots abroad.
	own = frappe.get_cached_doc("City Diplomacy Settings").country
	rows = [tie for tie in ties(counts) if tie.country == filters.country or not filters.country]
	rows = [tie for tie in rows if tie.country != own]
	if filters.gap:
		rows = [tie for tie in rows if tie.gap == filters.gap]
	shown = neutral_rows([_row(tie) for tie in rows])
	return _columns(counts), shown, draw(rows), None


def _row(tie: Tie) -> dict[str, Any]:
	return {
		"country": tie.country,
		"organisations": tie.organisations,
		"partners": tie.partners,
		"agreements": tie.agreements,
		"leads": tie.leads,
		"gap": GAPS[tie.gap]() if tie.gap else NOTHING,
	}


def _members(filters: Any) -> tuple[list[dict], list[dict], str | None, None]:
	asked = [group for group in Group if filters.members in (str(group), "all")]
	rows = [row for group in asked for row in connections.members(group, filters.country, filters)]
	start, length = page_of(filters, len(rows), ROWS)
	page = rows[start : start + length] if length else rows
	for row in page:
		row["group"] = GROUPS[Group(row["group"])]()
	return _member_columns(), neutral_rows(page), which_rows(start, len(page), len(rows)), None


def _columns(counts: dict[Group, Any]) -> list[dict[str, Any]]:
	"""A column for each group the person may know of."""
	return [
		column("country", _("Country"), "Link", 160, options="Country"),
		*(column(str(group), GROUPS[group](), "Int", 150) for group in Group if counts[group] is not None),
		column("gap", _("What Is Missing"), "Data", 320),
	]


def _member_columns() -> list[dict[str, Any]]:
	return [
		column("group", _("Counted as"), "Data", 170),
		column("record_type", _("Register"), "Data", 160),
		column("record", _("Record"), "Dynamic Link", 220, options="record_type"),
		column("called", _("Name"), "Data", 280),
		column("what", _("What"), "Data", 180),
	]


# Each is translated when it is read.
GROUPS = {
	Group.ORGANISATIONS: lambda: _("Organisations here"),
	Group.PARTNERS: lambda: _("Partners"),
	Group.AGREEMENTS: lambda: _("Agreements in Force"),
	Group.LEADS: lambda: _("Open Trade Leads"),
}
GAPS = {
	Gap.NO_PARTNER: lambda: _("Residents with roots there, and no partner"),
	Gap.NO_ORGANISATION: lambda: _("A partner or a market, and no organisation here"),
	Gap.NO_LEAD: lambda: _("Residents and a partner, and no trade lead"),
}
