"""Dates of which only the month or the year is known.

Old partnerships are often remembered by a year alone ("sister cities since 1959"). Storing 1 January would
claim a day nobody knows, so the precision is kept beside the date and shown.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import total_ordering

from ..choices import StrEnum

# Not from the calendar module, whose names follow the machine's locale.
MONTHS = (
	"January",
	"February",
	"March",
	"April",
	"May",
	"June",
	"July",
	"August",
	"September",
	"October",
	"November",
	"December",
)
WRITTEN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


class PartialDateError(ValueError):
	"""Text that is not a date, month or year; the message is a sentence."""


class Precision(StrEnum):
	"""How much of a date is known."""

	DAY = "Day"
	MONTH = "Month"
	YEAR = "Year"


_FINENESS = {Precision.YEAR: 0, Precision.MONTH: 1, Precision.DAY: 2}


@total_ordering
@dataclass(frozen=True)
class PartialDate:
	"""A date known to the day, month or year; `value` is its first possible day.

	Sorted by that day, the vaguer first: 1959, then January 1959, then 1 January 1959.
	"""

	value: date
	precision: Precision = Precision.DAY

	def __post_init__(self) -> None:
		precision = Precision(self.precision)
		first = self.value
		if precision is not Precision.DAY:
			first = first.replace(day=1)
		if precision is Precision.YEAR:
			first = first.replace(month=1)
		object.__setattr__(self, "precision", precision)
		object.__setattr__(self, "value", first)

	def __lt__(self, other: object) -> bool:
		if not isinstance(other, PartialDate):
			return NotImplemented
		return (self.value, _FINENESS[self.precision]) < (other.value, _FINENESS[other.precision])

	def __str__(self) -> str:
		"""As it is written and read back: "1959-04-01", "1959-04" or "1959"."""
		return self.value.isoformat()[
			: {Precision.YEAR: 4, Precision.MONTH: 7, Precision.DAY: 10}[self.precision]
		]

	@property
	def earliest(self) -> date:
		"""The first day it may mean."""
		return self.value

	@property
	def latest(self) -> date:
		"""The last day it may mean."""
		if self.precision is Precision.YEAR:
			return self.value.replace(month=12, day=31)
		if self.precision is Precision.MONTH:
			return self.value.replace(day=monthrange(self.value.year, self.value.month)[1])
		return self.value

	def display(self) -> str:
		"""As people read it, in English: "1 April 1959", "April 1959" or "1959"."""
		year, month = str(self.value.year), MONTHS[self.value.month - 1]
		if self.precision is Precision.YEAR:
			return year
		if self.precision is Precision.MONTH:
			return f"{month} {year}"
		return f"{self.value.day} {month} {year}"


def parse_partial_date(text: str | None) -> PartialDate | None:
	"""Read "1959-04-01", "1959-04" or "1959"; None for nothing. Raises PartialDateError for anything else."""
	written = (text or "").strip()
	if not written:
		return None
	match = WRITTEN.fullmatch(written)
	if match:
		year, month, day = match.groups()
		precision = Precision.DAY if day else Precision.MONTH if month else Precision.YEAR
		try:
			return PartialDate(date(int(year), int(month or 1), int(day or 1)), precision)
		except ValueError as error:
			raise PartialDateError(f'"{written}" is not a day in the calendar.') from error
	raise PartialDateError(
		f'"{written[:40]}" is not a date; write it as 1959-04-01, or 1959-04 or 1959 when no more is known.'
	)
