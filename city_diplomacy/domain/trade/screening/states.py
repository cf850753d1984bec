"""The states of lists, screenings and runs, and what a screening comes to by the decisions about its candidates."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ...choices import StrEnum

LONGEST_ELSEWHERE = timedelta(days=366)


class ImportStatus(StrEnum):
	"""How the last import of a list went."""

	NOT_IMPORTED = "Not Imported"
	WAITING = "Waiting"
	IMPORTED = "Imported"
	FAILED = "Failed"


class ScreeningState(StrEnum):
	"""What a screening came to."""

	NO_CANDIDATE = "No Candidate"
	TO_BE_DECIDED = "To Be Decided"
	CLEARED = "Cleared"
	ESCALATED = "Escalated"
	TRUE_MATCH = "True Match"


PASSED = (ScreeningState.NO_CANDIDATE, ScreeningState.CLEARED)
OPEN = (ScreeningState.TO_BE_DECIDED, ScreeningState.ESCALATED)
STOPS = (*OPEN, ScreeningState.TRUE_MATCH)


class Verdict(StrEnum):
	"""What a person decides of one candidate."""

	FALSE_MATCH = "False Match"
	TRUE_MATCH = "True Match"
	ESCALATE = "Escalate"


BINDING = (Verdict.TRUE_MATCH, Verdict.ESCALATE)
"""Holds of a record and an entry until a manager decides otherwise, whatever else is said of the two."""


class Method(StrEnum):
	"""How a party was screened."""

	AGAINST_LISTS = "Against Our Lists"
	ELSEWHERE = "Elsewhere"


class RunStatus(StrEnum):
	"""How far a run over everybody who was screened has got."""

	QUEUED = "Queued"
	RUNNING = "Running"
	FINISHED = "Finished"
	FAILED = "Failed"


LIVE = (RunStatus.QUEUED, RunStatus.RUNNING)


class Kind(StrEnum):
	"""What a party is; empty where nobody says."""

	PERSON = "Person"
	ORGANISATION = "Organisation"
	VESSEL = "Vessel"
	AIRCRAFT = "Aircraft"


@dataclass(frozen=True)
class ListVersion:
	"""A version of a list, with the moment from which nothing is decided by it any more."""

	name: str
	version: str
	imported_on: datetime
	stale_on: datetime


def state_of(verdicts: Iterable[str]) -> ScreeningState:
	"""What a screening comes to; a verdict is empty while a candidate is undecided."""
	found = list(verdicts)
	if not found:
		return ScreeningState.NO_CANDIDATE
	if Verdict.TRUE_MATCH in found:
		return ScreeningState.TRUE_MATCH
	if Verdict.ESCALATE in found:
		return ScreeningState.ESCALATED
	return ScreeningState.CLEARED if all(found) else ScreeningState.TO_BE_DECIDED


def may_decide(verdict: str, is_manager: bool) -> bool:
	"""Whether somebody may decide about a candidate: the office once, what is escalated or decided its manager alone."""
	return is_manager or not verdict


def is_current(screened: Collection[tuple[str, str]], lists: Collection[ListVersion], now: datetime) -> bool:
	"""Whether a screening against `screened`, (list, version), covers every list in force, none of them stale."""
	return bool(lists) and not newer(screened, lists) and not stale(lists, now)


def newer(screened: Collection[tuple[str, str]], lists: Iterable[ListVersion]) -> list[str]:
	"""The lists in force that a screening against `screened`, (list, version), was not made against as they are now."""
	return [one.name for one in lists if (one.name, one.version) not in screened]


def stale(lists: Iterable[ListVersion], now: datetime) -> list[str]:
	"""The lists by which nothing is decided until they are imported again."""
	return [one.name for one in lists if now >= one.stale_on]


def is_too_long(done_on: date, valid_until: date) -> bool:
	"""Whether a screening elsewhere is to be good for longer than a year."""
	return valid_until - done_on > LONGEST_ELSEWHERE
