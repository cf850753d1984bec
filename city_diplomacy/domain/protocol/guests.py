"""Guest lists: how far a list is, how a guest has answered, and who may be asked until when."""

from collections.abc import Iterable
from datetime import date

from ..choices import StrEnum


class ListStatus(StrEnum):
	"""How far a guest list is."""

	PREPARING = "Preparing"
	INVITING = "Inviting"
	CLOSED = "Closed"
	HELD = "Held"
	CANCELLED = "Cancelled"


class Rsvp(StrEnum):
	"""What is known of whether a guest comes, and afterwards of whether they came."""

	NOT_ASKED = "Not asked"
	INVITED = "Invited"
	ACCEPTED = "Accepted"
	DECLINED = "Declined"
	ATTENDED = "Attended"
	ABSENT = "Absent"


class GuestSide(StrEnum):
	"""To whom a guest belongs."""

	VISITING = "Visiting"
	HOST = "Host"


class PrecedenceClass(StrEnum):
	"""The classes a city ranks guests by, the first before the second and so on.

	Heads of consular missions stand in the order of precedence of the corps among themselves.
	"""

	STATE = "Head of state or government"
	MINISTER = "Minister or ambassador"
	GOVERNOR = "Governor"
	MAYOR = "Mayor"
	CONSUL = "Head of a consular mission"
	LEGISLATOR = "Member of a legislature or council"
	OFFICIAL = "Senior official"
	ORGANISATION = "Head of an organisation"
	GUEST = "Guest"


# What can only be known once the day has come.
KNOWN_AFTERWARDS = (Rsvp.ATTENDED, Rsvp.ABSENT)
# Whoever does not come has no seat.
NOT_COMING = (Rsvp.DECLINED, Rsvp.ABSENT)
# Of whom an answer is still to be had.
OPEN = (Rsvp.NOT_ASKED, Rsvp.INVITED)
SEATED = tuple(state for state in Rsvp if state not in NOT_COMING)


class NotAsked(StrEnum):
	"""Why a guest is not asked whether they come."""

	LIST = "list"
	DAY = "day"
	ANSWER_BY = "answer by"
	OVER = "over"


def why_not_asked(
	status: str, event_day: date | None, answer_by: date | None, rsvp: str, today: date
) -> NotAsked | None:
	"""Why a guest cannot be asked on a day; None where they can.

	Whoever has answered may be asked again while there is time: plans change.
	"""
	if status != ListStatus.INVITING:
		return NotAsked.LIST
	if answer_by and today > answer_by:
		return NotAsked.ANSWER_BY
	if event_day and today > event_day:
		return NotAsked.DAY
	if rsvp in KNOWN_AFTERWARDS:
		return NotAsked.OVER
	return None


def is_too_early(state: str, event_day: date | None, today: date) -> bool:
	"""Whether a state of a list or guest tells of a day that has not come yet."""
	return bool(event_day and event_day > today) and state in (ListStatus.HELD, *KNOWN_AFTERWARDS)


def repeated(labels: Iterable[str]) -> str:
	"""The first of some labels that stands there twice, however its letters are written; empty where none does."""
	seen: set[str] = set()
	for label in labels:
		folded = label.casefold()
		if folded in seen:
			return label
		seen.add(folded)
	return ""
