"""Separation of duties: who may not answer for a seat, and why.

Whoever prepared a document does not clear it, neither in person nor through a delegate; whoever answers for an
absent colleague is judged by both names; and nobody fills two mandatory seats of one document. The same seat
asked again at a later stage is one seat.

Whoever records an answer that came by letter is held to the same: they did not prepare the document, and they do
not answer in person for another mandatory seat of it, before or afterwards. One neutral person may record the
letters of several seats, which is how an office of two works.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from ..choices import StrEnum


class Conflict(StrEnum):
	"""Why a person may not answer."""

	PREPARED = "prepared"
	FOR_ONE_WHO_PREPARED = "for one who prepared"
	FILLS_ANOTHER_SEAT = "fills another seat"
	RECORDED_ANOTHER_SEAT = "recorded another seat"


@dataclass(frozen=True)
class Filled:
	"""A mandatory seat that has been answered for, by whom, and for whom if they acted for another.

	Of an answer that came by letter, `person` is whose it is, None where that is nobody with an account, and
	`recorder` who entered it.
	"""

	seat: str
	person: str | None
	acting_for: str | None = None
	recorder: str | None = None


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
	recording: bool = False,
) -> Finding | None:
	"""The first reason why `person` may not answer for `seat`, or record its answer; None when they may.

	`prepared` are the requester, the sponsor and everybody who wrote in the text; `filled` the mandatory
	seats of this round that have their answer. When `recording`, `acting_for` is whose letter it is.
	"""
	if person in prepared:
		return Finding(Conflict.PREPARED, person)
	if acting_for and acting_for in prepared:
		return Finding(Conflict.FOR_ONE_WHO_PREPARED, acting_for)
	if not mandatory:
		return None
	for other in filled:
		if not _differ(other.seat, seat):
			continue
		# Two offices of one absent person, answered by two delegates, are still one person's.
		answered = {other.person, other.acting_for} - {None, ""}
		for one in (person, acting_for):
			if one in answered:
				return Finding(Conflict.FILLS_ANOTHER_SEAT, str(one), other.seat)
		if not recording and person == other.recorder:
			return Finding(Conflict.RECORDED_ANOTHER_SEAT, person, other.seat)
	return None


def _differ(first: str, second: str) -> bool:
	return first.strip().casefold() != second.strip().casefold()
