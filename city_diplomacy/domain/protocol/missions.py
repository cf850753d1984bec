"""A trade mission: which meetings its companies want, and how many of them were held."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .visits import name_key


@dataclass(frozen=True)
class WantedMeeting:
	"""A meeting a company wants, and the day it was held, if it was."""

	company: str
	other: str
	met_on: date | None = None


def first_repeated(meetings: Iterable[WantedMeeting]) -> WantedMeeting | None:
	"""The first meeting that is wanted twice by the same company, however the names are written."""
	seen: set[tuple[str, str]] = set()
	for meeting in meetings:
		key = (name_key(meeting.company), name_key(meeting.other))
		if key in seen:
			return meeting
		seen.add(key)
	return None


def counted(meetings: Iterable[WantedMeeting]) -> tuple[int, int, int]:
	"""How many companies there are, how many meetings they want, and how many were held."""
	listed = list(meetings)
	companies = {name_key(meeting.company) for meeting in listed}
	return len(companies), len(listed), sum(meeting.met_on is not None for meeting in listed)
