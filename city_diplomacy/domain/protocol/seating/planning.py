"""Making a plan: hosts to their tables, guests dealt to the tables, and at each table seats in the order of honour."""

from collections.abc import Iterable, Mapping, Sequence

from ..guests import GuestSide
from . import reasons
from .dealing import Dealt, deal
from .faults import GRAVE, between
from .mending import mend
from .model import Guest, Plan, Reason, Seat, Table, Wishes
from .order import numbers, ranked, why_ranked
from .tables import Place, Way, beside, places


def plan(guests: Iterable[Guest], tables: Sequence[Table], wishes: Wishes) -> Plan:
	"""The plan for guests at tables; the same for the same guests in whatever order they are given.

	Fixed seats stay. Whoever finds no seat is named as unseated, the last in precedence first to be left.
	"""
	order = ranked(guests)
	dealt = deal(order, tables, wishes)
	seats: dict[str, Seat] = {}
	why: dict[str, list[Reason]] = {}
	for index in range(len(tables)):
		_Seating(order, tables, index, dealt, wishes).fill(seats, why)
	for key, reason in mend(order, tables, seats, wishes):
		why[key].append(reason)
	number = numbers(order)
	present = {guest.key for guest in order}
	found = {
		guest.key: (
			*([why_ranked(guest, number[guest.key], present)] if guest.key in number else []),
			*why[guest.key],
		)
		for guest in order
		if guest.key in seats
	}
	return Plan(seats, found, tuple(guest.key for guest in order if guest.key not in seats))


class _Seating:
	"""The filling of one table, seat after seat in the order of honour."""

	def __init__(
		self, order: Sequence[Guest], tables: Sequence[Table], index: int, dealt: Dealt, wishes: Wishes
	):
		self.table, self.index, self.wishes = tables[index], index, wishes
		self.host = dealt.hosts.get(index)
		self.places = places(self.table)
		at_table = dealt.tables[index]
		self.by_key = {guest.key: guest for guest in order}
		self.waiting = [guest for guest in order if guest.key in at_table and guest.key != self.host]
		self.interpreters: dict[str, list[Guest]] = {}
		for guest in self.waiting:
			if guest.interprets_for in at_table:
				self.interpreters.setdefault(guest.interprets_for, []).append(guest)
		working = {guest.key for served in self.interpreters.values() for guest in served}
		self.waiting = [guest for guest in self.waiting if guest.key not in working]
		self.sitting: dict[int, Guest] = {}
		self.why: dict[str, list[Reason]] = {}

	def fill(self, seats: dict[str, Seat], why: dict[str, list[Reason]]) -> None:
		"""Seat everybody dealt to the table and write down where and why."""
		for key, seat in sorted(self.wishes.fixed.items()):
			if seat.table == self.index and key in self.by_key:
				self._seat(self.by_key[key], seat.number, reasons.fixed())
		if self.host and self.host not in self.why:
			self._seat(self.by_key[self.host], self.places[0].number, self._why_host())
		for guest in list(self.sitting.values()):
			self._seat_interpreters(guest)
		for place in self.places:
			if place.number not in self.sitting and self.waiting:
				self._take(place)
		self._seat_left_over()
		for number, guest in self.sitting.items():
			seats[guest.key] = Seat(self.index, number)
		why.update(self.why)

	def _why_host(self) -> Reason:
		host = self.by_key[self.host or ""]
		return reasons.host() if host.is_host or self.index == 0 else reasons.host_of_table()

	def _take(self, place: Place) -> None:
		first = self.waiting[0]
		guest = min(self.waiting, key=lambda one: (*self._objections(one, place), self.waiting.index(one)))
		self.waiting.remove(guest)
		found = [self._why_here(place)]
		if guest is not first:
			found.append(self._why_before(first, place))
		self._seat(guest, place.number, *found)
		self._seat_interpreters(guest)

	def _objections(self, guest: Guest, place: Place) -> tuple[int, int]:
		"""How many grave reasons are against a guest on a seat, and how many light ones."""
		around = [self.sitting[one] for one in beside(self.table, place.number) if one in self.sitting]
		kinds = [between(guest, other, self.wishes) for other in around]
		grave = sum(kind in GRAVE for kind in kinds)
		free = len(beside(self.table, place.number)) - len(around)
		grave += max(len(self.interpreters.get(guest.key, ())) - free, 0)
		light = sum(kind is not None for kind in kinds) - sum(kind in GRAVE for kind in kinds)
		if place.way == Way.OPPOSITE and self.wishes.alternate:
			light += guest.side != GuestSide.HOST
		return grave, light

	def _why_here(self, place: Place) -> Reason:
		head = self.sitting.get(place.head)
		return reasons.at_place(place, head.key if head and place.way != Way.HEAD else "")

	def _why_before(self, first: Guest, place: Place) -> Reason:
		around = [self.sitting[one] for one in beside(self.table, place.number) if one in self.sitting]
		against = [(between(first, other, self.wishes), other.key) for other in around]
		return reasons.passed_over(first.key, [(kind, key) for kind, key in against if kind])

	def _seat(self, guest: Guest, number: int, *why: Reason) -> None:
		self.sitting[number] = guest
		self.why[guest.key] = list(why)
		if guest in self.waiting:
			self.waiting.remove(guest)

	def _seat_interpreters(self, guest: Guest) -> None:
		"""Interpreters beside whom they serve, on the side that is farther from the head of the table."""
		(number,) = [one for one, sitting in self.sitting.items() if sitting is guest]
		far = {place.number: position for position, place in enumerate(self.places)}
		for interpreter in self.interpreters.pop(guest.key, ()):
			if interpreter.key in self.why:
				continue
			free = [one for one in beside(self.table, number) if one not in self.sitting]
			if free:
				self._seat(interpreter, max(free, key=far.__getitem__), reasons.interpreter(guest.key))
			else:
				self.waiting.append(interpreter)

	def _seat_left_over(self) -> None:
		"""Interpreters of whoever found no seat here take what is left."""
		for served, interpreters in sorted(self.interpreters.items()):
			free = [place for place in self.places if place.number not in self.sitting]
			for interpreter, place in zip(interpreters, free, strict=False):
				if interpreter.key not in self.why:
					self._seat(interpreter, place.number, reasons.no_seat_beside(served))


def moved(seats: Mapping[str, Seat], key: str, seat: Seat) -> dict[str, Seat]:
	"""Who sits where once a guest is put on a seat; whoever sat there takes the guest's own, or none."""
	found = dict(seats)
	before = found.pop(key, None)
	there = next((other for other, taken in found.items() if taken == seat), None)
	if there:
		if before:
			found[there] = before
		else:
			del found[there]
	return {**found, key: seat}
