"""What a state grant for export promotion asks to know, after SBA's State Trade Expansion Program (STEP)."""

from typing import Any

import frappe
from frappe import _
from frappe.query_builder import Criterion
from frappe.query_builder.functions import Count, Sum
from frappe.utils import flt, getdate

from city_diplomacy.access.rows import known_records
from city_diplomacy.domain.trade.grants import return_on
from city_diplomacy.domain.trade.leads import NEVER_EXPORTED, Direction
from city_diplomacy.domain.trade.wins import ValueKind, WinStatus
from city_diplomacy.registers.charts import bars
from city_diplomacy.registers.errors import RegisterError
from city_diplomacy.registers.record_money import default_currency
from city_diplomacy.registers.report_columns import column

WIN, VALUE, LEAD = "Export Win", "Export Win Value", "Trade Lead"


def execute(filters: dict[str, Any] | None = None) -> tuple[list[dict], list[dict], str | None, dict | None]:
	"""Columns, rows, message and chart of the measures between two days, of what the person may know of.

	Claimed and confirmed stand beside each other and are not added. Raises RegisterError without the two days, or where
	they are the wrong way round.
	"""
	filters = frappe._dict(filters or {})
	if not (filters.from_date and filters.to_date):
		return columns(), [], _("Choose the first and the last day of the grant."), None
	first, last = getdate(filters.from_date), getdate(filters.to_date)
	if last < first:
		frappe.throw(_("The last day lies before the first; correct one of the two."), RegisterError)
	currency = filters.currency or default_currency()
	wanted = known_records(WIN, frappe.session.user)
	if wanted is None:
		return columns(), [], None, None
	win = frappe.qb.DocType(WIN)
	wanted &= (win.direction == Direction.EXPORT) & (win.won_on >= first) & (win.won_on <= last)
	claimed, confirmed = (
		wanted & (win.status != WinStatus.DRAFT),
		wanted & (win.status == WinStatus.CONFIRMED),
	)
	sales = [export_sales(one, currency) for one in (claimed, confirmed)]
	grant = flt(filters.grant_amount)
	rows = [
		_row(
			_("New exporters (companies that had never exported)"), *map(new_exporters, (claimed, confirmed))
		),
		_row(_("Companies with a win"), *map(companies, (claimed, confirmed))),
		_row(_("Export sales ({0})").format(currency), *sales),
		_row(_("Return: export sales for each unit of the grant"), *(return_on(one, grant) for one in sales)),
		_row(_("New opportunities (leads made an Opportunity)"), opportunities(first, last), None),
	]
	return columns(), rows, _left_out(claimed, currency), chart(sales)


def _row(measure: str, claimed: float | None, confirmed: float | None) -> dict[str, Any]:
	return {"measure": measure, "claimed": claimed, "confirmed": confirmed}


def export_sales(wanted: Criterion, currency: str | None) -> float:
	win, value = frappe.qb.DocType(WIN), frappe.qb.DocType(VALUE)
	query = frappe.qb.from_(value).join(win).on(win.name == value.parent).select(Sum(value.claimed))
	query = query.where(wanted & (value.kind == ValueKind.EXPORT) & (value.currency == currency))
	return flt(query.run()[0][0])


def companies(wanted: Criterion) -> int:
	win = frappe.qb.DocType(WIN)
	return frappe.qb.from_(win).select(Count(win.company_name).distinct()).where(wanted).run()[0][0]


def new_exporters(wanted: Criterion) -> int:
	"""Companies with a win whose lead said that they had never exported."""
	win, lead = frappe.qb.DocType(WIN), frappe.qb.DocType(LEAD)
	query = frappe.qb.from_(win).join(lead).on(lead.name == win.trade_lead)
	query = query.select(Count(win.company_name).distinct())
	return query.where(wanted & (lead.experience == NEVER_EXPORTED)).run()[0][0]


def opportunities(first: Any, last: Any) -> int:
	"""Export leads the person may know of whose Opportunity is of these days."""
	known = known_records(LEAD, frappe.session.user)
	if known is None:
		return 0
	lead, opportunity = frappe.qb.DocType(LEAD), frappe.qb.DocType("Opportunity")
	made = (opportunity.transaction_date >= first) & (opportunity.transaction_date <= last)
	query = frappe.qb.from_(lead).join(opportunity).on(opportunity.name == lead.opportunity)
	return query.select(Count("*")).where(known & (lead.direction == Direction.EXPORT) & made).run()[0][0]


def _left_out(wanted: Criterion, currency: str | None) -> str | None:
	win = frappe.qb.DocType(WIN)
	others = frappe.qb.from_(win).select(Count("*")).where(wanted & (win.currency != currency)).run()[0][0]
	if not others:
		return None
	return _("{0} wins in other currencies than {1} are not in the sales.").format(others, currency)


def columns() -> list[dict[str, Any]]:
	return [
		column("measure", _("Measure"), "Data", 380),
		column("claimed", _("Claimed by the City"), "Float", 170, precision=2),
		column("confirmed", _("Confirmed by Companies"), "Float", 190, precision=2),
	]


def chart(sales: list[float]) -> dict[str, Any] | None:
	"""Export sales as claimed and as confirmed."""
	if not any(sales):
		return None
	data = bars([_("Claimed"), _("Confirmed")], sales, _("Export sales"))
	return {"data": data, "type": "bar", "colors": ["blue"], "fieldtype": "Float"}
