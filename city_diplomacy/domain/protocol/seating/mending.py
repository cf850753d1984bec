"""Changing seats where, after all are seated, two sit beside each other who should not.

Seats are exchanged one pair at a time, the exchange that mends the most and upsets the order the least first, until
nothing grave is left or no exchange helps. Each exchange leaves fewer grave faults, so that it comes to an end.
"""

from collections.abc import Iterable, Iterator, Sequence

from . import reasons
from .faults import GRAVE, Fault, FaultKind, are_beside, between
from .model import Guest, Reason, Seat, Table, Wishes
from .tables import beside

Cost = tuple[int, int, int, int]


def mend(
	order: Sequence[Guest], tables: Sequence[Table], seats: dict[str, Seat], wishes: Wishes
) -> Iterator[tuple[str, Reason]]:
	"""Exchange seats in `seats` where it helps; yields each guest who was moved, with why."""
	mending = _Mending(order, tables, seats, wishes)
	while exchange := next(filter(None, map(mending.best_for, mending.broken())), None):
		fault, key, target = exchange
		other = mending.held.get(target)
		mending.exchange(key, target)
		for moved in filter(None, (key, other)):
			yield moved, reasons.changed_seats(fault.kind, fault.first, fault.second)


class _Mending:
	def __init__(
		self, order: Sequence[Guest], tables: Sequence[Table], seats: dict[str, Seat], wishes: Wishes
	):
		self.tables, self.seats, self.wishes = tables, seats, wishes
		self.by_key = {guest.key: guest for guest in order}
		self.position = {guest.key: number for number, guest in enumerate(order)}
		self.held = {seat: key for key, seat in seats.items()}
		self.served = {guest.interprets_for for guest in order if guest.interprets_for in self.by_key}
		self.all_seats = [
			Seat(index, number) for index, table in enumerate(tables) for number in range(1, table.seats + 1)
		]

	def broken(self) -> list[Fault]:
		"""The grave faults of the plan, in the order of the guests."""
		found = {fault for fault in self._faults_of(self.seats) if fault.kind in GRAVE}
		return sorted(found, key=lambda one: (self.position[one.first], self.position[one.second], one.kind))

	def best_for(self, fault: Fault) -> tuple[Fault, str, Seat] | None:
		"""The guest of a fault and the seat whose exchange lessens what is broken; None where none does."""
		found = [
			(cost, self.position[key], target, key)
			for key in (fault.first, fault.second)
			if self._may_move(key, fault)
			for target in self.all_seats
			if target != self.seats[key] and (target not in self.held or self._may_move(self.held[target]))
			if (cost := self._cost(key, target))[0] < 0
		]
		if not found:
			return None
		_cost, _position, target, key = min(found)
		return fault, key, target

	def exchange(self, key: str, target: Seat) -> None:
		"""Put a guest on a seat and whoever sat there on the guest's own."""
		source, other = self.seats[key], self.held.get(target)
		self.seats[key], self.held[target] = target, key
		if other:
			self.seats[other], self.held[source] = source, other
		else:
			del self.held[source]

	def _may_move(self, key: str, fault: Fault | None = None) -> bool:
		"""Whoever is placed by hand stays, as do the host and those with an interpreter beside them."""
		has_none_beside = fault is not None and fault.kind == FaultKind.INTERPRETER and key == fault.second
		is_free = key not in self.wishes.fixed and not self.by_key[key].is_host
		return is_free and (has_none_beside or key not in self.served)

	def _cost(self, key: str, target: Seat) -> Cost:
		"""What an exchange adds: grave faults, light ones, changes of table, and how far apart the two stand."""
		source, other = self.seats[key], self.held.get(target)
		before = self._weight(source, target)
		self.exchange(key, target)
		after = self._weight(source, target)
		self.exchange(key, source)
		far = abs(self.position[key] - self.position[other]) if other else len(self.position)
		return after[0] - before[0], after[1] - before[1], int(source.table != target.table), far

	def _weight(self, *seats: Seat) -> tuple[int, int]:
		"""Grave and light faults of whoever sits on some seats or beside them."""
		around = {*seats, *(one for seat in seats for one in self._beside(seat))}
		found = set(self._faults_of(self.held[seat] for seat in around if seat in self.held))
		grave = sum(fault.kind in GRAVE for fault in found)
		return grave, len(found) - grave

	def _beside(self, seat: Seat) -> Iterator[Seat]:
		for number in beside(self.tables[seat.table], seat.number):
			yield Seat(seat.table, number)

	def _faults_of(self, keys: Iterable[str]) -> Iterator[Fault]:
		for key in keys:
			guest, seat = self.by_key[key], self.seats[key]
			served = self.seats.get(guest.interprets_for)
			if served and not are_beside(self.tables, seat, served):
				yield Fault(FaultKind.INTERPRETER, key, guest.interprets_for)
			for neighbour in filter(None, map(self.held.get, self._beside(seat))):
				kind = between(guest, self.by_key[neighbour], self.wishes)
				first, second = sorted((key, neighbour))
				if kind == FaultKind.COMPANION and self.by_key[second].accompanies == first:
					first, second = second, first
				if kind:
					yield Fault(kind, first, second)
