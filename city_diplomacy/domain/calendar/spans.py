"""From when until when something lasts: both ends are included, and an end that is left open limits nothing."""

from datetime import date, datetime
from typing import TypeVar

# Two days or two moments; a day and a moment are not compared.
When = TypeVar("When", date, datetime)


def ends_before_it_begins(begins: When | None, ends: When | None) -> bool:
	"""Whether the end lies before the beginning, so that nothing lies between them."""
	return begins is not None and ends is not None and ends < begins
