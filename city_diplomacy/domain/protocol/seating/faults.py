"""What a plan breaks: who sits beside whom against the rules, and who does not sit where their work is."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...choices import StrEnum
from ...sentences import _
from .model import Guest, Reason, Seat, Table, Wishes
from .order import ranked
from .tables import beside, places


class FaultKind(StrEnum):
	"""What is broken, the gravest first."""

	APART = "apart"
	COMPANION = "companion"
	INTERPRETER = "interpreter"
	SIDES = "sides"
	PRECEDENCE = "precedence"


GRAVE = (FaultKind.APART, FaultKind.COMPANION, FaultKind.INTERPRETER)
SENTENCES = {
	FaultKind.APART: _("{first} sits beside {second}, from whom they are to be kept apart."),
	FaultKind.COMPANION: _("{first} sits beside {second}, whom they accompany."),
	FaultKind.INTERPRETER: _("{first} does not sit beside {second}, for whom they interpret."),
	FaultKind.SIDES: _("{first} sits beside {second}, who is of the same side."),
	FaultKind.PRECEDENCE: _(
		"{first} sits nearer to the head of the table than {second}, who stands before them."
	),
}


@dataclass(frozen=True)
class Fault:
	"""One thing a plan breaks, about two guests by their keys."""

	kind: FaultKind
	first: str
	second: str

	@property
	def reason(self) -> Reason:
		return Reason(SENTENCES[self.kind], people={"first": self.first, "second": self.second})


def faults(
	guests: Iterable[Guest], tables: Sequence[Table], seats: Mapping[str, Seat], wishes: Wishes
) -> list[Fault]:
	"""Everything a plan breaks, the gravest first."""
	order = [guest for guest in ranked(guests) if guest.key in seats]
	by_key = {guest.key: guest for guest in order}
	sitting = {seat: by_key[key] for key, seat in seats.items() if key in by_key}
	found = [*_of_neighbours(tables, sitting, wishes), *_of_interpreters(order, tables, seats)]
	found += _of_precedence(order, tables, seats)
	kinds = tuple(FaultKind)
	return sorted(set(found), key=lambda fault: (kinds.index(fault.kind), fault.first, fault.second))


def between(one: Guest, other: Guest, wishes: Wishes) -> FaultKind | None:
	"""Why two guests should not sit beside each other; None where they may."""
	if frozenset((one.key, other.key)) in wishes.apart:
		return FaultKind.APART
	if one.accompanies == other.key or other.accompanies == one.key:
		return FaultKind.COMPANION
	works_here = one.interprets_for == other.key or other.interprets_for == one.key
	if wishes.alternate and one.side == other.side and not works_here:
		# Interpreters are where their work is, whatever side they are of.
		return None if one.interprets_for or other.interprets_for else FaultKind.SIDES
	return None


def _of_neighbours(tables: Sequence[Table], sitting: Mapping[Seat, Guest], wishes: Wishes) -> Iterator[Fault]:
	for seat, guest in sitting.items():
		for number in beside(tables[seat.table], seat.number):
			other = sitting.get(Seat(seat.table, number))
			if other is None or other.key < guest.key:
				continue
			kind = between(guest, other, wishes)
			if kind == FaultKind.COMPANION and other.accompanies == guest.key:
				yield Fault(kind, other.key, guest.key)
			elif kind:
				yield Fault(kind, guest.key, other.key)


def _of_interpreters(
	order: Iterable[Guest], tables: Sequence[Table], seats: Mapping[str, Seat]
) -> Iterator[Fault]:
	for guest in order:
		served = seats.get(guest.interprets_for)
		if served and not are_beside(tables, seats[guest.key], served):
			yield Fault(FaultKind.INTERPRETER, guest.key, guest.interprets_for)


def are_beside(tables: Sequence[Table], one: Seat, other: Seat) -> bool:
	return one.table == other.table and other.number in beside(tables[one.table], one.number)


def _of_precedence(
	order: Sequence[Guest], tables: Sequence[Table], seats: Mapping[str, Seat]
) -> Iterator[Fault]:
	"""At one table and of one side, each who sits nearer to the head than the one right before them in the order."""
	nearness = {
		Seat(index, place.number): (place.distance, position)
		for index, table in enumerate(tables)
		for position, place in enumerate(places(table))
	}
	before: dict[tuple[int, str], Guest] = {}
	for guest in order:
		if guest.interprets_for in seats or guest.is_host:
			continue
		group = (seats[guest.key].table, str(guest.side))
		earlier = before.get(group)
		if earlier and nearness[seats[guest.key]] < nearness[seats[earlier.key]]:
			yield Fault(FaultKind.PRECEDENCE, guest.key, earlier.key)
		before[group] = guest
