"""Which entries a calendar shows on a day, in which order, and as what version."""

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from city_diplomacy.domain.calendar.entries import (
	CANCELLED_KEPT,
	SHOWN_AHEAD,
	SHOWN_BACK,
	Entry,
	EntryStatus,
	instant,
	shown,
	span_on,
)

TODAY = date(2027, 3, 1)
NOON = datetime(2027, 2, 1, 12, tzinfo=timezone.utc)


def entry(starts: date, ends: date | None = None, **more) -> Entry:
	return Entry(
		**{"key": "a", "title": "A", "made": NOON, "changed": NOON, "starts": starts, "ends": ends, **more}
	)


def is_shown(one: Entry) -> bool:
	return shown([one], span_on(TODAY)) == [one]


@pytest.mark.parametrize(
	("days", "expected"),
	[
		(-SHOWN_BACK.days - 1, False),
		(-SHOWN_BACK.days, True),
		(0, True),
		(SHOWN_AHEAD.days, True),
		(SHOWN_AHEAD.days + 1, False),
	],
)
def test_days_near_enough_are_shown(days, expected):
	day = TODAY + timedelta(days=days)
	assert is_shown(entry(day)) is expected
	assert is_shown(entry(datetime.combine(day, datetime.min.time()))) is expected


def test_what_began_before_and_still_goes_on_is_shown():
	assert is_shown(entry(TODAY - timedelta(days=90), TODAY - SHOWN_BACK))
	assert not is_shown(entry(TODAY - timedelta(days=90), TODAY - SHOWN_BACK - timedelta(days=1)))


@pytest.mark.parametrize(("ago", "expected"), [(CANCELLED_KEPT.days, True), (CANCELLED_KEPT.days + 1, False)])
def test_what_is_cancelled_says_so_for_a_while(ago, expected):
	changed = datetime(2027, 3, 1, 12, tzinfo=timezone.utc) - timedelta(days=ago)
	assert is_shown(entry(TODAY, status=EntryStatus.CANCELLED, changed=changed, made=changed)) is expected
	assert is_shown(entry(TODAY, changed=changed, made=changed))


def test_an_end_before_the_start_ends_on_the_first_day():
	assert entry(TODAY, TODAY - timedelta(days=3)).last_day == TODAY
	assert not entry(TODAY).has_hours


def test_a_later_version_counts_higher():
	versions = [entry(TODAY, changed=NOON + timedelta(seconds=seconds)).sequence for seconds in (-5, 0, 1, 9)]
	assert versions == [0, 0, 1, 9]


@given(st.permutations(range(6)))
def test_the_order_does_not_depend_on_who_was_entered_first(places):
	days = [0, 0, 1, 1, 2, -3]
	entries = [entry(TODAY + timedelta(days=days[place]), key=f"k{place}") for place in places]
	assert [one.key for one in shown(entries, span_on(TODAY))] == ["k5", "k0", "k1", "k2", "k3", "k4"]


def test_an_hour_that_comes_twice_is_the_first():
	assert instant(datetime(2027, 11, 7, 1, 30), "America/New_York") == datetime(
		2027, 11, 7, 5, 30, tzinfo=timezone.utc
	)
