"""When a daily digest comes, by the clock of the person it is for."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from city_diplomacy.domain.calendar.digests import next_digest

LOS_ANGELES, BERLIN, KATHMANDU = (
	ZoneInfo(name) for name in ("America/Los_Angeles", "Europe/Berlin", "Asia/Kathmandu")
)


def at(zone: ZoneInfo, text: str, fold: int = 0) -> datetime:
	return datetime.fromisoformat(text).replace(tzinfo=zone, fold=fold)


def clock(moment: datetime) -> str:
	return moment.strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
	("now", "then"),
	[
		("2026-05-05 07:59", "2026-05-05 08:00"),
		("2026-05-05 08:00", "2026-05-05 08:00"),
		("2026-05-05 08:01", "2026-05-06 08:00"),
		("2028-02-28 12:00", "2028-02-29 08:00"),
		("2026-12-31 22:00", "2027-01-01 08:00"),
	],
)
def test_it_comes_at_its_hour_today_or_tomorrow(now, then):
	assert clock(next_digest(at(BERLIN, now), BERLIN, 8)) == then


def test_it_is_by_the_persons_own_clock():
	noon_in_berlin = at(BERLIN, "2026-05-05 12:00")
	assert clock(next_digest(noon_in_berlin, KATHMANDU, 16)) == "2026-05-05 16:00"
	assert clock(next_digest(noon_in_berlin, LOS_ANGELES, 3)) == "2026-05-05 03:00"


def test_an_hour_the_clock_jumps_over_comes_all_the_same():
	assert clock(next_digest(at(LOS_ANGELES, "2026-03-07 12:00"), LOS_ANGELES, 2)) == "2026-03-08 03:00"


def test_an_hour_that_comes_twice_is_the_next_of_the_two():
	between = at(BERLIN, "2026-10-25 02:30")
	answer = next_digest(between, BERLIN, 2)
	assert (clock(answer), answer.astimezone(UTC) - between.astimezone(UTC)) == (
		"2026-10-25 02:00",
		timedelta(minutes=30),
	)
	assert clock(next_digest(at(BERLIN, "2026-10-25 02:30", fold=1), BERLIN, 2)) == "2026-10-26 02:00"


@given(
	now=st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)),
	zone=st.sampled_from([LOS_ANGELES, BERLIN, KATHMANDU, ZoneInfo("Australia/Lord_Howe")]),
	hour=st.integers(0, 23),
)
def test_it_is_not_past_within_a_day_and_the_same_when_asked_again(now, zone, hour):
	answer = next_digest(now, zone, hour)
	assert timedelta() <= answer.astimezone(UTC) - now <= timedelta(hours=25)
	assert next_digest(answer, zone, hour) == answer
