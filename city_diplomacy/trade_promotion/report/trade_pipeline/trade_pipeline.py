"""Open trade leads by market and HS chapter; where a lead has an Opportunity, the amount is ERPNext's."""

from typing import Any

import frappe
from frappe import _
from frappe.query_builder import Criterion
from frappe.query_builder.functions import Count, Sum
from frappe.utils import cint, flt

from city_diplomacy.access.rows import known_records
from city_diplomacy.domain.trade.leads import OPEN, is_confidential
from city_diplomacy.domain.words import neutral_rows
from city_diplomacy.partnership_approvals.people.names import full_names
from city_diplomacy.registers.charts import bars
from city_diplomacy.registers.record_dates import today
from city_diplomacy.registers.report_columns import column
from city_diplomacy.registers.report_pages import page_of, which_rows
from city_diplomacy.trade_promotion.hs_nomenclature import chapters

LEAD = "Trade Lead"
ROWS = 1000
MOST_BARS = 12
# A filter of the report: a field of the lead that equals it
EQUAL = ("direction", "stage", "market", "hs_chapter", "lead_owner", "potential", "partner_city")


def execute(filters: dict[str, Any] | None = None) -> tuple[list[dict], list[dict], str | None, dict | None]:
	"""Columns, rows, message and chart of leads the person may know of.

	A row is a market, a chapter and a currency: how many leads, what those without an Opportunity are estimated at and
	what the Opportunities of the others amount to. With `each_lead` a row is a lead, a page of them; a confidential one
	goes by its description without names.
	"""
	filters = frappe._dict(filters or {})
	wanted = conditions(filters)
	if wanted is None:
		return columns(), [], None, None
	if cint(filters.each_lead):
		return each_lead(filters, wanted)
	rows = by_market(wanted)
	return columns(), neutral_rows(rows), None, chart(rows)


def conditions(filters: Any) -> Criterion | None:
	"""What the filters ask of a lead the signed-in person may know of; None for who may know of none."""
	wanted = known_records(LEAD, frappe.session.user)
	if wanted is None:
		return None
	lead = frappe.qb.DocType(LEAD)
	for fieldname in EQUAL:
		if filters.get(fieldname):
			wanted &= lead[fieldname] == filters[fieldname]
	if filters.status:
		return wanted & (lead.status == filters.status)
	return wanted & lead.status.isin(OPEN)


def by_market(wanted: Criterion) -> list[dict[str, Any]]:
	"""A row for each market, chapter and currency, the most leads first; two statements however many leads there are."""
	lead, opportunity = frappe.qb.DocType(LEAD), frappe.qb.DocType("Opportunity")
	place = (lead.market, lead.hs_chapter)
	estimated = (
		frappe.qb.from_(lead)
		.select(*place, lead.currency, Count("*"), Sum(lead.annual_value))
		.where(wanted & (lead.opportunity.isnull() | (lead.opportunity == "")))
		.groupby(*place, lead.currency)
	)
	converted = (
		frappe.qb.from_(lead)
		.join(opportunity)
		.on(opportunity.name == lead.opportunity)
		.select(*place, opportunity.currency, Count("*"), Sum(opportunity.opportunity_amount))
		.where(wanted)
		.groupby(*place, opportunity.currency)
	)
	rows: dict[tuple, dict[str, Any]] = {}
	for query, counted, amount in ((estimated, None, "estimated"), (converted, "opportunities", "amount")):
		for market, chapter, currency, number, value in query.run():
			row = rows.setdefault(
				(market, chapter or "", currency or ""), _empty_row(market, chapter, currency)
			)
			row["leads"] += number
			row[amount] += flt(value)
			if counted:
				row[counted] += number
	return sorted(rows.values(), key=lambda row: (-row["leads"], row["market"], row["hs_chapter"]))


def _empty_row(market: str, chapter: str | None, currency: str | None) -> dict[str, Any]:
	return {
		"market": market,
		"hs_chapter": chapter or "",
		"goods": _(chapters().get(chapter or "", "")),
		"leads": 0,
		"opportunities": 0,
		"estimated": 0.0,
		"amount": 0.0,
		"currency": currency,
	}


def each_lead(filters: Any, wanted: Criterion) -> tuple[list[dict], list[dict], str | None, None]:
	"""The leads themselves, a page of them, those that wait longest in their stage first."""
	lead, opportunity = frappe.qb.DocType(LEAD), frappe.qb.DocType("Opportunity")
	count = frappe.qb.from_(lead).select(Count("*")).where(wanted).run()[0][0]
	start, length = page_of(filters, count, ROWS)
	own = ("name", "company_name", "market", "hs_chapter", "stage", "status", "stage_since", "lead_owner")
	also = ("confidential_until", "anonymous_description", "annual_value", "currency", "opportunity")
	query = (
		frappe.qb.from_(lead)
		.left_join(opportunity)
		.on(opportunity.name == lead.opportunity)
		.select(
			*(lead[field] for field in (*own, *also)),
			opportunity.opportunity_amount.as_("amount"),
			opportunity.currency.as_("amount_currency"),
		)
		.where(wanted)
		.orderby(lead.stage_since)
		.orderby(lead.name)
	)
	rows = (query.limit(length).offset(start) if length else query).run(as_dict=True)
	people = full_names(row.lead_owner for row in rows)
	for row in rows:
		few_know = is_confidential(row.confidential_until, today())
		row.company = row.anonymous_description if few_know else row.company_name
		row.owner_name = people.get(row.lead_owner, "")
		row.estimated = 0 if row.opportunity else row.annual_value
		row.currency = row.amount_currency if row.opportunity else row.currency
		for secret in ("company_name", "anonymous_description"):
			row.pop(secret)
	return columns_of_leads(), neutral_rows(rows), which_rows(start, len(rows), count), None


def columns() -> list[dict[str, Any]]:
	return [
		column("market", _("Market"), "Link", 150, options="Country"),
		column("hs_chapter", _("HS Chapter"), "Data", 90),
		column("goods", _("Goods"), "Data", 260),
		column("leads", _("Leads"), "Int", 80),
		column("estimated", _("Estimated per Year"), "Currency", 150, options="currency"),
		column("opportunities", _("With Opportunity"), "Int", 120),
		column("amount", _("Opportunity Amount (ERPNext)"), "Currency", 190, options="currency"),
		column("currency", _("Currency"), "Link", 90, options="Currency"),
	]


def columns_of_leads() -> list[dict[str, Any]]:
	return [
		column("name", _("Lead"), "Link", 130, options=LEAD),
		column("company", _("Company"), "Data", 220),
		column("market", _("Market"), "Link", 130, options="Country"),
		column("hs_chapter", _("HS Chapter"), "Data", 90),
		column("stage", _("Stage"), "Link", 140, options="Trade Stage"),
		column("stage_since", _("Since"), "Date", 100),
		column("status", _("Status"), "Data", 100),
		column("owner_name", _("Owner"), "Data", 140),
		column("estimated", _("Estimated per Year"), "Currency", 140, options="currency"),
		column("amount", _("Opportunity Amount (ERPNext)"), "Currency", 190, options="currency"),
		column("currency", _("Currency"), "Link", 90, options="Currency"),
	]


def chart(rows: list[dict[str, Any]]) -> dict[str, Any] | None:
	"""How many leads there are in the markets with the most."""
	leads: dict[str, int] = {}
	for row in rows:
		leads[row["market"]] = leads.get(row["market"], 0) + row["leads"]
	most = sorted(leads.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_BARS]
	if not most:
		return None
	data = bars([_(market) for market, _number in most], [number for _market, number in most], _("Leads"))
	return {"data": data, "type": "bar", "colors": ["blue"], "fieldtype": "Int"}
