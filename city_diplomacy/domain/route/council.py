"""What a council can do with a matter before it, and whether its record adds up.

A council decides as one body, in a meeting: members are counted in its vote, never asked one by one.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from ..choices import StrEnum


class Outcome(StrEnum):
	"""What the council did."""

	ADOPTED = "Adopted"
	ADOPTED_AS_AMENDED = "Adopted as Amended"
	REJECTED = "Rejected"
	CONTINUED = "Continued"
	REFERRED = "Referred to Committee"

	@property
	def adopts(self) -> bool:
		"""Whether the council said yes, to the text as it was or as amended."""
		return self in (Outcome.ADOPTED, Outcome.ADOPTED_AS_AMENDED)

	@property
	def decides(self) -> bool:
		"""Whether the matter is off the council's table; what is continued or referred comes back to it."""
		return self.adopts or self is Outcome.REJECTED


class Vote(StrEnum):
	"""How one member is entered in the minutes."""

	AYE = "Aye"
	NO = "No"
	ABSENT = "Absent"
	ABSTAIN = "Abstain"
	RECUSED = "Recused"


MAY_MOVE = frozenset({Vote.AYE, Vote.NO, Vote.ABSTAIN})
"""Who sat in the meeting and took part in this matter."""


@dataclass(frozen=True)
class Tally:
	"""The members counted by their votes."""

	ayes: int = 0
	noes: int = 0
	absent: int = 0
	abstained: int = 0
	recused: int = 0

	@property
	def carries(self) -> bool:
		"""Whether more members voted for it than against it."""
		return self.ayes > self.noes

	@property
	def is_empty(self) -> bool:
		return not (self.ayes or self.noes)


def tally(votes: Iterable[Vote]) -> Tally:
	"""The count of a list of votes."""
	counted = Counter(votes)
	return Tally(
		ayes=counted[Vote.AYE],
		noes=counted[Vote.NO],
		absent=counted[Vote.ABSENT],
		abstained=counted[Vote.ABSTAIN],
		recused=counted[Vote.RECUSED],
	)


def same_name(first: str, second: str) -> bool:
	"""Whether two names written into minutes are one member's: case and spaces do not make a difference."""
	return _plain(first) == _plain(second)


def named_twice(names: Sequence[str]) -> tuple[str, ...]:
	"""The names, as written later, that stand in a list of votes more than once."""
	seen: set[str] = set()
	twice = []
	for name in names:
		if _plain(name) in seen:
			twice.append(name)
		seen.add(_plain(name))
	return tuple(twice)


def may_move(member: str, votes: Collection[tuple[str, Vote]]) -> bool:
	"""Whether a member can have moved or seconded: among those who took part, where they are listed at all."""
	return not votes or any(same_name(member, name) and vote in MAY_MOVE for name, vote in votes)


def first_out_of_order(days: Sequence[tuple[str, date | None]]) -> tuple[str, str] | None:
	"""Of days that must follow each other, the labels of the first two that do not; days not known are left out.

	Two things may happen on the same day.
	"""
	known = [(label, day) for label, day in days if day]
	for (earlier, before), (later, after) in pairwise(known):
		if after < before:
			return earlier, later
	return None


def _plain(name: str) -> str:
	return " ".join(name.split()).casefold()
