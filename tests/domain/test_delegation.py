"""Who may answer in whose place: on which days, in which matters, through whom, and where somebody else arranged it."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from city_diplomacy.domain.route.delegation import (
	Delegation,
	closes_a_circle,
	delegates_of,
	links_of,
	principals_of,
)

DAY = date(2026, 5, 4)


def link(delegator: str, delegate: str, arranged_by: str | None = None) -> Delegation:
	name = f"{delegator}-{delegate}"
	return Delegation(delegator, delegate, DAY, DAY, arranged_by=arranged_by, name=name)


def test_whoever_arranged_a_link_does_not_answer_through_it():
	chain = [link("mayor", "friend", arranged_by="clerk"), link("friend", "clerk")]
	assert "mayor" not in principals_of("clerk", chain, DAY)
	assert set(principals_of("clerk", chain, DAY)) == {"friend"}
	assert set(delegates_of("mayor", chain, DAY)) == {"friend"}


def test_others_answer_through_it():
	chain = [link("mayor", "friend", arranged_by="clerk"), link("friend", "deputy")]
	assert principals_of("deputy", chain, DAY)["mayor"] == ("mayor", "friend", "deputy")
	assert delegates_of("mayor", chain, DAY)["deputy"] == ("mayor", "friend", "deputy")


def test_a_way_around_what_they_arranged_counts():
	links = [
		link("mayor", "friend", arranged_by="clerk"),
		link("mayor", "deputy"),
		link("friend", "clerk"),
		link("deputy", "clerk"),
	]
	assert principals_of("clerk", links, DAY)["mayor"] == ("mayor", "deputy", "clerk")
	assert "clerk" in delegates_of("mayor", links, DAY)


def test_what_somebody_arranges_for_themselves_is_their_own():
	assert set(principals_of("deputy", [link("mayor", "deputy", arranged_by="mayor")], DAY)) == {"mayor"}
	assert set(principals_of("deputy", [link("mayor", "deputy")], DAY)) == {"mayor"}
	assert link("mayor", "deputy", arranged_by="mayor").serves("mayor")


def test_a_chain_names_the_delegations_it_is_made_of():
	chain = [link("mayor", "friend"), link("friend", "deputy")]
	assert links_of(("mayor", "friend", "deputy"), chain) == ("mayor-friend", "friend-deputy")


def test_of_delegations_alike_the_chain_names_the_first():
	twice = [link("mayor", "friend"), replace(link("mayor", "friend"), name="later")]
	assert links_of(("mayor", "friend"), twice) == ("mayor-friend",)


@pytest.mark.parametrize(
	("day", "holds"),
	[(date(2026, 5, 3), False), (DAY, True), (date(2026, 5, 6), True), (date(2026, 5, 7), False)],
)
def test_it_holds_on_its_first_and_last_day_and_those_between(day, holds):
	assert Delegation("mayor", "deputy", DAY, date(2026, 5, 6)).holds_on(day) is holds


@pytest.mark.parametrize(
	("document_type", "department", "holds"),
	[
		("MOU", "Harbor", True),
		("MOU", "Finance", False),
		("Project", "Harbor", False),
		("MOU", None, False),
		(None, "Harbor", False),
	],
)
def test_a_limited_one_covers_what_it_is_limited_to(document_type, department, holds):
	limited = replace(link("mayor", "deputy"), document_type="MOU", department="Harbor")
	assert limited.holds_on(DAY, document_type, department) is holds
	assert link("mayor", "deputy").holds_on(DAY, document_type, department)
	assert bool(principals_of("deputy", [limited], DAY, document_type, department)) is holds
	assert bool(delegates_of("mayor", [limited], DAY, document_type, department)) is holds


WEEK = Delegation("mayor", "deputy", date(2026, 5, 4), date(2026, 5, 8), "MOU", "Harbor")


@pytest.mark.parametrize(
	("starts", "ends", "limits", "overlap"),
	[
		(8, 12, ("MOU", "Harbor"), True),
		(9, 12, ("MOU", "Harbor"), False),
		(1, 4, ("MOU", "Harbor"), True),
		(1, 3, ("MOU", "Harbor"), False),
		(5, 6, (None, None), True),
		(5, 6, ("Project", "Harbor"), False),
		(5, 6, ("MOU", "Finance"), False),
	],
)
def test_two_overlap_where_both_hold_on_one_day_and_matter(starts, ends, limits, overlap):
	other = Delegation("deputy", "friend", date(2026, 5, starts), date(2026, 5, ends), *limits)
	assert WEEK.overlaps(other) is overlap
	assert other.overlaps(WEEK) is overlap


def chain_of(*people: str) -> list[Delegation]:
	return [link(giver, taker) for giver, taker in pairwise(people)]


def test_a_chain_is_followed_three_steps_and_no_further():
	chain = chain_of("a", "b", "c", "d", "e")
	assert delegates_of("a", chain, DAY) == {
		"b": ("a", "b"),
		"c": ("a", "b", "c"),
		"d": ("a", "b", "c", "d"),
	}
	assert set(principals_of("e", chain, DAY)) == {"d", "c", "b"}


def test_the_shortest_chain_is_kept():
	links = [*chain_of("a", "b", "c"), link("a", "c")]
	assert delegates_of("a", links, DAY)["c"] == ("a", "c")


def test_a_circle_ends_and_nobody_is_their_own_delegate():
	circle = chain_of("a", "b", "a")
	assert delegates_of("a", circle, DAY) == {"b": ("a", "b")}


@pytest.mark.parametrize("arranged_by", [None, "", "mayor"])
def test_without_links_that_others_arranged_everybody_reached_answers(arranged_by):
	links = [link("mayor", "friend", arranged_by), link("friend", "deputy")]
	assert set(delegates_of("mayor", links, DAY)) == {"friend", "deputy"}


def test_a_new_delegation_closes_a_circle_of_any_length():
	others = chain_of("b", "c", "d", "e", "f", "a")
	assert closes_a_circle(link("a", "b"), others) == ("a", "b", "c", "d", "e", "f", "a")
	assert closes_a_circle(link("a", "b"), others[:-1]) == ()
	assert closes_a_circle(link("a", "a"), []) == ("a", "a")


def test_what_does_not_hold_at_the_same_time_closes_no_circle():
	before = Delegation("b", "a", date(2026, 4, 1), date(2026, 4, 30))
	assert closes_a_circle(link("a", "b"), [before]) == ()


def test_what_holds_for_another_matter_closes_no_circle():
	elsewhere = replace(link("b", "a"), document_type="Project")
	assert closes_a_circle(replace(link("a", "b"), document_type="MOU"), [elsewhere]) == ()
