"""Community programmes: their states, places by group, what of the numbers is public, and words that name people."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..choices import StrEnum


class ProgrammeStatus(StrEnum):
	"""How far a programme is."""

	PLANNED = "Planned"
	OPEN = "Open"
	RUNNING = "Running"
	FINISHED = "Finished"
	CANCELLED = "Cancelled"


UNDER_WAY = (ProgrammeStatus.OPEN, ProgrammeStatus.RUNNING)

# Below this many people a group is not shown in public: somebody who knows the group could tell who they are.
SMALLEST_PUBLIC_GROUP = 10


@dataclass(frozen=True)
class Group:
	"""The places of one group: how many were offered, taken, and how many people completed the programme."""

	name: str
	offered: int = 0
	taken: int = 0
	completed: int = 0


def exceeds(group: Group) -> bool:
	"""Whether more people completed than had taken part; a negative number is another fault."""
	return group.completed > group.taken >= 0


def public_numbers(numbers: Sequence[int], total_is_public: bool = True) -> list[int | None]:
	"""The numbers of groups as they may be shown: None for one that is hidden.

	A group of a few is hidden. Where only one is, and the total is shown, what is missing to the total would tell its
	number; so the next smallest is hidden too. An empty group is nobody, and shown.
	"""
	hidden = {place for place, number in enumerate(numbers) if 0 < number < SMALLEST_PUBLIC_GROUP}
	if len(hidden) == 1 and total_is_public:
		others = [place for place in range(len(numbers)) if place not in hidden and numbers[place]]
		if others:
			hidden.add(min(others, key=lambda place: (numbers[place], place)))
	return [None if place in hidden else number for place, number in enumerate(numbers)]


def public_total(numbers: Sequence[int]) -> int | None:
	"""The total as it may be shown: None where it is itself a few, or tells the number of the one group there is."""
	total = sum(numbers)
	return None if 0 < total < SMALLEST_PUBLIC_GROUP else total


class Trace(StrEnum):
	"""What in words points to single people."""

	ADDRESS = "an e-mail address"
	PHONE = "a telephone number"
	BIRTH = "a date of birth"
	NAMES = "a list of names"


_ADDRESS = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")
_PHONE = re.compile(r"(?<![\d-])(?:\+|\()?\d[\d ()./-]{7,}\d(?!\d)")
_DAY = re.compile(r"\b(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d{2}|(?:19|20)\d{2}-\d{2}-\d{2})\b")
_BORN = re.compile(r"\b(?:born|birth|dob|d\.o\.b)\b", re.IGNORECASE)
_PARTS = re.compile(r"[\n;,•·|]+")
_NUMBERING = re.compile(r"^\W*\d{1,3}[.)]\s+")
_NAME = re.compile(r"[^\W\d_a-z][\w'’.-]*(?:\s+[^\W\d_a-z][\w'’.-]*){1,3}")
# In a text, a place or an office may be two capitalised words; a list of people is longer.
FEWEST_NAMES = 3


def trace_of_people(words: str, fewest_names: int = FEWEST_NAMES) -> Trace | None:
	"""What in words points to single people, who are not named in a programme's record; None for nothing.

	It finds what was pasted from a list, and no single name in a sentence: a person who reads is still needed.
	"""
	if _ADDRESS.search(words):
		return Trace.ADDRESS
	if _DAY.search(words) and _BORN.search(words):
		return Trace.BIRTH
	if any(sum(c.isdigit() for c in found) >= 9 for found in _PHONE.findall(_DAY.sub(" ", words))):
		return Trace.PHONE
	parts = [_NUMBERING.sub("", part.strip()).strip() for part in _PARTS.split(words)]
	names = sum(bool(_NAME.fullmatch(part)) for part in parts if part)
	return Trace.NAMES if names >= fewest_names else None
