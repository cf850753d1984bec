"""Two routes of one document, compared seat by seat."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from city_diplomacy.domain.rehearsal.comparison import (
	Difference,
	Kind,
	Seat,
	compare,
	seats_of,
	sentence,
)
from city_diplomacy.domain.route.routing import Rule, plan_route

CLEARANCE, MAYOR, COUNCIL = "In Clearance", "Mayor's Decision", "Council Decision"


def seat(words: str, stage: int = 1, **fields) -> Seat:
	fields = {"who": f"{words.lower()}@city.example", "state": CLEARANCE, "working_days": 5, **fields}
	return Seat(seat=words, stage=stage, **fields)


def found(before: list[Seat], after: list[Seat]) -> list[tuple[Kind, str]]:
	return [(difference.kind, difference.seat) for difference in compare(before, after).differences]


def test_the_same_route_differs_in_nothing():
	route = [seat("Law"), seat("Finance"), seat("Mayor", 2, state=MAYOR)]
	comparison = compare(route, route)
	assert (comparison.differences, comparison.kept) == ((), tuple(route))


def test_who_is_asked_as_well_and_who_no_longer():
	assert found([seat("Law"), seat("Ethics")], [seat("Law"), seat("Finance")]) == [
		(Kind.DROPPED, "Ethics"),
		(Kind.ADDED, "Finance"),
	]


def test_stages_numbered_otherwise_move_nobody():
	before = [seat("Law", 1), seat("Mayor", 2), seat("Council", 3)]
	after = [seat("Law", 10), seat("Mayor", 20), seat("Council", 30)]
	assert found(before, after) == []


def test_a_new_first_stage_moves_nobody():
	before = [seat("Law", 1), seat("Mayor", 2)]
	assert found(before, [seat("Ethics", 1), seat("Law", 2), seat("Mayor", 3)]) == [(Kind.ADDED, "Ethics")]


def test_as_few_seats_as_possible_are_moved():
	before = [seat("Law"), seat("Finance"), seat("Ethics"), seat("Mayor", 2)]
	after = [seat("Law"), seat("Finance"), seat("Mayor", 2), seat("Ethics", 3)]
	assert found(before, after) == [(Kind.MOVED, "Ethics")]


def test_two_who_change_places_are_one_move():
	before, after = [seat("Law", 1), seat("Mayor", 2)], [seat("Mayor", 1), seat("Law", 2)]
	assert [kind for kind, _seat in found(before, after)] == [Kind.MOVED]


def test_the_most_seats_keep_their_order_and_not_the_last_ones():
	before = [seat("Law"), seat("Finance"), seat("Mayor", 2)]
	assert found(before, [seat("Mayor"), seat("Law", 2), seat("Finance", 2)]) == [(Kind.MOVED, "Mayor")]


def test_seats_that_come_in_another_state_move_nobody_else():
	before = [seat("Law"), seat("Mayor", 2, state=MAYOR), seat("Deputy", 2, state=MAYOR)]
	after = [seat("Mayor"), seat("Deputy"), seat("Law", 2)]
	assert found(before, after) == [(Kind.MOVED, "Mayor"), (Kind.MOVED, "Deputy")]


def test_that_a_seat_is_moved_is_said_before_what_else_is_different():
	before = [seat("Mayor", 2, state=MAYOR)]
	assert found(before, [seat("Mayor", 2, state=COUNCIL, who="Mayor's Office", is_role=True)]) == [
		(Kind.MOVED, "Mayor"),
		(Kind.ASKED_OF_ANOTHER, "Mayor"),
	]


def test_a_seat_that_comes_in_another_state_is_moved():
	assert found([seat("Mayor", 2, state=MAYOR)], [seat("Mayor", 2, state=COUNCIL)]) == [
		(Kind.MOVED, "Mayor")
	]


def test_who_else_is_asked_and_in_how_many_days():
	before = [seat("Law"), seat("Finance", working_days=10)]
	after = [
		seat("Law", who="Legal Reviewer", is_role=True, working_days=3),
		seat("Finance", working_days=12),
	]
	assert found(before, after) == [
		(Kind.ASKED_OF_ANOTHER, "Law"),
		(Kind.SOONER, "Law"),
		(Kind.LATER, "Finance"),
	]


def test_days_it_is_due_are_compared_where_both_are_known():
	before = [seat("Law", due=date(2026, 5, 3), working_days=5)]
	after = [seat("Law", due=date(2026, 5, 10), working_days=3)]
	assert found(before, after) == [(Kind.LATER, "Law")]


def test_the_same_day_is_no_difference_whatever_the_number_of_days():
	same_day = date(2026, 5, 3)
	before = [seat("Law", due=same_day, working_days=5)]
	assert found(before, [seat("Law", due=same_day, working_days=3)]) == []


def test_numbers_of_days_are_compared_where_one_day_is_not_known():
	dated, planned = seat("Law", due=date(2026, 5, 3), working_days=5), seat("Law", working_days=3)
	assert found([dated], [planned]) == [(Kind.SOONER, "Law")]
	assert found([planned], [dated]) == [(Kind.LATER, "Law")]


def test_time_that_is_not_known_is_no_difference():
	assert found([seat("Law", working_days=None)], [seat("Law", working_days=1)]) == []


def test_somebody_it_was_handed_to_is_no_difference():
	before = [seat("Law", who="head@x.example", alternates=frozenset({"deputy@x.example"}))]
	assert found(before, [seat("Law", who="deputy@x.example")]) == []


def test_a_department_called_otherwise_is_still_that_department():
	before = [seat("City Attorney", who="a@x.example", department="Law - C")]
	after = [seat("Law Department", who="a@x.example", department="Law - C")]
	assert found(before, after) == [(Kind.RENAMED, "Law Department")]


def test_a_rule_that_calls_its_seat_otherwise_is_still_that_rule():
	before = [seat("Attorney", who="a@x.example", rule_key="k1")]
	assert found(before, [seat("Counsel", who="a@x.example", rule_key="k1")]) == [(Kind.RENAMED, "Counsel")]


def test_departments_asked_by_one_rule_are_told_apart():
	before = [seat("Fire", department="Fire - C", rule_key="k1")]
	after = [seat("Police", department="Police - C", rule_key="k1")]
	assert found(before, after) == [(Kind.DROPPED, "Fire"), (Kind.ADDED, "Police")]


def test_a_seat_asked_twice_is_two_seats():
	before = [seat("Law", 1), seat("Mayor", 2, state=MAYOR)]
	after = [*before, seat("Law", 3, state=COUNCIL)]
	comparison = compare(before, after)
	assert [(one.kind, one.after.stage) for one in comparison.differences] == [(Kind.ADDED, 3)]


@pytest.mark.parametrize(
	("difference", "words"),
	[
		(
			Difference(Kind.ADDED, None, seat("Finance")),
			"Finance would be asked as well: Fay (In Clearance).",
		),
		(
			Difference(Kind.DROPPED, seat("Ethics", who=None), None),
			"Ethics would no longer be asked: nobody yet (In Clearance).",
		),
		(
			Difference(Kind.MOVED, seat("Mayor", 1), seat("Mayor", 2, state=MAYOR)),
			"Mayor would be asked in another order: in Mayor's Decision (stage 2) instead of In Clearance (stage 1).",
		),
		(
			Difference(
				Kind.ASKED_OF_ANOTHER, seat("Finance"), seat("Finance", who="Treasurer", is_role=True)
			),
			"Finance would be asked of Treasurer instead of Fay.",
		),
		(
			Difference(Kind.SOONER, seat("Law"), seat("Law", working_days=3)),
			"Law would have to answer sooner: 3 working days instead of 5 working days.",
		),
		(
			Difference(Kind.SOONER, seat("Law", working_days=1), seat("Law", working_days=0)),
			"Law would have to answer sooner: 0 working days instead of 1 working days.",
		),
		(
			Difference(Kind.LATER, seat("Law", due=date(2026, 5, 3)), seat("Law", due=date(2026, 5, 4))),
			"Law would have more time: by 2026-05-04 instead of by 2026-05-03.",
		),
		(
			Difference(Kind.RENAMED, seat("Attorney"), seat("Counsel")),
			"Counsel is what Attorney would be called.",
		),
	],
)
def test_each_difference_is_a_sentence(difference, words):
	assert sentence(difference, {"finance@city.example": "Fay"}) == words


def test_roles_are_translated_and_who_has_no_name_is_called_by_their_account():
	difference = Difference(Kind.ASKED_OF_ANOTHER, seat("Law"), seat("Law", who="Treasurer", is_role=True))
	translated = {"Treasurer": "the Kämmerer"}
	assert sentence(difference, {"Treasurer": "Fay"}, lambda words: translated.get(words, words)) == (
		"Law would be asked of the Kämmerer instead of law@city.example."
	)


def test_a_planned_route_is_its_seats_in_the_order_they_are_asked():
	rules = [
		Rule("k1", 1, CLEARANCE, "Law", "Department Head", department="law", working_days=3),
		Rule("k2", 1, CLEARANCE, "Ethics", "Role", role="Ethics Officer", working_days=1),
		Rule("k3", 1, CLEARANCE, "Ports", "User", user=None, working_days=1),
		Rule("k4", 2, MAYOR, "Mayor", "User", user="mayor@city.example", working_days=2),
	]
	tuesday, thursday, monday = date(2026, 5, 5), date(2026, 5, 7), date(2026, 5, 11)
	assert seats_of(plan_route(rules, {}, Directory(), start=date(2026, 5, 4))) == (
		Seat("Law", 1, CLEARANCE, "head@law.example", False, "law", "k1", 3, thursday),
		Seat("Ethics", 1, CLEARANCE, "Ethics Officer", True, None, "k2", 1, tuesday),
		Seat("Ports", 1, CLEARANCE, None, False, None, "k3", 1, tuesday),
		Seat("Mayor", 2, MAYOR, "mayor@city.example", False, None, "k4", 2, monday),
	)


# whatever the routes


class Directory:
	def head_of(self, department):
		return f"head@{department}.example"

	def acting_head_of(self, department):
		return None

	def is_active(self, user):
		return True

	def has_role(self, user, role):
		return True


@st.composite
def routes(draw):
	"""A route as the planner makes it: seats and departments of a few names in a few stages."""
	rules = [
		Rule(
			key=f"k{number}",
			stage=draw(st.integers(1, 3)),
			state=CLEARANCE,
			seat=draw(st.sampled_from(["Law", "Finance", "Ethics", "Port", "Mayor"])),
			asked_of="Department Head",
			department=draw(st.sampled_from(["a", "b", "c", "d"])),
			working_days=draw(st.integers(0, 9)),
		)
		for number in range(draw(st.integers(0, 6)))
	]
	return seats_of(plan_route(rules, {}, Directory()))


@given(routes())
def test_no_route_differs_from_itself(route):
	assert compare(route, route).differences == ()


@given(routes(), routes())
def test_every_seat_is_accounted_for_once(before, after):
	comparison = compare(before, after)
	added = [one.after for one in comparison.differences if one.kind is Kind.ADDED]
	dropped = [one.before for one in comparison.differences if one.kind is Kind.DROPPED]
	assert sorted([*comparison.kept, *added], key=repr) == sorted(after, key=repr)
	assert len(comparison.kept) + len(dropped) == len(before)


@given(routes(), routes())
def test_the_way_back_drops_what_the_way_there_adds(before, after):
	there, back = compare(before, after).kinds, compare(after, before).kinds
	assert (there.get("added"), there.get("dropped")) == (back.get("dropped"), back.get("added"))
	assert (there.get("moved"), there.get("renamed")) == (back.get("moved"), back.get("renamed"))


@given(routes(), routes())
def test_every_difference_can_be_said(before, after):
	for difference in compare(before, after).differences:
		assert "{" not in sentence(difference)
