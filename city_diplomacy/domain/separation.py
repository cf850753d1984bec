"""Separation of duties: who may not answer for a seat, and why.

Whoever prepared a document does not clear it, neither himself nor through a delegate; whoever answers for an
absent colleague is judged by both names; and nobody fills two mandatory seats of one document. The same seat
asked again at a later stage is one seat.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import Enum


class Conflict(str, Enum):
	"""Why a person may not answer."""

	PREPARED = "prepared"
	FOR_ONE_WHO_PREPARED = "for one who prepared"
	FILLS_ANOTHER_SEAT = "fills another seat"

	def __str__(self) -> str:
		return self.value


@dataclass(frozen=True)
class Filled:
	"""A mandatory seat that has been answered for, by whom, and for whom if he acted for another."""

	seat: str
	person: str
	acting_for: str | None = None


@dataclass(frozen=True)
class Finding:
	"""A conflict, the person it is about, and the other seat where there is one."""

	conflict: Conflict
	person: str
	seat: str = ""


def why_not(
	person: str,
	seat: str,
	*,
	mandatory: bool,
	prepared: Collection[str],
	filled: Iterable[Filled] = (),
	acting_for: str | None = None,
) -> Finding | None:
	"""The first reason why `person` may not answer for `seat`; None when he may.

	`prepared` are the requester, the sponsor and everybody who wrote in the text; `filled` the mandatory
	seats of this round that have their answer.
	"""
	if person in prepared:
		return Finding(Conflict.PREPARED, person)
	if acting_for and acting_for in prepared:
		return Finding(Conflict.FOR_ONE_WHO_PREPARED, acting_for)
	if not mandatory:
		return None
	answering = {person, acting_for} - {None, ""}
	for other in filled:
		# Two offices of one absent person, answered by two delegates, are still one person's.
		if _differ(other.seat, seat) and answering & {other.person, other.acting_for}:
			shared = person if person in (other.person, other.acting_for) else str(acting_for)
			return Finding(Conflict.FILLS_ANOTHER_SEAT, shared, other.seat)
	return None


def _differ(first: str, second: str) -> bool:
	return first.strip().casefold() != second.strip().casefold()
