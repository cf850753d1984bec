"""Seating a list: the plan of all seats, a guest moved by hand, and what a seat breaks.

A guest's seat is a column of the guest, so nobody sits twice; that two do not share one is seen to with the list locked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, cstr, getdate

from city_diplomacy.diplomatic_protocol.corps.roster import places_on
from city_diplomacy.diplomatic_protocol.guests.exceptions import GuestListError, SeatingError
from city_diplomacy.diplomatic_protocol.guests.lists import GUEST, LIST
from city_diplomacy.domain.names.folding import search_form
from city_diplomacy.domain.protocol.guests import SEATED, GuestSide, PrecedenceClass, repeated
from city_diplomacy.domain.protocol.seating import reasons
from city_diplomacy.domain.protocol.seating.faults import Fault, faults
from city_diplomacy.domain.protocol.seating.model import Guest, Reason, Seat, Shape, Table, Wishes
from city_diplomacy.domain.protocol.seating.planning import moved, plan
from city_diplomacy.registers.readable import readable
from city_diplomacy.registers.sentences import kept
from city_diplomacy.registers.set_by_server import refuse_typed

SET_HERE = ("seat_table", "seat_number", "seat_reason")
NO_SEAT = {"seat_table": None, "seat_number": 0, "seat_reason": None, "seat_fixed": 0}
COLUMNS = (
	"name",
	"guest_name",
	"organisation",
	"job_title",
	"side",
	"precedence_class",
	"place_in_class",
	"consular_mission",
	"is_host",
	"guest_of_honour",
	"accompanies",
	"interprets_for",
	"diet",
	"seat_table",
	"seat_number",
	"seat_fixed",
	"seat_reason",
)
CLASSES = tuple(PrecedenceClass)
MOST_TABLES, MOST_SEATS = 100, 100


@dataclass(frozen=True)
class Seating:
	"""A list as the rules of seating know it, with the rows of its guests who may come."""

	guest_list: Any
	rows: Mapping[str, Any]
	guests: Sequence[Guest]
	tables: Sequence[Table]
	wishes: Wishes
	seats: Mapping[str, Seat]

	@property
	def faults(self) -> list[Fault]:
		return self.faults_with(self.seats)

	def faults_with(self, seats: Mapping[str, Seat]) -> list[Fault]:
		return faults(self.guests, self.tables, seats, self.wishes)


def seating_of(guest_list: Any) -> Seating:
	"""The seating of a list the signed-in person may read."""
	rows = frappe.get_list(
		GUEST,
		filters={"guest_list": guest_list.name, "rsvp": ["in", list(SEATED)]},
		fields=list(COLUMNS),
		order_by="name asc",
		limit_page_length=0,
	)
	tables = [Table(row.table_label, Shape(row.shape), cint(row.seats)) for row in guest_list.tables]
	seats = _seats_of(rows, tables)
	wishes = Wishes(
		{row.name: seats[row.name] for row in rows if row.seat_fixed and row.name in seats},
		frozenset(frozenset((row.guest, row.other_guest)) for row in guest_list.kept_apart),
		bool(guest_list.alternate_sides),
	)
	places = _places_of_missions(rows, getdate(guest_list.event_date))
	guests = [_guest(row, places) for row in rows]
	return Seating(guest_list, {row.name: row for row in rows}, guests, tables, wishes, seats)


def _seats_of(rows: Iterable[Any], tables: Sequence[Table]) -> dict[str, Seat]:
	number = {table.label: index for index, table in enumerate(tables)}
	return {
		row.name: Seat(number[row.seat_table], cint(row.seat_number))
		for row in rows
		if row.seat_table in number and 1 <= cint(row.seat_number) <= tables[number[row.seat_table]].seats
	}


def _places_of_missions(rows: Iterable[Any], day: Any) -> dict[str, int]:
	if not any(row.consular_mission for row in rows):
		return {}
	return {place.standing.mission.key: place.number for place in places_on(day)}


def _guest(row: Any, places: Mapping[str, int]) -> Guest:
	heads_mission = row.precedence_class == PrecedenceClass.CONSUL
	return Guest(
		key=row.name,
		name=search_form(row.guest_name),
		side=GuestSide(row.side),
		rank=CLASSES.index(PrecedenceClass(row.precedence_class)),
		mission_place=places.get(cstr(row.consular_mission), 0) if heads_mission else 0,
		place_in_class=cint(row.place_in_class),
		is_host=bool(row.is_host),
		of_honour=bool(row.guest_of_honour),
		accompanies=cstr(row.accompanies),
		interprets_for=cstr(row.interprets_for),
	)


def plan_seating(guest_list: str) -> dict[str, int]:
	"""Seat every guest who may come; seats that are fixed stay. Returns how many sit and how many found no seat.

	Raises SeatingError where the list has no tables.
	"""
	seating = seating_of(readable(LIST, guest_list, "write", for_update=True))
	if not seating.tables:
		frappe.throw(_("Enter the tables first; guests are seated at them."), SeatingError)
	found = plan(seating.guests, seating.tables, seating.wishes)
	for guest in seating.guests:
		_store(seating, guest.key, found.seats.get(guest.key), found.reasons.get(guest.key, ()))
	return {"seated": len(found.seats), "unseated": len(found.unseated)}


def what_breaks(guest: str, table: str, seat: int) -> tuple[Seating, list[Fault]]:
	"""The seating, and what would be broken, that is not now, were a guest moved to a seat."""
	seating, target = _target(guest, table, seat, "read")
	now = set(seating.faults)
	after = moved(seating.seats, guest, target)
	return seating, [one for one in seating.faults_with(after) if one not in now]


def move(guest: str, table: str, seat: int) -> None:
	"""Put a guest on a seat by hand, where they stay; whoever sat there takes the guest's, or none.

	Raises SeatingError for a seat there is not, and for one that is held by whoever was placed there by hand.
	"""
	seating, target = _target(guest, table, seat, "write")
	there = next((key for key, taken in seating.seats.items() if taken == target and key != guest), None)
	if there and there in seating.wishes.fixed:
		frappe.throw(
			_("{0} was placed there by hand; take them off that seat first.").format(
				seating.rows[there].guest_name
			),
			SeatingError,
		)
	after = moved(seating.seats, guest, target)
	_store(seating, guest, target, [reasons.fixed()], fixed=True)
	if there:
		_store(seating, there, after.get(there), [reasons.gave_seat(guest)])


def free_seat(guest: str) -> None:
	"""Take a guest off their seat."""
	doc = readable(GUEST, guest, "write")
	readable(LIST, doc.guest_list, "write", for_update=True)
	frappe.db.set_value(GUEST, guest, NO_SEAT)


def _target(guest: str, table: str, seat: int, right: str) -> tuple[Seating, Seat]:
	doc = readable(GUEST, guest, right)
	guest_list = readable(LIST, doc.guest_list, right, for_update=right == "write")
	seating = seating_of(guest_list)
	if guest not in seating.rows:
		frappe.throw(
			_("{0} does not come and gets no seat.").format(frappe.utils.escape_html(doc.guest_name)),
			SeatingError,
		)
	index = next((index for index, one in enumerate(seating.tables) if one.label == table), None)
	if index is None or not 1 <= seat <= seating.tables[index].seats:
		frappe.throw(_("There is no such seat; choose one of the list’s tables."), SeatingError)
	return seating, Seat(index, seat)


def _store(
	seating: Seating, guest: str, seat: Seat | None, why: Iterable[Reason], fixed: bool = False
) -> None:
	"""Write a seat where it differs; the list is locked, and a seat is nobody's to type."""
	values: dict[str, Any] = dict(NO_SEAT)
	row = seating.rows[guest]
	if seat:
		values = {
			"seat_table": seating.tables[seat.table].label,
			"seat_number": seat.number,
			"seat_reason": "\n".join(kept(one.sentence, **one.values, **one.people) for one in why),
			"seat_fixed": int(fixed or bool(row.seat_fixed)),
		}
	if any(cstr(row[column]) != cstr(value) for column, value in values.items()):
		frappe.db.set_value(GUEST, guest, values)


def keep_seat(guest: Any) -> None:
	"""A seat is set by planning and moving; whoever does not come has none. Called when a guest is saved."""
	refuse_typed(guest, SET_HERE, _("{0} is set by planning or moving, and not by hand."), SeatingError)
	if guest.rsvp not in SEATED:
		guest.update(NO_SEAT)
	if guest.seat_fixed and not guest.seat_table:
		frappe.throw(_("A seat can stay only once the guest has one."), SeatingError)


def check_tables(guest_list: Any) -> None:
	"""Raises GuestListError for tables of one name, and for pairs who are not two guests on this list."""
	for row in guest_list.tables:
		row.table_label = " ".join(cstr(row.table_label).split())
		if not 1 <= cint(row.seats) <= MOST_SEATS:
			frappe.throw(
				_("Row {0}: a table has from 1 to {1} seats.").format(row.idx, MOST_SEATS), GuestListError
			)
	if len(guest_list.tables) > MOST_TABLES:
		frappe.throw(_("A list has at most {0} tables.").format(MOST_TABLES), GuestListError)
	if twice := repeated(row.table_label for row in guest_list.tables):
		frappe.throw(
			_("Two tables are called {0}; give each a name of its own.").format(
				frappe.utils.escape_html(twice)
			),
			GuestListError,
		)
	if guest_list.kept_apart:
		_check_pairs(guest_list)


def _check_pairs(guest_list: Any) -> None:
	on_it = set(
		frappe.get_all(GUEST, {"guest_list": guest_list.name or "-"}, pluck="name", limit_page_length=0)
	)
	for row in guest_list.kept_apart:
		if row.guest == row.other_guest or not {row.guest, row.other_guest} <= on_it:
			frappe.throw(
				_("Row {0}: choose two different guests on this list.").format(row.idx), GuestListError
			)


def follow_tables(guest_list: Any) -> None:
	"""Guests follow a table that is renamed; who sat on a seat that is gone has none. Called after a list is stored."""
	stored = guest_list.get_doc_before_save()
	if not stored:
		return
	now = {row.name: row for row in guest_list.tables}
	labels = {row.table_label: now.get(row.name) for row in stored.tables}
	if all(
		row and (row.table_label, cint(row.seats)) == (label, cint(before.seats))
		for before, (label, row) in zip(stored.tables, labels.items(), strict=False)
	):
		return
	# Read past permissions within the one list the person has just saved.
	for guest in frappe.get_all(
		GUEST,
		{"guest_list": guest_list.name, "seat_table": ["is", "set"]},
		["name", "seat_table", "seat_number"],
		limit_page_length=0,
	):
		row = labels.get(guest.seat_table)
		if not row or cint(guest.seat_number) > cint(row.seats):
			frappe.db.set_value(GUEST, guest.name, NO_SEAT)
		elif row.table_label != guest.seat_table:
			frappe.db.set_value(GUEST, guest.name, "seat_table", row.table_label)
