"""A council's vote counted, and its days in order."""

from datetime import date

import pytest

from city_diplomacy.domain.route.council import (
	Outcome,
	Tally,
	Vote,
	first_out_of_order,
	may_move,
	named_twice,
	tally,
)


def test_every_vote_is_counted_where_it_belongs():
	assert tally(Vote) == Tally(ayes=1, noes=1, absent=1, abstained=1, recused=1)
	assert tally([]) == Tally()


@pytest.mark.parametrize(
	("ayes", "noes", "carries"), [(1, 0, True), (3, 2, True), (2, 2, False), (0, 0, False), (1, 5, False)]
)
def test_it_carries_with_more_ayes_than_noes_whoever_is_away(ayes, noes, carries):
	assert Tally(ayes=ayes, noes=noes, absent=9, abstained=9).carries == carries


def test_what_is_continued_or_referred_decides_nothing():
	assert [outcome for outcome in Outcome if outcome.decides] == [
		Outcome.ADOPTED,
		Outcome.ADOPTED_AS_AMENDED,
		Outcome.REJECTED,
	]
	assert [outcome for outcome in Outcome if outcome.adopts] == [
		Outcome.ADOPTED,
		Outcome.ADOPTED_AS_AMENDED,
	]


def test_a_member_is_one_member_however_the_name_is_typed():
	assert named_twice(["Ana Ruiz", "Tom Okafor", "ANA  ruiz "]) == ("ANA  ruiz ",)
	assert named_twice(["Ana Ruiz", "Ana Ruis"]) == ()


@pytest.mark.parametrize(
	("member", "may"), [("ana ruiz", True), ("Wu", False), ("Ek", False), ("Nobody", False), ("Diaz", True)]
)
def test_whoever_moved_it_took_part(member, may):
	votes = [("Ana Ruiz", Vote.AYE), ("Wu", Vote.ABSENT), ("Ek", Vote.RECUSED), ("Diaz", Vote.ABSTAIN)]
	assert may_move(member, votes) == may
	assert may_move(member, [])


def test_days_may_be_the_same_or_unknown_but_not_turned_round():
	first, second = date(2026, 1, 13), date(2026, 1, 14)
	assert first_out_of_order([("a", first), ("b", first), ("c", second)]) is None
	assert first_out_of_order([("a", second), ("b", None), ("c", first)]) == ("a", "c")
