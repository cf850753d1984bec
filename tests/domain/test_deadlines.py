from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from city_diplomacy.domain.calendar.deadlines import (
	DeadlineError,
	add_working_days,
	days_overdue,
	latest_start,
	subtract_working_days,
	working_days_between,
)


def day(number, month=11, year=2026):
	return date(year, month, number)


# November 2026: the 20th is a Friday, the 26th is Thanksgiving.
WEEKENDS = [day(1) + timedelta(days=week * 7 + offset) for week in range(9) for offset in (-1, 0)]
HOLIDAYS = frozenset([*WEEKENDS, day(11), day(26), day(27), day(25, 12)])


@pytest.mark.parametrize(
	("start", "days", "holidays", "expected"),
	[
		(day(20), 0, (), day(20)),
		(day(21), 0, (), day(23)),
		(day(20), 1, (), day(23)),
		(day(21), 1, (), day(23)),
		(day(22), 2, (), day(24)),
		(day(20), 5, (), day(27)),
		(day(20), 5, HOLIDAYS, day(1, 12)),
		(day(25), 1, HOLIDAYS, day(30)),
		(day(26), 0, HOLIDAYS, day(30)),
		(day(20), 1, [day(23)], day(21)),
		(datetime(2026, 11, 20, 17, 5), 1, HOLIDAYS, day(23)),
		(datetime(2026, 11, 26), 0, HOLIDAYS, day(30)),
	],
)
def test_adds_working_days(start, days, holidays, expected):
	assert add_working_days(start, days, holidays) == expected


@pytest.mark.parametrize(
	("end", "days", "holidays", "expected"),
	[
		(day(23), 0, (), day(23)),
		(day(22), 0, (), day(20)),
		(day(23), 1, (), day(20)),
		(day(22), 1, (), day(19)),
		(day(1, 12), 5, HOLIDAYS, day(20)),
	],
)
def test_subtracts_working_days(end, days, holidays, expected):
	assert subtract_working_days(end, days, holidays) == expected


@pytest.mark.parametrize(
	("start", "end", "holidays", "expected"),
	[
		(day(20), day(20), (), 0),
		(day(20), day(23), (), 1),
		(day(23), day(20), (), -1),
		(day(20), day(22), (), 0),
		(day(20), day(1, 12), HOLIDAYS, 5),
	],
)
def test_counts_the_working_days_between(start, end, holidays, expected):
	assert working_days_between(start, end, holidays) == expected


def test_a_weekend_is_not_overdue():
	assert [days_overdue(day(20), today, ()) for today in (day(19), day(20), day(22), day(23), day(24))] == [
		0,
		0,
		0,
		1,
		2,
	]


@pytest.mark.parametrize(
	("city", "needed_by", "stages", "expected"),
	[
		("composite: five days of clearance, three for the mayor", day(27), [5, 3], day(17)),
		("Portland: the council decides in 14 days after the mayor's 2", day(27), [2, 14], day(5)),
		("nothing to ask", day(28), [], day(27)),
	],
)
def test_plans_backwards(city, needed_by, stages, expected):
	assert latest_start(needed_by, stages, ()) == expected, city


def test_weekly_days_off_go_on_after_the_list_ends():
	year = [day(1, 1) + timedelta(days=offset) for offset in range(365)]
	fridays_and_saturdays = [one for one in year if one.weekday() in (4, 5)]
	assert add_working_days(day(31, 12), 1, fridays_and_saturdays) == day(3, 1, 2027)
	assert add_working_days(day(31, 12), 6, fridays_and_saturdays) == day(10, 1, 2027)


# Lists from Sunday the 1st of November on; the next Friday behind them is the one that is asked about.
FRIDAYS = [day(6) + timedelta(weeks=week) for week in range(8)]


@pytest.mark.parametrize(("listed", "is_weekly"), [(5, False), (6, True), (8, True)])
def test_a_weekday_off_in_three_of_four_weeks_of_the_list_is_off_every_week(listed, is_weekly):
	eight_weeks = [day(1), *FRIDAYS[:listed], day(27, 12)]
	thursday, friday = day(31, 12), day(1, 1, 2027)
	assert (add_working_days(thursday, 1, eight_weeks) != friday) is is_weekly


def test_a_day_listed_twice_is_one_day_off():
	"""Five Fridays of eight weeks, one of them a holiday as well, are no weekly day off."""
	eight_weeks = [day(1), *FRIDAYS[:5], FRIDAYS[0], day(27, 12)]
	assert add_working_days(day(31, 12), 1, eight_weeks) == day(1, 1, 2027)


@pytest.mark.parametrize(("last", "is_weekly"), [(day(26, 12), False), (day(27, 12), True)])
def test_a_list_of_less_than_eight_weeks_is_too_short_to_tell(last, is_weekly):
	listed = [day(1), *FRIDAYS, last]
	thursday, friday = day(31, 12), day(1, 1, 2027)
	assert (add_working_days(thursday, 1, listed) != friday) is is_weekly


def test_within_the_list_only_its_own_dates_are_off():
	without_one_friday = [one for one in [day(1), *FRIDAYS, day(27, 12)] if one != day(4, 12)]
	assert add_working_days(day(3, 12), 1, without_one_friday) == day(4, 12)


@pytest.mark.parametrize("count", [add_working_days, subtract_working_days])
def test_refuses_negative_days(count):
	with pytest.raises(DeadlineError, match="-1"):
		count(day(20), -1, ())
	with pytest.raises(DeadlineError, match="-1"):
		latest_start(day(20), [5, -1], ())


def test_the_calendar_ends():
	with pytest.raises(DeadlineError, match="outside"):
		add_working_days(date.max, 1, ())
	with pytest.raises(DeadlineError, match="outside"):
		subtract_working_days(date.min, 1, ())


days = st.dates(date(2024, 1, 1), date(2028, 12, 31))
counts = st.integers(0, 40)
calendars = st.sets(days, max_size=40) | st.just(HOLIDAYS) | st.just(set())


def is_off(one, holidays):
	return one in holidays if holidays else one.weekday() >= 5


@given(days, counts, calendars)
def test_a_due_date_never_falls_on_a_day_off(start, count, holidays):
	assert not is_off(add_working_days(start, count, holidays), holidays)
	assert not is_off(subtract_working_days(start, count, holidays), holidays)


@given(days, st.integers(1, 40), calendars)
def test_the_days_added_are_the_days_counted(start, count, holidays):
	assert working_days_between(start, add_working_days(start, count, holidays), holidays) == count


@given(days, counts, calendars)
def test_more_days_are_never_due_earlier(start, count, holidays):
	due = add_working_days(start, count, holidays)
	assert due >= start
	assert add_working_days(start, count + 1, holidays) >= due
	assert add_working_days(start + timedelta(days=1), count, holidays) >= due


@given(days, counts, calendars)
def test_the_latest_start_is_in_time_and_the_latest(end, count, holidays):
	start = subtract_working_days(end, count, holidays)
	assert add_working_days(start, count, holidays) <= end
	following = add_working_days(start, 1, holidays)
	assert add_working_days(following, count, holidays) > end


@given(days, st.lists(st.integers(0, 15), max_size=4), calendars)
def test_stages_one_after_the_other_end_in_time(needed_by, stages, holidays):
	done = latest_start(needed_by, stages, holidays)
	for length in stages:
		done = add_working_days(done, length, holidays)
	assert done <= needed_by


@given(days, days, calendars)
def test_counting_back_is_counting_negative(one, other, holidays):
	assert working_days_between(one, other, holidays) == -working_days_between(other, one, holidays)
	assert days_overdue(one, other, holidays) >= 0
