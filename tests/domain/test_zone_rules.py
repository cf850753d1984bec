"""When the clocks of a city change, second by second as the tables of time zones have it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from city_diplomacy.domain.calendar.zone_rules import Observance, observances

HOUR = timedelta(hours=1)
ZONES = (
	"America/New_York",
	"Europe/Berlin",
	"Asia/Tokyo",
	"Australia/Lord_Howe",
	"Africa/Casablanca",
	"Asia/Kathmandu",
)
IN_2027 = datetime(2027, 5, 1)


def test_the_clocks_of_new_york_change_twice_a_year():
	start, spring, autumn = observances("America/New_York", IN_2027, IN_2027)
	assert (start.before, start.after, start.name) == (-5 * HOUR, -5 * HOUR, "EST")
	assert spring == Observance(datetime(2027, 3, 14, 2), -5 * HOUR, -4 * HOUR, "EDT", True)
	assert autumn == Observance(datetime(2027, 11, 7, 2), -4 * HOUR, -5 * HOUR, "EST", False)


def test_the_clocks_of_tokyo_never_do():
	(only,) = observances("Asia/Tokyo", IN_2027, datetime(2030, 1, 1))
	assert (only.after, only.name, only.is_summer) == (9 * HOUR, "JST", False)


def test_a_change_of_half_an_hour_is_found():
	changes = observances("Australia/Lord_Howe", IN_2027, IN_2027)[1:]
	assert {abs(one.after - one.before) for one in changes} == {HOUR / 2}


@given(
	st.sampled_from(ZONES),
	st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2034, 12, 31)),
)
def test_the_last_observance_before_a_moment_says_how_its_clocks_are(zone, moment):
	found = observances(zone, moment, moment)
	utc = moment.replace(tzinfo=ZoneInfo("UTC"))
	begun = [one for one in found if one.begins - one.before <= moment]
	assert begun[-1].after == utc.astimezone(ZoneInfo(zone)).utcoffset()


@pytest.mark.parametrize("zone", ZONES)
def test_each_follows_from_the_one_before(zone):
	found = observances(zone, IN_2027, datetime(2029, 1, 1))
	assert [one.before for one in found[1:]] == [one.after for one in found[:-1]]
	assert [one.begins for one in found] == sorted(one.begins for one in found)
