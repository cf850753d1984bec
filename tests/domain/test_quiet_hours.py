"""When a notice may reach a person, by his own clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from city_diplomacy.domain.calendar.quiet_hours import Choice, next_digest, next_moment

LOS_ANGELES, BERLIN, KATHMANDU = (
	ZoneInfo(name) for name in ("America/Los_Angeles", "Europe/Berlin", "Asia/Kathmandu")
)
WEEKEND_OF_MAY = [date(2026, 5, day) for day in (2, 3, 9, 10, 16, 17, 23, 24, 25, 30, 31)]


def at(zone: ZoneInfo, text: str, fold: int = 0) -> datetime:
	return datetime.fromisoformat(text).replace(tzinfo=zone, fold=fold)


def clock(moment: datetime) -> str:
	return moment.strftime("%Y-%m-%d %H:%M")


def evenings(zone: ZoneInfo = BERLIN, **fields) -> Choice:
	return Choice(zone, quiet_from=time(19), quiet_until=time(7), **fields)


@pytest.mark.parametrize(
	("now", "then"),
	[
		("2026-05-05 12:00", "2026-05-05 12:00"),
		("2026-05-05 18:59", "2026-05-05 18:59"),
		("2026-05-05 19:00", "2026-05-06 07:00"),
		("2026-05-05 23:59", "2026-05-06 07:00"),
		("2026-05-06 00:00", "2026-05-06 07:00"),
		("2026-05-06 06:59", "2026-05-06 07:00"),
		("2026-05-06 07:00", "2026-05-06 07:00"),
		("2028-02-28 22:00", "2028-02-29 07:00"),
		("2026-12-31 22:00", "2027-01-01 07:00"),
	],
)
def test_quiet_hours_that_cross_midnight_end_in_the_morning(now, then):
	assert clock(next_moment(at(BERLIN, now), evenings())) == then


@pytest.mark.parametrize(
	("now", "then"), [("11:59", "11:59"), ("12:00", "13:30"), ("13:29", "13:30"), ("13:30", "13:30")]
)
def test_quiet_hours_within_one_day(now, then):
	noon = Choice(BERLIN, quiet_from=time(12), quiet_until=time(13, 30))
	assert next_moment(at(BERLIN, f"2026-05-05 {now}"), noon) == at(BERLIN, f"2026-05-05 {then}")


@pytest.mark.parametrize("window", [(None, None), (time(8), None), (None, time(8)), (time(8), time(8))])
def test_without_two_different_times_there_are_no_quiet_hours(window):
	choice = Choice(BERLIN, quiet_from=window[0], quiet_until=window[1])
	now = at(BERLIN, "2026-05-05 03:00")
	assert next_moment(now, choice) == now


def test_the_persons_clock_counts_not_the_sites():
	noon_in_los_angeles = at(LOS_ANGELES, "2026-05-05 12:00")
	assert clock(next_moment(noon_in_los_angeles, evenings(BERLIN))) == "2026-05-06 07:00"
	assert clock(next_moment(noon_in_los_angeles, evenings(KATHMANDU))) == "2026-05-06 07:00"
	assert next_moment(noon_in_los_angeles, evenings(LOS_ANGELES)) == noon_in_los_angeles


def test_the_night_the_clock_jumps_forward_is_an_hour_shorter():
	begin = at(LOS_ANGELES, "2026-03-07 19:00")
	end = next_moment(begin, evenings(LOS_ANGELES))
	assert clock(end) == "2026-03-08 07:00"
	assert end.astimezone(UTC) - begin.astimezone(UTC) == timedelta(hours=11)


def test_quiet_hours_that_end_at_a_time_the_clock_jumps_over_end_when_it_has_jumped():
	choice = Choice(LOS_ANGELES, quiet_from=time(22), quiet_until=time(2, 30))
	end = next_moment(at(LOS_ANGELES, "2026-03-07 23:00"), choice)
	assert clock(end) == "2026-03-08 03:30"
	assert not choice.is_quiet_at(end.time())


def test_quiet_hours_that_end_at_a_time_that_comes_twice_end_at_the_first():
	choice = Choice(LOS_ANGELES, quiet_from=time(22), quiet_until=time(1, 30))
	end = next_moment(at(LOS_ANGELES, "2026-10-31 23:00"), choice)
	assert (clock(end), end.fold) == ("2026-11-01 01:30", 0)


def test_within_the_hour_that_comes_again_they_end_at_the_second():
	choice = Choice(LOS_ANGELES, quiet_from=time(22), quiet_until=time(1, 30))
	now = at(LOS_ANGELES, "2026-11-01 01:10", fold=1)
	end = next_moment(now, choice)
	assert (clock(end), end.fold) == ("2026-11-01 01:30", 1)
	assert end.astimezone(UTC) - now.astimezone(UTC) == timedelta(minutes=20)


def test_on_days_off_nothing_comes_until_the_quiet_hours_of_the_next_working_day_are_over():
	choice = evenings(rests_on_days_off=True)
	friday_night = at(BERLIN, "2026-05-22 20:00")
	assert clock(next_moment(friday_night, choice, WEEKEND_OF_MAY)) == "2026-05-26 07:00"
	saturday_noon = at(BERLIN, "2026-05-23 12:00")
	assert clock(next_moment(saturday_noon, choice, WEEKEND_OF_MAY)) == "2026-05-26 07:00"


def test_without_a_holiday_list_the_weekend_is_off():
	choice = Choice(BERLIN, rests_on_days_off=True)
	assert clock(next_moment(at(BERLIN, "2026-05-09 12:00"), choice)) == "2026-05-11 00:00"


@pytest.mark.parametrize(
	("now", "then"),
	[
		("2026-05-05 07:59", "2026-05-05 08:00"),
		("2026-05-05 08:00", "2026-05-05 08:00"),
		("2026-05-05 08:01", "2026-05-06 08:00"),
		("2028-02-28 09:00", "2028-02-29 08:00"),
	],
)
def test_the_digest_comes_once_a_day_at_its_hour(now, then):
	assert clock(next_digest(at(BERLIN, now), Choice(BERLIN, daily_digest=True))) == then


def test_a_digest_in_quiet_hours_comes_when_they_are_over():
	choice = evenings(digest_at=time(6))
	assert clock(next_digest(at(BERLIN, "2026-05-05 05:00"), choice)) == "2026-05-05 07:00"


def test_no_digest_on_a_day_off():
	choice = Choice(BERLIN, digest_at=time(8), rests_on_days_off=True)
	assert clock(next_digest(at(BERLIN, "2026-05-22 12:00"), choice, WEEKEND_OF_MAY)) == "2026-05-26 08:00"


def test_a_digest_at_an_hour_the_clock_jumps_over_comes_all_the_same():
	choice = Choice(LOS_ANGELES, digest_at=time(2))
	assert clock(next_digest(at(LOS_ANGELES, "2026-03-07 12:00"), choice)) == "2026-03-08 03:00"


times = st.none() | st.times()
moments = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))
choices = st.builds(
	Choice,
	zone=st.sampled_from([LOS_ANGELES, BERLIN, KATHMANDU, ZoneInfo("Australia/Lord_Howe")]),
	digest_at=st.times(),
	quiet_from=times,
	quiet_until=times,
	rests_on_days_off=st.booleans(),
)


@given(now=moments, choice=choices)
def test_what_is_answered_is_not_past_not_quiet_and_the_same_when_asked_again(now, choice):
	for answer in (next_moment(now, choice), next_digest(now, choice)):
		assert answer.astimezone(UTC) >= now
		assert not choice.is_quiet_at(answer.time())
		assert next_moment(answer, choice) == answer
		assert answer.astimezone(UTC) - now <= timedelta(days=6)
