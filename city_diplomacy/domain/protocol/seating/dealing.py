"""Which table each guest sits at: a host for each, then the guests in their order, each table in turn."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from ..guests import GuestSide
from .model import Guest, Seat, Table, Wishes
from .tables import heads


@dataclass(frozen=True)
class Dealt:
	"""Who hosts which table, and who sits at each."""

	hosts: Mapping[int, str]
	tables: Sequence[Set[str]]


def deal(order: Sequence[Guest], tables: Sequence[Table], wishes: Wishes) -> Dealt:
	"""Tables for guests in their order, as far as there are seats.

	An interpreter sits at the table of whom they serve. The first of each side are at different tables, so that every
	host has guests of rank.
	"""
	dealing = _Dealing(order, tables, wishes)
	dealing.keep_fixed()
	dealing.choose_hosts()
	dealing.deal_out()
	return Dealt(dealing.hosts, dealing.at)


class _Dealing:
	def __init__(self, order: Sequence[Guest], tables: Sequence[Table], wishes: Wishes):
		self.order, self.tables = order, tables
		self.by_key = {guest.key: guest for guest in order}
		self.fixed = {key: seat for key, seat in wishes.fixed.items() if key in self.by_key}
		self.apart = wishes.apart
		self.hosts: dict[int, str] = {}
		self.at: list[set[str]] = [set() for _table in tables]
		self.free = [table.seats for table in tables]
		self.of_side = [dict.fromkeys(GuestSide, 0) for _table in tables]
		self.served: dict[str, list[Guest]] = {}
		for guest in order:
			if guest.interprets_for in self.by_key and guest.interprets_for != guest.key:
				self.served.setdefault(guest.interprets_for, []).append(guest)

	def keep_fixed(self) -> None:
		for key, seat in sorted(self.fixed.items()):
			self._put(self.by_key[key], seat.table)

	def choose_hosts(self) -> None:
		"""The host at the first table, the next of our side at each other one that has nobody fixed at its head."""
		ours = [one for one in self.order if one.side == GuestSide.HOST and self._may_host(one)]
		ours.sort(key=lambda one: not one.is_host)
		taken = {seat: key for key, seat in self.fixed.items()}
		for index, table in enumerate(self.tables):
			head = taken.get(Seat(index, heads(table)[0]))
			if head:
				if self.by_key[head].side == GuestSide.HOST:
					self.hosts[index] = head
				continue
			if ours and self.free[index]:
				host = ours.pop(0)
				self.hosts[index] = host.key
				self._put(host, index)
				self._put_interpreters(host, index)

	def _may_host(self, guest: Guest) -> bool:
		return (
			guest.key not in self.fixed
			and guest.accompanies not in self.by_key
			and guest.interprets_for not in self.by_key
		)

	def deal_out(self) -> None:
		placed = {key for at in self.at for key in at}
		for guest in self.order:
			if guest.key in placed or guest.interprets_for in self.by_key:
				continue
			self._deal(guest)
		# Whose interpreter found no seat at their table, at another one; those of whoever is unseated last.
		placed = {key for at in self.at for key in at}
		for guest in self.order:
			if guest.key not in placed:
				self._deal(guest)

	def _deal(self, guest: Guest) -> None:
		needed = 1 + len([one for one in self.served.get(guest.key, ()) if one.key not in self.fixed])
		wide = [index for index, free in enumerate(self.free) if free >= needed]
		open_tables = wide or [index for index, free in enumerate(self.free) if free]
		if not open_tables:
			return
		index = min(open_tables, key=lambda one: self._preference(guest, one))
		self._put(guest, index)
		self._put_interpreters(guest, index)

	def _preference(self, guest: Guest, index: int) -> tuple[float, ...]:
		"""The table with the fewest of this side, then with the most room; the first of equal ones."""
		seats = max(self.tables[index].seats, 1)
		return (
			sum(frozenset((guest.key, other)) in self.apart for other in self.at[index]),
			self.of_side[index][guest.side] / seats,
			len(self.at[index]) / seats,
			index,
		)

	def _put(self, guest: Guest, index: int) -> None:
		self.at[index].add(guest.key)
		self.free[index] -= 1
		self.of_side[index][guest.side] += guest.interprets_for not in self.by_key

	def _put_interpreters(self, guest: Guest, index: int) -> None:
		for interpreter in self.served.get(guest.key, ()):
			if interpreter.key not in self.fixed and self.free[index]:
				self._put(interpreter, index)
