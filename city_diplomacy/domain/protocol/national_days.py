"""National days: a day of a month, in every year."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from ..choices import StrEnum

LEAP_YEAR = 2000


class Month(StrEnum):
	"""The months by name, as they are chosen."""

	JANUARY = "January"
	FEBRUARY = "February"
	MARCH = "March"
	APRIL = "April"
	MAY = "May"
	JUNE = "June"
	JULY = "July"
	AUGUST = "August"
	SEPTEMBER = "September"
	OCTOBER = "October"
	NOVEMBER = "November"
	DECEMBER = "December"


MONTHS = tuple(Month)


def longest(month: Month) -> int:
	"""How many days a month has at most."""
	return monthrange(LEAP_YEAR, MONTHS.index(month) + 1)[1]


def days_between(month: Month, day: int, first: date, last: date) -> Iterator[date]:
	"""The national days from `first` to `last`; where a year has no 29 February, the 28th."""
	number = MONTHS.index(month) + 1
	for year in range(first.year, last.year + 1):
		found = date(year, number, min(day, monthrange(year, number)[1]))
		if first <= found <= last:
			yield found


def next_after(month: Month, day: int, today: date) -> date:
	"""The next national day, today's included."""
	return next(days_between(month, day, today, date(today.year + 1, 12, 31)))
