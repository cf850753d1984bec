"""Trade leads with their stages and wins with their values, as many as it takes, and the reports over them."""

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import frappe
from frappe.desk import query_report
from frappe.query_builder.functions import Count, Max, Sum
from frappe.utils import getdate, nowdate

from benchmarks import city_at_size
from benchmarks.city_at_size import PREFIX
from benchmarks.decisions import Site
from benchmarks.taking_turns import Line, compare
from city_diplomacy.trade_promotion.cards import count_open, count_stale

MARKETS = ("Japan", "Germany", "Mexico", "France", "Brazil", "India", "Italy", "Spain", "Poland", "Kenya")
STAGES = ("Enquiry", "Export Readiness", "Market Chosen", "Buyer Talks", "Contract Ahead")
STATUSES, WEIGHTS = ("Ongoing", "Delayed", "Dormant", "Won", "Lost"), (50, 5, 10, 15, 20)


def leads() -> Iterator[dict[str, Any]]:
	today, number = getdate(nowdate()), 0
	while True:
		chance = random.Random(number)
		since = today - timedelta(days=chance.randrange(900))
		place = chance.randrange(len(STAGES))
		status = chance.choices(STATUSES, WEIGHTS)[0]
		yield {
			"name": f"{PREFIX}L{number:06}",
			"company_name": f"Company {number}",
			"direction": "Export",
			"stage": STAGES[place],
			"status": status,
			"market": chance.choice(MARKETS),
			"hs_chapter": f"{chance.randrange(1, 98):02}",
			"annual_value": chance.randrange(1_000_000),
			"currency": "USD",
			"lead_owner": f"office@{city_at_size.DOMAIN}",
			"stage_since": since,
			"stale_on": since + timedelta(days=60) if status == "Ongoing" else None,
			"confidential_until": today + timedelta(days=90) if number % 20 == 0 else None,
			"stage_log": list(_log(place, since, status, chance)),
		}
		number += 1


def _log(place: int, since: date, status: str, chance: random.Random) -> Iterator[dict[str, Any]]:
	day = since
	for position in range(place, -1, -1):
		days = chance.randrange(1, 120)
		is_here = position == place and status in STATUSES[:3]
		yield {
			"doctype": "Trade Stage Log",
			"stage": STAGES[position],
			"entered_on": day,
			"left_on": None if is_here else day + timedelta(days=days),
			"days": 0 if is_here else days,
			"parenttype": "Trade Lead",
			"parentfield": "stage_log",
			"idx": position + 1,
		}
		day -= timedelta(days=days)


def wins() -> Iterator[dict[str, Any]]:
	today, number = getdate(nowdate()), 0
	while True:
		chance = random.Random(number)
		won_on = today - timedelta(days=chance.randrange(2000))
		claimed = chance.randrange(1_000_000)
		status = chance.choice(("Claimed", "Sent", "Confirmed", "Disputed"))
		yield {
			"name": f"{PREFIX}W{number:06}",
			"company_name": f"Company {number % 5000}",
			"direction": "Export",
			"status": status,
			"won_on": won_on,
			"win_year": won_on.year,
			"market": chance.choice(MARKETS),
			"currency": "USD",
			"trade_lead": f"{PREFIX}L{number:06}",
			"won_values": [
				{
					"kind": "Export",
					"claimed": claimed,
					"confirmed": claimed if status == "Confirmed" else 0,
					"currency": "USD",
					"parenttype": "Export Win",
					"parentfield": "won_values",
					"idx": 1,
				}
			],
		}
		number += 1


def measure_trade(site: Site, rounds: int) -> Iterator[Line]:
	"""Each report and card of trade against its groups asked bare, without who may know of a lead, by the office."""

	def against(what: str, ours: Callable, bare: Callable) -> Line:
		return compare(site, what, city_at_size.OFFICE, ours, bare, rounds, "at most 1.3")

	with site.request():
		today = nowdate()
	days = {"from_date": "2020-01-01", "to_date": today, "currency": "USD", "grant_amount": 100_000}
	yield against("trade pipeline", _report("Trade Pipeline"), _bare_pipeline)
	yield against("time in stage", _report("Time in Stage"), _bare_time)
	yield against("export wins by year", _report("Export Wins by Year"), _bare_wins)
	yield against("trade grant measures", _report("Trade Grant Measures", **days), _bare_wins)
	yield against("card Open Trade Leads", count_open, _bare_open)
	yield against("card Stale Trade Leads", count_stale, _bare_open)


def _report(name: str, **filters: Any) -> Callable[[], Any]:
	return lambda: query_report.run(name, filters=filters, ignore_prepared_report=True)


def _bare_pipeline() -> Any:
	lead = frappe.qb.DocType("Trade Lead")
	groups = (lead.market, lead.hs_chapter, lead.currency)
	query = frappe.qb.from_(lead).select(*groups, Count("*"), Sum(lead.annual_value)).groupby(*groups)
	return query.where(lead.status.isin(STATUSES[:3])).run()


def _bare_time() -> Any:
	log, lead = frappe.qb.DocType("Trade Stage Log"), frappe.qb.DocType("Trade Lead")
	joined = frappe.qb.from_(log).join(lead).on(lead.name == log.parent)
	left = joined.select(log.stage, Count("*"), Sum(log.days), Max(log.days)).where(log.left_on.isnotnull())
	here = joined.select(log.stage, log.entered_on, Count("*")).where(log.left_on.isnull())
	return [left.groupby(log.stage).run(), here.groupby(log.stage, log.entered_on).run()]


def _bare_wins() -> Any:
	win, value = frappe.qb.DocType("Export Win"), frappe.qb.DocType("Export Win Value")
	groups = (win.win_year, win.market, value.kind, value.currency)
	query = frappe.qb.from_(value).join(win).on(win.name == value.parent).groupby(*groups)
	return query.select(*groups, Count("*"), Sum(value.claimed), Sum(value.confirmed)).run()


def _bare_open() -> Any:
	lead = frappe.qb.DocType("Trade Lead")
	return frappe.qb.from_(lead).select(Count("*")).where(lead.status.isin(STATUSES[:3])).run()
