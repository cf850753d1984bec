"""Invented leads, referrals and wins of the sample city, so named that nobody takes their companies for real ones."""

from typing import Any

import frappe
from frappe.utils import add_days, escape_html

from city_diplomacy.demo.loader import DOMAIN, Loader, acting_as, key
from city_diplomacy.demo.rows import Row, RowError
from city_diplomacy.domain.trade.referrals import ReferralStatus
from city_diplomacy.domain.trade.wins import WinStatus
from city_diplomacy.trade_promotion import referrals, wins

TRADE_OFFICER = f"trade.officer@{DOMAIN}"
LEAD, REFERRAL, WIN = "Trade Lead", "Trade Referral", "Export Win"
FIGURES = ("annual_value", "capital_expenditure", "jobs_new", "visitors", "visitor_spend")
AS_WRITTEN = (
	"status_reason",
	"lost_to",
	"experience",
	"investment_type",
	"site_sought",
	"season",
	"air_route",
)


def load_trade(load: Loader) -> None:
	with acting_as(TRADE_OFFICER):
		_load(load, "trade_leads.csv", LEAD, lambda row: load.insert(_trade_lead(load, row)))
		leads = load.known(LEAD, "company_name")
		_load(load, "trade_referrals.csv", REFERRAL, lambda row: _add_referral(load, row, leads))
		_load(load, "export_wins.csv", WIN, lambda row: _add_win(load, row, leads))


def _load(load: Loader, file: str, doctype: str, make: Any) -> None:
	known = load.known(doctype, "company_name")
	for row in load.rows(file, "company_name"):
		if key(row["company_name"]) in known:
			load.report.there_already[doctype] += 1
			continue
		load.attempt(row, row["company_name"], lambda row=row: make(row))


def _trade_lead(load: Loader, row: Row) -> dict[str, Any]:
	city, market = row["partner_city"], load.country(row["market"], row["market"])
	is_export = row["direction"] == "Export"
	return {
		"doctype": LEAD,
		"company_name": row["company_name"],
		"direction": row["direction"],
		"stage": row["stage"],
		"status": row["status"],
		"hs_code": row["hs_code"] or None,
		"market": market,
		"partner_city": load.city(city, row["market"]) if city else None,
		"currency": row["currency"] or None,
		"potential": row["potential"],
		"lead_source": row["lead_source"],
		"market_interests": [{"market": market}] if is_export else [],
		"drivers": [{"driver": row["driver"]}] if row["driver"] else [],
		"notes": f"<p>Sample record. {escape_html(row['note'])}</p>",
		**{field: row[field] or None for field in AS_WRITTEN},
		**{field: float(row[field] or 0) for field in FIGURES},
	}


def _lead_of(row: Row, column: str, leads: dict[tuple, str]) -> str:
	if key(row[column]) not in leads:
		raise RowError(f"The lead it is about, {row[column]}, was not loaded.")
	return leads[key(row[column])]


def _add_referral(load: Loader, row: Row, leads: dict[tuple, str]) -> None:
	is_closed = row["status"] == ReferralStatus.CLOSED
	name = load.insert(
		{
			"doctype": REFERRAL,
			"trade_lead": _lead_of(row, "company_name", leads),
			"referred_to_kind": row["referred_to_kind"],
			"referred_to": row["referred_to"],
			"asked_for": row["asked_for"],
			"asked_on": add_days(load.today, -int(row["asked_days_ago"])),
			"status": ReferralStatus.ACCEPTED if is_closed else row["status"],
		}
	)
	if is_closed:
		load.count("Partner Engagement", referrals.close(name, row["outcome"]))


def _add_win(load: Loader, row: Row, leads: dict[tuple, str]) -> None:
	name = load.insert(
		{
			"doctype": WIN,
			"company_name": row["company_name"],
			"trade_lead": _lead_of(row, "lead", leads) if row["lead"] else None,
			"direction": row["direction"],
			"market": load.country(row["market"], row["market"]),
			"won_on": add_days(load.today, -int(row["won_days_ago"])),
			"what_was_won": row["what_was_won"],
			"how_we_helped": row["how_we_helped"],
			"currency": row["currency"],
			"won_values": [
				{
					"kind": row["kind"],
					**{year: float(row[year] or 0) for year in ("year_1", "year_2", "year_3")},
				}
			],
			"advisers": [{"adviser": frappe.session.user}],
			"contact_name": row["contact_name"],
			"contact_email": row["contact_email"],
		}
	)
	wins.claim(name)
	if row["reached"] != WinStatus.CLAIMED:
		# Nobody is written to: the sample city's companies have no mailboxes.
		wins.mark_sent(name)
	if row["reached"] in (WinStatus.CONFIRMED, WinStatus.DISPUTED):
		agrees = "1" if row["reached"] == WinStatus.CONFIRMED else "0"
		given = {column: row[column] for column in ("without_us", "rating_support", "comments")}
		wins.record_answer(name, wins.answer_of({"agrees": agrees, "case_study": agrees, **given}))
