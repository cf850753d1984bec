from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from city_diplomacy.domain.calendar.spans import ends_before_it_begins
from city_diplomacy.domain.calendar.terms import (
	TermError,
	expiry_date,
	next_review,
	notice_deadline,
)


@pytest.mark.parametrize(
	("effective", "months", "expiry"),
	[
		(date(2024, 2, 29), 12, date(2025, 2, 28)),
		(date(2024, 2, 29), 48, date(2028, 2, 29)),
		(date(2025, 1, 31), 1, date(2025, 2, 28)),
		(date(2026, 5, 1), 12, date(2027, 5, 1)),
		(date(2026, 5, 1), 36, date(2029, 5, 1)),
		(date(2026, 5, 1), None, None),
	],
)
def test_an_agreement_expires_on_its_anniversary(effective, months, expiry):
	assert expiry_date(effective, months) == expiry


@pytest.mark.parametrize(
	("city", "effective", "months", "today", "due"),
	[
		("Christchurch reviews every 3 years", date(2020, 6, 1), 36, date(2026, 11, 22), date(2029, 6, 1)),
		("C40 reviews every year", date(2020, 11, 22), 12, date(2026, 11, 22), date(2027, 11, 22)),
		("the day before", date(2020, 11, 22), 12, date(2026, 11, 21), date(2026, 11, 22)),
		("long in force", date(1950, 1, 1), 12, date(2026, 11, 22), date(2027, 1, 1)),
		("no drift after a February", date(2026, 1, 31), 1, date(2026, 3, 1), date(2026, 3, 31)),
		("not yet in force", date(2027, 1, 1), 12, date(2026, 11, 22), date(2028, 1, 1)),
		("no reviews", date(2020, 1, 1), None, date(2026, 11, 22), None),
	],
)
def test_finds_the_next_review(city, effective, months, today, due):
	assert next_review(effective, months, today) == due, city


def test_notice_is_counted_in_calendar_days():
	assert notice_deadline(date(2027, 5, 1), 90) == date(2027, 1, 31)
	assert notice_deadline(date(2027, 5, 1), 0) == date(2027, 5, 1)
	assert notice_deadline(None, 90) is None
	assert notice_deadline(date(2027, 5, 1), None) is None


EARLY, LATE = date(2026, 5, 1), date(2027, 5, 1)


def test_refuses_terms_that_mean_nothing():
	with pytest.raises(TermError, match="at least 1 month, not 0"):
		expiry_date(EARLY, 0)
	with pytest.raises(TermError, match="at least 1 month, not -1"):
		next_review(EARLY, -1, LATE)
	with pytest.raises(TermError, match="from 0 upwards, not -1"):
		notice_deadline(LATE, -1)


def test_refuses_dates_outside_the_calendar():
	with pytest.raises(TermError, match="calendar"):
		expiry_date(date(9999, 6, 1), 12)
	with pytest.raises(TermError, match="calendar"):
		notice_deadline(date(2, 1, 1), 4000)
	with pytest.raises(TermError, match="at least 1 month"):
		next_review(EARLY, 0, LATE)


days = st.dates(date(1950, 1, 1), date(2100, 12, 31))


@given(days, st.integers(1, 120), days)
def test_the_next_review_is_the_first_after_today(effective, months, today):
	due = next_review(effective, months, today)
	assert due > today
	reviews = [expiry_date(effective, months * count) for count in range(1, 2000 // months + 3)]
	assert due == next(one for one in reviews if one > today)


@given(days, st.integers(1, 600))
def test_a_term_ends_after_it_begins(effective, months):
	assert not ends_before_it_begins(effective, expiry_date(effective, months))


@given(days, st.integers(1, 600), st.integers(1, 600))
def test_a_longer_term_never_ends_earlier(effective, shorter, longer):
	shorter, longer = sorted((shorter, longer))
	assert expiry_date(effective, shorter) <= expiry_date(effective, longer)
