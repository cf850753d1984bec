"""Seating plans: who sits where by precedence and the alternation of sides, and why; the same however guests were entered."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from city_diplomacy.domain.protocol.guests import GuestSide
from city_diplomacy.domain.protocol.seating.faults import GRAVE, FaultKind, faults
from city_diplomacy.domain.protocol.seating.model import Guest, Seat, Shape, Table, Wishes
from city_diplomacy.domain.protocol.seating.order import ranked
from city_diplomacy.domain.protocol.seating.planning import moved, plan
from city_diplomacy.domain.protocol.seating.tables import beside, heads, places

ROUND, LONG = Shape.ROUND, Shape.LONG
MAYOR, OFFICIAL, GUEST = 3, 6, 8


def visiting(name: str, rank: int = GUEST, **fields) -> Guest:
	return Guest(name, name, GuestSide.VISITING, rank, **fields)


def ours(name: str, rank: int = GUEST, **fields) -> Guest:
	return Guest(name, name, GuestSide.HOST, rank, **fields)


HOST = ours("Host", MAYOR, is_host=True)
DINNER = [
	HOST,
	ours("Deputy", OFFICIAL),
	ours("Clerk"),
	visiting("Mayor", MAYOR),
	visiting("Vice mayor", OFFICIAL),
	visiting("Engineer"),
]


def at(found, table: Table, index: int = 0) -> list[str]:
	"""The names round a table from its first seat on; empty seats are dots."""
	held = {seat: key for key, seat in found.seats.items()}
	return [held.get(Seat(index, number), ".") for number in range(1, table.seats + 1)]


def said(found, key: str) -> list[str]:
	return [one.sentence.format(**one.values, **one.people) for one in found.reasons[key]]


def test_the_first_guests_sit_right_and_left_of_the_host_and_sides_alternate():
	table = Table("1", ROUND, 6)
	found = plan(DINNER, [table], Wishes())
	assert at(found, table) == ["Host", "Mayor", "Deputy", "Engineer", "Clerk", "Vice mayor"]


def test_a_long_table_is_counted_from_the_host_and_whoever_sits_opposite():
	table = Table("1", LONG, 6)
	assert heads(table) == (2, 5)
	found = plan(DINNER, [table], Wishes())
	assert found.seats["Host"].number == 2
	assert found.seats["Mayor"].number == 3
	assert found.seats["Vice mayor"].number == 1
	assert found.seats["Deputy"].number == 5


@pytest.mark.parametrize(
	("table", "number", "neighbours"),
	[
		(Table("", ROUND, 8), 1, (2, 8)),
		(Table("", ROUND, 8), 8, (1, 7)),
		(Table("", ROUND, 2), 1, (2,)),
		(Table("", ROUND, 1), 1, ()),
		(Table("", LONG, 8), 1, (2,)),
		(Table("", LONG, 8), 4, (3,)),
		(Table("", LONG, 8), 5, (6,)),
		(Table("", LONG, 7), 6, (7, 5)),
	],
)
def test_who_sits_beside_whom(table, number, neighbours):
	assert beside(table, number) == neighbours


@given(st.sampled_from(Shape), st.integers(1, 60))
def test_the_order_of_honour_has_every_seat_once(shape, seats):
	table = Table("", shape, seats)
	assert sorted(place.number for place in places(table)) == list(range(1, seats + 1))
	assert places(table)[0].number == heads(table)[0]
	for number in range(1, seats + 1):
		assert all(number in beside(table, other) for other in beside(table, number))


def test_classes_then_the_corps_then_the_place_in_the_class_then_names():
	guests = [
		visiting("B"),
		visiting("A"),
		visiting("Last by place", place_in_class=2),
		visiting("First by place", place_in_class=1),
		visiting("Consul of Japan", 4, mission_place=2),
		visiting("Consul of Peru", 4, mission_place=1),
		visiting("Honoured", of_honour=True),
		visiting("Spouse", accompanies="Consul of Japan"),
	]
	assert [guest.key for guest in ranked(guests)] == [
		"Honoured",
		"Consul of Peru",
		"Consul of Japan",
		"Spouse",
		"First by place",
		"Last by place",
		"A",
		"B",
	]


def test_companions_sit_apart_and_interpreters_beside_whom_they_serve():
	table = Table("1", ROUND, 9)
	guests = [
		*DINNER,
		visiting("Spouse", accompanies="Mayor"),
		ours("Interpreter", interprets_for="Mayor"),
	]
	found = plan(guests, [table], Wishes())
	assert at(found, table)[:3] == ["Host", "Mayor", "Interpreter"]
	assert abs(found.seats["Spouse"].number - found.seats["Mayor"].number) > 1
	assert "Interprets for Mayor and sits beside them." in said(found, "Interpreter")


def test_who_is_kept_apart_does_not_sit_beside_the_other():
	table = Table("1", ROUND, 6)
	wishes = Wishes(apart=frozenset({frozenset({"Host", "Mayor"})}))
	found = plan(DINNER, [table], wishes)
	assert found.seats["Mayor"].number not in beside(table, found.seats["Host"].number)
	assert not [one for one in faults(DINNER, [table], found.seats, wishes) if one.kind in GRAVE]


def test_fixed_seats_stay():
	table = Table("1", ROUND, 6)
	found = plan(DINNER, [table], Wishes(fixed={"Clerk": Seat(0, 2)}))
	assert found.seats["Clerk"] == Seat(0, 2)
	assert said(found, "Clerk")[-1] == "Placed by hand, and kept there."
	assert found.seats["Host"] == Seat(0, 1)


def test_each_table_has_a_host_of_our_side_where_there_are_enough():
	tables = [Table(str(number), ROUND, 6) for number in range(4)]
	found = plan(DINNER, tables, Wishes())
	hosts = [
		next((key for key, seat in found.seats.items() if seat == Seat(index, 1)), "") for index in range(4)
	]
	assert hosts[:3] == ["Host", "Deputy", "Clerk"]
	assert [found.seats[name].table for name in ("Mayor", "Vice mayor", "Engineer")] != [0, 0, 0]


def test_the_last_in_precedence_are_left_where_seats_run_out():
	found = plan(DINNER, [Table("1", ROUND, 4)], Wishes())
	assert set(found.unseated) == {"Clerk", "Engineer"}
	assert plan(DINNER, [], Wishes()).unseated == tuple(guest.key for guest in ranked(DINNER))


def test_every_seat_says_why():
	found = plan(DINNER, [Table("1", ROUND, 6)], Wishes())
	assert said(found, "Mayor") == [
		"Number 2 in the order of precedence: Mayor, among equals by name.",
		"At the right of Host.",
	]
	assert said(found, "Deputy")[1:] == [
		"At place 2 to the right of Host.",
	]
	assert said(found, "Vice mayor")[1] == "At the left of Host."
	assert "so that the sides alternate" in said(found, "Vice mayor")[2]


def test_what_a_move_breaks_is_told():
	table = Table("1", ROUND, 6)
	guests = [*DINNER[:-1], replace(DINNER[-1], accompanies="Mayor")]
	wishes = Wishes()
	seats = plan(guests, [table], wishes).seats
	after = moved(seats, "Engineer", Seat(0, 3))
	broken = [one for one in faults(guests, [table], after, wishes) if one.kind == FaultKind.COMPANION]
	assert [(one.first, one.second) for one in broken] == [("Engineer", "Mayor")]


def test_whoever_sits_there_changes_seats_with_whoever_is_moved():
	seats = {"A": Seat(0, 1), "B": Seat(0, 2)}
	assert moved(seats, "A", Seat(0, 2)) == {"A": Seat(0, 2), "B": Seat(0, 1)}
	assert moved(seats, "C", Seat(0, 2)) == {"A": Seat(0, 1), "C": Seat(0, 2)}
	assert moved(seats, "A", Seat(0, 3)) == {"A": Seat(0, 3), "B": Seat(0, 2)}


# properties


@st.composite
def dinners(draw):
	"""(guests, tables, wishes): companions, interpreters, pairs apart and fixed seats among up to 24 guests."""
	count = draw(st.integers(1, 24))
	names = [f"g{number:02}" for number in range(count)]
	guests = []
	for name in names:
		other = draw(st.sampled_from(names)) if draw(st.booleans()) and draw(st.booleans()) else ""
		relation = draw(st.sampled_from(["accompanies", "interprets_for"]))
		by_itself = not other or other == name or any(one.key == other and one.accompanies for one in guests)
		guests.append(
			Guest(
				name,
				draw(st.sampled_from(["An", "Bo", "Cy"])),
				draw(st.sampled_from(GuestSide)),
				draw(st.integers(0, 8)),
				mission_place=draw(st.integers(0, 2)),
				**({} if by_itself else {relation: other}),
			)
		)
	tables = [
		Table(str(index), draw(st.sampled_from(Shape)), draw(st.integers(1, 10)))
		for index in range(draw(st.integers(0, 4)))
	]
	every = [
		Seat(index, number) for index, table in enumerate(tables) for number in range(1, table.seats + 1)
	]
	fixed_seats = draw(st.lists(st.sampled_from(every), unique=True, max_size=3)) if every else []
	fixed = dict(zip(draw(st.permutations(names)), fixed_seats, strict=False))
	pairs = draw(st.lists(st.tuples(st.sampled_from(names), st.sampled_from(names)), max_size=3))
	apart = frozenset(frozenset(pair) for pair in pairs if pair[0] != pair[1])
	return guests, tables, Wishes(fixed, apart, draw(st.booleans()))


@settings(max_examples=150, deadline=None)
@given(dinners(), st.randoms(use_true_random=False))
def test_the_plan_is_the_same_in_whatever_order_guests_are_entered(dinner, random):
	guests, tables, wishes = dinner
	shuffled = guests.copy()
	random.shuffle(shuffled)
	assert plan(guests, tables, wishes) == plan(shuffled, tables, wishes)


@settings(max_examples=150, deadline=None)
@given(dinners())
def test_nobody_sits_twice_nobody_is_lost_and_fixed_seats_stay(dinner):
	guests, tables, wishes = dinner
	found = plan(guests, tables, wishes)
	assert len(set(found.seats.values())) == len(found.seats)
	assert set(found.seats) | set(found.unseated) == {guest.key for guest in guests}
	assert not set(found.seats) & set(found.unseated)
	assert len(found.seats) == min(len(guests), sum(table.seats for table in tables))
	assert all(1 <= seat.number <= tables[seat.table].seats for seat in found.seats.values())
	assert {key: found.seats[key] for key in wishes.fixed} == dict(wishes.fixed)
	assert all(found.reasons[key] for key in found.seats)


@settings(max_examples=100, deadline=None)
@given(dinners())
def test_a_plan_whose_seats_are_all_kept_stays_as_it_is(dinner):
	guests, tables, wishes = dinner
	found = plan(guests, tables, wishes)
	again = plan(guests, tables, replace(wishes, fixed=found.seats))
	assert again.seats == found.seats
