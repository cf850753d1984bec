"""National days, thresholds of gifts, and the rules of ceremonial requests."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from city_diplomacy.domain.protocol.ceremonies import Demand, Request, Rule, filled, not_kept
from city_diplomacy.domain.protocol.gifts import (
	Gift,
	Limit,
	Threshold,
	exceeded,
	quarter_of,
	without_contact_data,
)
from city_diplomacy.domain.protocol.national_days import MONTHS, Month, days_between, longest, next_after

GIFT = Gift("Received", "Elected official", "Company", date(2026, 5, 4), 60, 90, "USD")
SINCE = date(2020, 1, 1)


def test_a_national_day_returns_every_year():
	found = list(days_between(Month.JULY, 14, date(2025, 7, 15), date(2027, 7, 14)))
	assert found == [date(2026, 7, 14), date(2027, 7, 14)]
	assert next_after(Month.JULY, 14, date(2026, 7, 14)) == date(2026, 7, 14)
	assert next_after(Month.JULY, 14, date(2026, 7, 15)) == date(2027, 7, 14)


def test_the_29th_of_february_is_the_28th_in_other_years():
	assert longest(Month.FEBRUARY) == 29
	assert list(days_between(Month.FEBRUARY, 29, date(2027, 1, 1), date(2028, 12, 31))) == [
		date(2027, 2, 28),
		date(2028, 2, 29),
	]


@given(st.sampled_from(MONTHS), st.integers(1, 31), st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_the_next_national_day_is_within_a_year(month, day, today):
	following = next_after(month, day, today)
	assert 0 <= (following - today).days <= 366
	assert following.month == MONTHS.index(month) + 1


@pytest.mark.parametrize(
	("threshold", "limits"),
	[
		(Threshold("one", SINCE, above_value=50, currency="USD"), [Limit.VALUE]),
		(Threshold("exactly", SINCE, above_value=60, currency="USD"), []),
		(Threshold("year", SINCE, above_year_sum=80), [Limit.YEAR_SUM]),
		(Threshold("both", SINCE, above_value=1, above_year_sum=1), [Limit.VALUE, Limit.YEAR_SUM]),
		(Threshold("none", SINCE), []),
		(Threshold("other money", SINCE, above_value=1, currency="EUR"), []),
		(Threshold("given", SINCE, direction="Given", above_value=1), []),
		(Threshold("staff", SINCE, official_role="City employee", above_value=1), []),
		(Threshold("states", SINCE, source_kind="Foreign government", above_value=1), []),
		(
			Threshold(
				"this role", SINCE, official_role="Elected official", source_kind="Company", above_value=1
			),
			[Limit.VALUE],
		),
		(Threshold("later", date(2026, 5, 5), above_value=1), []),
		(Threshold("that day", date(2026, 5, 4), date(2026, 5, 4), above_value=1), [Limit.VALUE]),
		(Threshold("over", SINCE, date(2026, 5, 3), above_value=1), []),
	],
	ids=lambda value: getattr(value, "name", None),
)
def test_a_threshold_speaks_of_what_it_is_about_while_it_is_in_force(threshold, limits):
	assert [one.limit for one in exceeded(GIFT, [threshold])] == limits


def test_quarters_sort_by_their_text():
	days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 1), date(2026, 12, 1)]
	assert [quarter_of(day) for day in days] == ["2025-Q4", "2026-Q1", "2026-Q1", "2026-Q2", "2026-Q4"]


@pytest.mark.parametrize(
	("text", "published"),
	[
		("A vase from ana.pop@consulate.example, with a card.", "A vase from […], with a card."),
		("Call +1 (213) 555-0142.", "Call […]."),
		("Write to a@b.example;c@d.example", "Write to […];[…]"),
		("A vase of 1850, 12 x 30 cm, number 45.", "A vase of 1850, 12 x 30 cm, number 45."),
		("On 4 May 2026 at 10:30", "On 4 May 2026 at 10:30"),
	],
)
def test_what_is_published_holds_no_way_to_reach_somebody(text, published):
	assert without_contact_data(text, "[…]") == published


RULE = Rule("Proclamations", "Proclamation", SINCE, notice_days=30, times_a_year=1, longest_text=100)


def asked(**changes) -> Request:
	values = {"kind": "Proclamation", "requested_on": date(2026, 5, 1), "needed_on": date(2026, 5, 31)}
	return Request(**{**values, "text_length": 100, "others_this_year": 0, **changes})


@pytest.mark.parametrize(
	("request_", "demands"),
	[
		(asked(), []),
		(asked(needed_on=date(2026, 5, 30)), [Demand.NOTICE]),
		(asked(others_this_year=1), [Demand.ONCE_A_YEAR]),
		(asked(text_length=101), [Demand.LENGTH]),
		(asked(kind="Letter", text_length=500), []),
		(asked(requested_on=date(2019, 12, 31), needed_on=date(2020, 1, 1)), []),
	],
)
def test_a_request_is_measured_by_the_rules_of_its_kind_in_force(request_, demands):
	assert [one.demand for one in not_kept(request_, [RULE])] == demands


def test_a_limit_of_nought_is_none():
	assert not_kept(asked(text_length=10**6, others_this_year=9), [Rule("x", "Proclamation", SINCE)]) == []


def test_a_draft_is_filled_in_once_and_other_braces_stay():
	values = {"organisation": "{date} Society", "date": "1 May"}
	assert filled("{organisation}, {date}, {nobody}, {", values) == "{date} Society, 1 May, {nobody}, {"
