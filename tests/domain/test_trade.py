"""The rules of trade without a site: stages, figures, codes, filing, wins, returns."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from city_diplomacy.domain.trade import filing, grants, stages, wins
from city_diplomacy.domain.trade.export_codes import normalise_eccn, normalise_schedule_b
from city_diplomacy.domain.trade.leads import (
	FIGURES,
	LeadStatus,
	contradicted,
	is_confidential,
	is_filled,
)
from city_diplomacy.domain.trade.stages import Stage
from city_diplomacy.domain.trade.wins import RATINGS, SHARES, Answer, Fault, WinStatus, WithoutUs
from tests.static.sources import fields_of

TODAY = date(2026, 6, 15)
TABLE = [
	Stage("Talks", "Export", 30, ("annual_value",)),
	Stage("Enquiry", "Export", 10),
	Stage("Ready", "Export", 20, ("experience", "hs_code")),
	Stage("Site", "Inward Investment", 10, ("site_sought",)),
]


def test_stages_come_in_their_order_and_of_one_direction():
	assert [stage.name for stage in stages.in_order(TABLE, "Export")] == ["Enquiry", "Ready", "Talks"]


def test_a_stage_asks_for_what_those_before_it_ask_for_too():
	assert stages.required_by(TABLE[0], TABLE) == ["experience", "hs_code", "annual_value"]
	assert stages.required_by(TABLE[1], TABLE) == []
	assert stages.required_by(TABLE[3], TABLE) == ["site_sought"]


@pytest.mark.parametrize(
	("status", "has_opportunity", "counted"),
	[
		(LeadStatus.ONGOING, False, True),
		(LeadStatus.DORMANT, False, True),
		(LeadStatus.ONGOING, True, False),
		(LeadStatus.WON, False, False),
		(LeadStatus.ABANDONED, False, False),
	],
)
def test_days_are_counted_while_a_lead_is_open_and_ours(status, has_opportunity, counted):
	assert stages.is_counted(status, has_opportunity) is counted


@pytest.mark.parametrize(
	("moved_on", "own", "otherwise", "day"),
	[
		(date(2026, 6, 1), 30, 60, date(2026, 7, 1)),
		(date(2026, 6, 1), 0, 60, date(2026, 7, 31)),
		(date(2026, 6, 1), 0, 0, None),
		(None, 30, 60, None),
	],
)
def test_a_lead_is_stale_by_its_stage_and_else_by_the_settings(moved_on, own, otherwise, day):
	assert stages.stale_from(moved_on, own, otherwise) == day


def test_a_figure_the_client_cannot_say_counts_as_filled_and_nothing_else_does():
	assert is_filled({"jobs_new": 0}, "jobs_new", ["New jobs"])
	assert not is_filled({"jobs_new": 0}, "jobs_new", ["Average salary"])
	assert not is_filled({"site_sought": ""}, "site_sought", ["New jobs"])
	assert is_filled({"market_interests": [{}]}, "market_interests", [])


def test_a_figure_is_not_both_given_and_unknown():
	assert contradicted({"jobs_new": 5}, ["New jobs"]) == "New jobs"
	assert (
		contradicted({"jobs_new": 0, "visitors": 9}, ["New jobs", "Visitors per year"]) == "Visitors per year"
	)
	assert contradicted({"jobs_new": 0}, ["New jobs"]) is None
	assert contradicted({"jobs_new": 5}, ["Shoe size"]) is None


def test_the_figures_are_those_of_the_form_by_their_labels():
	lead = fields_of("Trade Lead")
	assert {label: lead[field]["label"] for label, field in FIGURES.items()} == {one: one for one in FIGURES}
	assert fields_of("Unstated Figure")["figure"]["options"].split("\n") == list(FIGURES)


@pytest.mark.parametrize(
	("until", "confidential"),
	[(None, False), (TODAY, True), (date(2026, 6, 14), False), (date(2026, 6, 16), True)],
)
def test_the_last_day_of_confidence_counts(until, confidential):
	assert is_confidential(until, TODAY) is confidential


@pytest.mark.parametrize(
	("text", "code"),
	[
		("8426.11.0000", "8426110000"),
		("8426110000", "8426110000"),
		("842611", None),
		("84261100001", None),
		("８４２６１１００００", None),
		("", None),
	],
)
def test_a_schedule_b_number_has_ten_digits(text, code):
	assert normalise_schedule_b(text) == code


@pytest.mark.parametrize(
	("text", "code"),
	[
		("3a001", "3A001"),
		(" 5A992.c ", "5A992.c"),
		("3A001 . b. 1", "3A001.b.1"),
		("ear99", "EAR99"),
		("3F001", None),
		("EAR100", None),
		("3A001; DROP TABLE", None),
	],
)
def test_an_eccn_is_a_category_a_group_and_three_digits(text, code):
	assert normalise_eccn(text) == code


VALUE = filing.FilingRule("value", date(2008, 9, 30), above=2500, currency="USD", except_market="Canada")
LICENCE = filing.FilingRule("licence", date(2008, 9, 30), when_licensed=True)
ENDED = filing.FilingRule("ended", date(1990, 1, 1), valid_until=date(2008, 9, 29))
TO_COME = filing.FilingRule("to come", date(2030, 1, 1))
ALWAYS = filing.FilingRule("always", date(2000, 1, 1))


@pytest.mark.parametrize(
	("value", "currency", "licensed", "markets", "names"),
	[
		(2500, "USD", False, {"Japan"}, ["always"]),
		(2500.01, "USD", False, {"Japan"}, ["value", "always"]),
		(2500.01, "EUR", False, {"Japan"}, ["always"]),
		(9000, "USD", False, {"Canada"}, ["always"]),
		(9000, "USD", False, {"Canada", "Japan"}, ["value", "always"]),
		(10, "USD", True, {"Canada"}, ["licence", "always"]),
	],
)
def test_filing_above_2500_dollars_for_each_schedule_b_number_or_if_licensed(
	value, currency, licensed, markets, names
):
	"""15 CFR 30.36, 30.37(a), 30.2(a)(1)(iv); only rules in force speak."""
	shipment = filing.Shipment(value, currency, licensed, markets)
	rules = [VALUE, LICENCE, ENDED, TO_COME, ALWAYS]
	assert filing.that_apply(rules, shipment, TODAY) == names


@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2026, 12, 31)])
def test_a_filing_rule_is_in_force_on_its_first_day_and_its_last(today):
	rule = filing.FilingRule("this year", date(2026, 1, 1), valid_until=date(2026, 12, 31))
	assert rule.is_in_force(today)


def test_there_are_seven_bands_and_seven_ratings_and_a_band_counts_by_its_middle():
	assert len(WithoutUs) == len(RATINGS) == 7
	assert [SHARES[band] for band in WithoutUs] == [0, 0.1, 0.3, 0.5, 0.7, 0.9, 1]
	assert {label: fields_of("Export Win")[field]["label"] for field, label in RATINGS.items()} == {
		label: label for label in RATINGS.values()
	}


@given(st.floats(0, 1e11), st.sampled_from(list(WinStatus)), st.sampled_from(list(WithoutUs)))
def test_nothing_is_confirmed_before_the_company_agreed_and_never_more_than_was_claimed(
	claimed, status, band
):
	confirmed, anyway = wins.counted(claimed, status, band)
	assert confirmed == (claimed if status == WinStatus.CONFIRMED else 0)
	assert 0 <= anyway <= confirmed + 0.01


def test_what_would_have_happened_anyway_is_in_cents_and_unknown_without_a_band():
	assert wins.counted(100.77, WinStatus.CONFIRMED, WithoutUs.UP_TO_40) == (100.77, 30.23)
	assert wins.counted(100.25, WinStatus.CONFIRMED, None) == (0, 0)


@pytest.mark.parametrize(
	("kinds", "repeated"),
	[([], None), (["Export", "Tourism"], None), (["Export", "Tourism", "Tourism", "Export"], "Tourism")],
)
def test_a_kind_of_value_stands_in_one_row(kinds, repeated):
	assert wins.first_repeated(kinds) == repeated


@pytest.mark.parametrize(
	("answer", "fault"),
	[
		(Answer(None), Fault.NEITHER),
		(Answer(False), Fault.WITHOUT_WORDS),
		(Answer(False, comments="  "), Fault.WITHOUT_WORDS),
		(Answer(False, comments="No such order."), None),
		(Answer(False, comments="x" * 5000), None),
		(Answer(False, comments="x" * 5001), Fault.TOO_LONG),
		(Answer(True), Fault.WITHOUT_BAND),
		(Answer(True, "Perhaps"), Fault.WITHOUT_BAND),
		(Answer(False, "Perhaps", comments="No."), Fault.WITHOUT_BAND),
		(Answer(True, WithoutUs.NONE, {"rating_support": 6}), Fault.RATING),
		(Answer(True, WithoutUs.NONE, {"rating_support": -1}), Fault.RATING),
		(Answer(True, WithoutUs.NONE, {"rating_weather": 1}), Fault.RATING),
		(Answer(True, WithoutUs.ALL, {"rating_support": 5, "rating_problem": 0}), None),
	],
)
def test_what_an_answer_lacks(answer, fault):
	assert wins.fault_of(answer) == fault


@pytest.mark.parametrize(
	("shares", "whole"),
	[
		([], True),
		([0, None], True),
		([50, 50], True),
		([33.33, 33.33, 33.34], True),
		([50, 0], False),
		([60, 60], False),
		([50, 50.02], False),
	],
)
def test_advisers_share_all_of_it_or_nothing_is_said_of_shares(shares, whole):
	assert wins.shares_are_whole(shares) is whole


def test_the_return_of_a_grant_is_export_sales_for_each_dollar():
	assert grants.return_on(600_000, 150_000) == 4
	assert grants.return_on(1_000, 0.75) == 1333.33
	assert grants.return_on(600_000, 0) is None
	assert grants.return_on(600_000, -1) is None
