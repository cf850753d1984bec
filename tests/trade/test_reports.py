"""The reports of trade: what they count, of what the reader may know of, and nothing added that is not to be."""

import frappe
import pytest

from city_diplomacy.access.rights import AUDITOR, TRADE
from city_diplomacy.trade_promotion import opportunities, wins
from city_diplomacy.trade_promotion.report.export_wins_by_year import export_wins_by_year
from city_diplomacy.trade_promotion.report.time_in_stage import time_in_stage
from city_diplomacy.trade_promotion.report.trade_grant_measures import trade_grant_measures
from city_diplomacy.trade_promotion.report.trade_pipeline import trade_pipeline
from tests import factories
from tests.clock import set_to
from tests.trade.test_wins import AGREES, DISPUTES

# No city has a lead there yet.
MARKET = "Tuvalu"


def rows_of(report, **filters) -> list[dict]:
	_columns, rows, *_rest = report.execute({"market": MARKET, **filters})
	return rows


def test_the_pipeline_keeps_estimates_and_what_erpnext_says_apart():
	factories.make_trade_lead("One", MARKET, annual_value=100, currency="USD")
	factories.make_trade_lead("Two", MARKET, annual_value=50, currency="USD")
	factories.make_trade_lead("Three", MARKET, annual_value=9, currency="EUR")
	factories.make_trade_lead("Ended", MARKET, annual_value=7, currency="USD", status="Won")
	converted = factories.make_trade_lead("Four", MARKET, annual_value=1, currency="USD")
	factories.make_party_screening(converted)
	made = opportunities.make_opportunity(converted.name)
	frappe.db.set_value("Opportunity", made, {"opportunity_amount": 1000, "currency": "USD"})
	rows = {row["currency"]: row for row in rows_of(trade_pipeline)}
	dollars, euros = rows["USD"], rows["EUR"]
	assert (dollars["leads"], dollars["opportunities"]) == (3, 1)
	assert (dollars["estimated"], dollars["amount"]) == (150, 1000)
	assert (euros["leads"], euros["estimated"], euros["amount"]) == (1, 9, 0)
	assert len(rows_of(trade_pipeline, each_lead=1)) == 4
	assert [row["leads"] for row in rows_of(trade_pipeline, status="Won")] == [1]


def test_the_pipeline_has_a_chart_of_markets():
	factories.make_trade_lead("One", MARKET)
	_columns, _rows, _message, chart = trade_pipeline.execute({"market": MARKET})
	assert chart["data"]["labels"] == [MARKET]
	assert chart["data"]["datasets"][0]["values"] == [1]


def test_time_in_stage_counts_those_that_left_and_those_that_are_there():
	for company, day in (("One", "2026-03-11"), ("Two", "2026-03-31")):
		with set_to("2026-03-01 09:00"):
			lead = factories.make_trade_lead(company, MARKET)
		with set_to(f"{day} 09:00"):
			lead.reload()
			lead.update({"status": "Lost", "status_reason": "Price."})
			lead.save()
	with set_to("2026-04-01 09:00"):
		factories.make_trade_lead("Three", MARKET)
	with set_to("2026-05-11 09:00"):
		rows = {row["stage"]: row for row in rows_of(time_in_stage)}
	enquiry = rows["Enquiry"]
	assert (enquiry["left"], enquiry["average"], enquiry["longest"]) == (2, 20, 30)
	assert (enquiry["here"], enquiry["average_here"], enquiry["stale"]) == (1, 40, 1)
	assert rows["Buyer Talks"]["left"] == 0


def test_wins_stand_as_claimed_disputed_confirmed_and_anyway():
	for answer in (AGREES, DISPUTES, None):
		win = factories.make_export_win(market=MARKET)
		wins.claim(win.name)
		wins.mark_sent(win.name)
		if answer:
			wins.record_answer(win.name, answer)
	factories.make_export_win(market=MARKET)
	(row,) = rows_of(export_wins_by_year)
	assert (row["win_year"], row["wins"]) == (2026, 3)
	assert [row[amount] for amount in export_wins_by_year.AMOUNTS] == [450_000, 150_000, 150_000, 45_000]
	assert rows_of(export_wins_by_year, from_year=2027) == []


def test_kinds_and_currencies_are_rows_of_their_own():
	values = [{"kind": "Export", "year_1": 5}, {"kind": "Business success", "year_1": 3}]
	for currency in ("USD", "EUR"):
		wins.claim(factories.make_export_win(market=MARKET, currency=currency, won_values=values).name)
	found = rows_of(export_wins_by_year)
	assert sorted((row["kind"], row["currency"], row["claimed"]) for row in found) == [
		("Business success", "EUR", 3),
		("Business success", "USD", 3),
		("Export", "EUR", 5),
		("Export", "USD", 5),
	]
	assert export_wins_by_year.chart(found) is None


def test_the_measures_of_a_grant():
	before = measures()
	lead = factories.make_trade_lead("First Timer", experience="Never exported")
	for answer in (AGREES, None):
		win = factories.make_export_win("First Timer", trade_lead=lead.name)
		wins.claim(win.name)
		wins.mark_sent(win.name)
		if answer:
			wins.record_answer(win.name, answer)
	after = measures()
	grown = [
		(now[column] or 0) - (then[column] or 0)
		for then, now in zip(before, after, strict=True)
		for column in ("claimed", "confirmed")
	]
	assert grown == [1, 1, 1, 1, 300_000, 150_000, 3, 1.5, 0, 0]


def measures() -> list[dict]:
	filters = {"from_date": "2026-01-01", "to_date": "2026-12-31", "grant_amount": 100_000, "currency": "USD"}
	return trade_grant_measures.execute(filters)[1]


def test_wins_in_another_currency_are_named_and_not_added():
	wins.claim(factories.make_export_win(currency="EUR").name)
	filters = {"from_date": "2026-01-01", "to_date": "2026-12-31", "currency": "USD"}
	assert "other currencies" in trade_grant_measures.execute(filters)[2]


def test_a_grant_that_ends_before_it_begins_is_refused():
	with pytest.raises(frappe.ValidationError, match="lies before the first"):
		trade_grant_measures.execute({"from_date": "2026-02-01", "to_date": "2026-01-01"})
	assert trade_grant_measures.execute({})[1] == []


@pytest.mark.parametrize("report", [trade_pipeline, time_in_stage, export_wins_by_year, trade_grant_measures])
def test_whoever_may_read_none_of_it_is_told_nothing(report):
	stranger = factories.make_user("stranger@city.example").name
	with factories.acting_as(stranger):
		_columns, rows, *_rest = report.execute({"from_date": "2026-01-01", "to_date": "2026-12-31"})
	assert rows == []


@pytest.mark.real_site
@pytest.mark.parametrize("role", [TRADE, AUDITOR])
def test_each_report_opens_on_desk_for_those_it_is_for(role, client):
	browser = client(factories.make_person(role).name)
	for name in ("Trade Pipeline", "Time in Stage", "Export Wins by Year", "Trade Grant Measures"):
		filters = frappe.as_json({"from_date": "2026-01-01", "to_date": "2026-12-31"})
		answer = browser.call("frappe.desk.query_report.run", report_name=name, filters=filters)
		assert answer.status_code == 200, answer.text
		assert answer.get_json()["message"]["columns"]
