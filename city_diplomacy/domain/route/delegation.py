"""Acting for another: who may answer in whose place on a given day.

A delegation is dated (both days included), may be limited to a kind of document or a department, and ends by
itself. Delegations chain (whoever acts for B may be away as well), but never further than a few steps and
never in a circle. Nothing here looks at the clock; pass the day.
"""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from ..choices import StrEnum

LONGEST_CHAIN = 3
"""Steps from the person asked to the person who answers; a longer chain is nobody's responsibility."""


class DelegationStatus(StrEnum):
	"""Whether a delegation holds on its days."""

	ACTIVE = "Active"
	REVOKED = "Revoked"


@dataclass(frozen=True)
class Delegation:
	"""`delegate` answers for `delegator` from `starts` to `ends`, both included; None limits nothing."""

	delegator: str
	delegate: str
	starts: date
	ends: date
	document_type: str | None = None
	department: str | None = None
	arranged_by: str | None = None
	"""Who entered it; None for the delegator."""
	name: str = ""

	def serves(self, person: str) -> bool:
		"""Whether `person` may answer under it: nobody does under what they arranged for somebody else."""
		return self.arranged_by != person or self.arranged_by == self.delegator

	def holds_on(self, day: date, document_type: str | None = None, department: str | None = None) -> bool:
		"""Whether it covers a question about such a document, put to such a department, on that day."""
		return (
			self.starts <= day <= self.ends
			and self.document_type in (None, document_type)
			and self.department in (None, department)
		)

	def overlaps(self, other: "Delegation") -> bool:
		"""Whether there is a day and a matter on which both hold."""
		return (
			self.starts <= other.ends
			and other.starts <= self.ends
			and _meet(self.document_type, other.document_type)
			and _meet(self.department, other.department)
		)


def delegates_of(
	person: str,
	delegations: Iterable[Delegation],
	day: date,
	document_type: str | None = None,
	department: str | None = None,
) -> dict[str, tuple[str, ...]]:
	"""Everybody who may answer for `person`, each with the chain from the person to them, the shortest one.

	The chain begins with `person` and ends with the delegate.
	"""
	holding = [one for one in delegations if one.holds_on(day, document_type, department)]
	reached = _reached(person, [(one.delegator, one.delegate) for one in holding])
	chains = {
		delegate: principals_of(delegate, holding, day, document_type, department) for delegate in reached
	}
	return {delegate: found[person] for delegate, found in chains.items() if person in found}


def principals_of(
	person: str,
	delegations: Iterable[Delegation],
	day: date,
	document_type: str | None = None,
	department: str | None = None,
) -> dict[str, tuple[str, ...]]:
	"""Everybody for whom `person` may answer, each with the chain from that one to the person.

	What `person` arranged for somebody else is no link of it, directly or further up.
	"""
	holding = [
		one for one in delegations if one.holds_on(day, document_type, department) and one.serves(person)
	]
	chains = _reached(person, [(one.delegate, one.delegator) for one in holding])
	return {principal: tuple(reversed(chain)) for principal, chain in chains.items()}


def links_of(chain: Sequence[str], delegations: Sequence[Delegation]) -> tuple[str, ...]:
	"""The names of the delegations a chain is made of, in its order; of several alike, the first."""
	return tuple(
		next(one.name for one in delegations if (one.delegator, one.delegate) == step)
		for step in pairwise(chain)
	)


def closes_a_circle(new: Delegation, others: Sequence[Delegation]) -> tuple[str, ...]:
	"""The circle a new delegation would close with those that hold at the same time, or () when none.

	The answer starts and ends with the delegator. Chains of any length count: a circle is wrong even where it
	is too long to be followed.
	"""
	steps = [(one.delegator, one.delegate) for one in others if one.overlaps(new)]
	if new.delegator == new.delegate:
		return (new.delegator, new.delegate)
	back = _reached(new.delegate, steps, longest=len(steps)).get(new.delegator)
	return (new.delegator, *back) if back else ()


def _reached(
	start: str, steps: Sequence[tuple[str, str]], longest: int = LONGEST_CHAIN
) -> dict[str, tuple[str, ...]]:
	"""Breadth first, so that the chain kept for each person is a shortest one."""
	chains: dict[str, tuple[str, ...]] = {start: (start,)}
	waiting = deque([start])
	while waiting:
		person = waiting.popleft()
		if len(chains[person]) > longest:
			continue
		for giver, taker in steps:
			if giver == person and taker not in chains:
				chains[taker] = (*chains[person], taker)
				waiting.append(taker)
	del chains[start]
	return chains


def _meet(first: str | None, second: str | None) -> bool:
	return first is None or second is None or first == second
