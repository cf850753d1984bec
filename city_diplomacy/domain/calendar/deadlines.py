"""Working days: when an answer is due, how late it is, and when a route must start to be done in time.

Days are counted as courts count them (for instance rule 6(a) of the US Federal Rules of Civil Procedure):
the day of the event is not counted, and a due date never falls on a day off. The days off are the dates of
a Holiday List, which holds the weekly days off as well; without any, Saturdays and Sundays are off. A list
ends with its year, so a deadline that runs past its last date keeps the weekly days off the list shows.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime, timedelta
from functools import cached_property

ONE_DAY = timedelta(days=1)
SATURDAY = 5
SHORTEST_LIST_IN_WEEKS = 8


class DeadlineError(ValueError):
	"""A deadline that cannot be counted; the message is a sentence."""


def add_working_days(start: date, days: int, holidays: Collection[date]) -> date:
	"""The day on which `days` working days after `start` have been counted; never a day off.

	With 0 days, `start` itself or the next working day. Raises DeadlineError for a negative count or when
	the calendar ends.
	"""
	return _move(start, days, holidays, ONE_DAY)


def subtract_working_days(end: date, days: int, holidays: Collection[date]) -> date:
	"""The latest working day from which `days` working days end on or before `end`; never a day off.

	With 0 days, `end` itself or the working day before it. Raises DeadlineError as `add_working_days`.
	"""
	last_working_day = _move(end, 0, holidays, -ONE_DAY)
	return _move(last_working_day, days, holidays, -ONE_DAY)


def working_days_between(start: date, end: date, holidays: Collection[date]) -> int:
	"""Working days after `start`, up to and including `end`; negative when `end` is the earlier one."""
	start, end = _plain(start), _plain(end)
	if end < start:
		return -working_days_between(end, start, holidays)
	off = _DaysOff(holidays)
	days = range(start.toordinal() + 1, end.toordinal() + 1)
	return sum(1 for ordinal in days if date.fromordinal(ordinal) not in off)


def days_overdue(due: date, today: date, holidays: Collection[date]) -> int:
	"""Working days that passed since `due`; 0 on the day itself and before it."""
	return max(0, working_days_between(due, today, holidays))


def latest_start(needed_by: date, stage_days: Sequence[int], holidays: Collection[date]) -> date:
	"""The last working day on which stages asked one after the other can begin and be done by `needed_by`.

	`stage_days` holds the working days of each stage; seats asked at the same time are one stage, with the
	longest of their times.
	"""
	for days in stage_days:
		_refuse_negative(days)
	return subtract_working_days(needed_by, sum(stage_days), holidays)


class _DaysOff:
	"""The days off, with the weekly ones carried on after the end of the list."""

	def __init__(self, holidays: Collection[date]):
		self.dates: AbstractSet[date] = holidays if isinstance(holidays, AbstractSet) else frozenset(holidays)
		self.last = max(self.dates, default=date.min)

	def __contains__(self, day: date) -> bool:
		if not self.dates:
			return day.weekday() >= SATURDAY
		return day in self.dates or (day > self.last and day.weekday() in self.weekly)

	@cached_property
	def weekly(self) -> frozenset[int]:
		"""Weekdays off in at least three of four weeks of the list; none when it is too short to tell."""
		weeks = (self.last - min(self.dates)).days / 7
		if weeks < SHORTEST_LIST_IN_WEEKS:
			return frozenset()
		listed = Counter(day.weekday() for day in self.dates)
		return frozenset(weekday for weekday, times in listed.items() if times >= weeks * 3 / 4)


def _move(start: date, days: int, holidays: Collection[date], step: timedelta) -> date:
	_refuse_negative(days)
	off = _DaysOff(holidays)
	day = _plain(start)
	try:
		for _count in range(days):
			day = _first_working_day(day + step, off, step)
		return _first_working_day(day, off, step)
	except OverflowError as error:
		raise DeadlineError(f"{days} working days from {start} lie outside the calendar.") from error


def _first_working_day(day: date, off: _DaysOff, step: timedelta) -> date:
	while day in off:
		day += step
	return day


def _plain(day: date) -> date:
	"""A datetime is never equal to a date, so it would slip past the days off."""
	return day.date() if isinstance(day, datetime) else day


def _refuse_negative(days: int) -> None:
	if days < 0:
		raise DeadlineError(f"Working days are counted from 0 upwards, not {days}.")
