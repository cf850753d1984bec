from fractions import Fraction
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from city_diplomacy.domain.route.joins import (
	NEEDS_WORDS,
	Decision,
	JoinError,
	JoinKind,
	JoinRule,
	Outcome,
	Vote,
	outcome_of,
	outcome_of_stage,
)

ALL, ANY = JoinRule(JoinKind.ALL), JoinRule(JoinKind.ANY)
TWO, THREE = JoinRule(JoinKind.K_OF_N, k=2), JoinRule(JoinKind.K_OF_N, k=3)
HALF, TWO_THIRDS = JoinRule(JoinKind.PERCENT, percent=50), JoinRule(JoinKind.PERCENT, percent=66.67)
WORDS = {
	"c": Decision.CLEAR,
	"w": Decision.CLEAR_WITH_CONDITIONS,
	"r": Decision.RETURN,
	"o": Decision.OBJECT,
	"x": Decision.RECUSE,
	".": None,
}


def votes(written):
	"""One letter a seat; "!" after it makes the seat mandatory, "v" gives it a veto."""
	cast = []
	for letter in written:
		if letter == "!":
			cast[-1] = Vote(cast[-1].seat, cast[-1].decision, mandatory=True, veto=cast[-1].veto)
		elif letter == "v":
			cast[-1] = Vote(cast[-1].seat, cast[-1].decision, mandatory=cast[-1].mandatory, veto=True)
		else:
			cast.append(Vote(f"seat {len(cast)}", WORDS[letter]))
	return cast


@pytest.mark.parametrize(
	("rule", "written", "outcome"),
	[
		(ALL, "c.", Outcome.OPEN),
		(ALL, "cw", Outcome.PASSED),
		(ALL, "cx", Outcome.PASSED),
		(ALL, "c.o", Outcome.REFUSED),
		(ALL, "ccr", Outcome.RETURNED),
		(ALL, "or", Outcome.RETURNED),
		(ALL, "xx", Outcome.STUCK),
		(ALL, "", Outcome.STUCK),
		(ALL, "ccx!", Outcome.STUCK),
		(ALL, "cox!", Outcome.REFUSED),
		(ANY, "..", Outcome.OPEN),
		(ANY, "c..", Outcome.PASSED),
		(ANY, "c.!", Outcome.OPEN),
		(ANY, ".c!", Outcome.PASSED),
		(ANY, "co", Outcome.PASSED),
		(ANY, "o.", Outcome.OPEN),
		(ANY, "oo", Outcome.REFUSED),
		(ANY, "ox", Outcome.REFUSED),
		(ANY, "xx", Outcome.STUCK),
		(ANY, "co!", Outcome.REFUSED),
		(ANY, "cov", Outcome.REFUSED),
		(ANY, "cxv", Outcome.PASSED),
		(ANY, "cx!", Outcome.STUCK),
		(ANY, "cr", Outcome.RETURNED),
		(TWO, "c..", Outcome.OPEN),
		(TWO, "cc.", Outcome.PASSED),
		(TWO, "cc.!", Outcome.OPEN),
		(TWO, "co.", Outcome.OPEN),
		(TWO, "oo.", Outcome.REFUSED),
		(TWO, "xo.", Outcome.REFUSED),
		(TWO, "x..", Outcome.OPEN),
		(TWO, "xx.", Outcome.STUCK),
		(TWO, "xxc", Outcome.STUCK),
		(TWO, "xcc", Outcome.PASSED),
		(THREE, "..", Outcome.STUCK),
		(HALF, "c.", Outcome.PASSED),
		(HALF, "c..", Outcome.OPEN),
		(HALF, "cx.", Outcome.PASSED),
		(HALF, "oo.", Outcome.REFUSED),
		(HALF, "oo..", Outcome.OPEN),
		(HALF, "xxxx", Outcome.STUCK),
		(TWO_THIRDS, "cco", Outcome.REFUSED),
		(JoinRule("Percent", percent=66.66), "cco", Outcome.PASSED),
		(JoinRule("Percent", percent=100), "ccc", Outcome.PASSED),
	],
)
def test_outcome(rule, written, outcome):
	assert outcome_of(rule, votes(written)) is outcome


@pytest.mark.parametrize(
	("city", "rule", "written", "outcome"),
	[
		("Anacortes: four required reviewers in no order", ALL, "c!c!c!.!", Outcome.OPEN),
		("Anacortes: the fourth clears", ALL, "c!c!c!c!", Outcome.PASSED),
		("Toronto: the solicitor approves the form, one manager signs", ANY, "c!.", Outcome.PASSED),
		("composite: ethics advises, law has a veto", TWO, "cc.ov", Outcome.REFUSED),
	],
)
def test_outcome_as_cities_do(city, rule, written, outcome):
	assert outcome_of(rule, votes(written)) is outcome, city


@pytest.mark.parametrize(
	("outcomes", "expected"),
	[
		(["cc", "c"], Outcome.PASSED),
		(["cc", "."], Outcome.OPEN),
		(["cc", ".", "x"], Outcome.STUCK),
		([".", "x", "o"], Outcome.REFUSED),
		([".", "x", "o", "r"], Outcome.RETURNED),
		([], Outcome.STUCK),
	],
)
def test_the_gravest_group_speaks_for_the_stage(outcomes, expected):
	groups = {str(number): (ALL, votes(written)) for number, written in enumerate(outcomes)}
	assert outcome_of_stage(groups) is expected


def test_words_are_needed_for_everything_but_a_plain_clear():
	assert {str(decision) for decision in NEEDS_WORDS} == {
		"Clear with Conditions",
		"Return",
		"Object",
		"Recuse",
	}
	assert [decision for decision in Decision if decision.is_favourable] == ["Clear", "Clear with Conditions"]


def test_reads_stored_words_and_refuses_others():
	assert Vote("Law", "Clear").decision is Decision.CLEAR
	assert Vote("Law", "").decision is None
	with pytest.raises(JoinError, match="Law"):
		Vote("Law", "Approved")


@pytest.mark.parametrize(
	"wrong",
	[
		{"kind": "Most"},
		{"kind": "K of N"},
		{"kind": "Percent"},
		{"kind": "Percent", "percent": 101},
		{"kind": "Percent", "percent": float("nan")},
	],
)
def test_refuses_a_join_that_means_nothing(wrong):
	with pytest.raises(JoinError, match=r"\.$"):
		JoinRule(**wrong)


def test_a_share_may_be_the_whole():
	everybody = JoinRule(JoinKind.PERCENT, percent=100)
	assert (everybody.is_enough(3, 3), everybody.is_enough(2, 3)) == (True, False)


def test_the_default_join_is_all():
	assert JoinRule() == ALL


# Tenths as people type them: exact arithmetic must not depend on how a float is stored.
rules = st.one_of(
	st.just(ALL),
	st.just(ANY),
	st.integers(1, 6).map(lambda k: JoinRule(JoinKind.K_OF_N, k=k)),
	st.integers(1, 1000).map(lambda tenths: JoinRule(JoinKind.PERCENT, percent=tenths / 10)),
)
seats = st.lists(
	st.tuples(st.sampled_from(list(Decision)), st.booleans(), st.booleans()), min_size=1, max_size=6
)


def as_votes(cast, answered):
	return [
		Vote(str(index), decision if index in answered else None, mandatory, veto)
		for index, (decision, mandatory, veto) in enumerate(cast)
	]


@given(rules, seats, st.randoms(use_true_random=False))
def test_the_order_of_votes_never_matters(rule, cast, random):
	ordered = as_votes(cast, range(len(cast)))
	shuffled = list(ordered)
	random.shuffle(shuffled)
	assert outcome_of(rule, shuffled) is outcome_of(rule, ordered)


@given(rules, seats, st.randoms(use_true_random=False))
def test_a_join_fires_at_most_once_whatever_the_order(rule, cast, random):
	arrival = list(range(len(cast)))
	random.shuffle(arrival)
	outcomes = [outcome_of(rule, as_votes(cast, arrival[:count])) for count in range(len(cast) + 1)]
	fired = [now.is_final and not before.is_final for before, now in pairwise(outcomes)]
	assert not outcomes[0].is_final
	assert sum(fired) <= 1
	assert outcomes[-1] is not Outcome.OPEN
	if any(fired):
		assert all(outcome.is_final for outcome in outcomes[fired.index(True) + 1 :])


@given(rules, seats, st.randoms(use_true_random=False))
def test_refused_and_returned_are_never_taken_back(rule, cast, random):
	arrival = list(range(len(cast)))
	random.shuffle(arrival)
	reached = None
	for count in range(len(cast) + 1):
		outcome = outcome_of(rule, as_votes(cast, arrival[:count]))
		if reached is Outcome.RETURNED:
			assert outcome is Outcome.RETURNED
		elif reached is Outcome.REFUSED:
			assert outcome in (Outcome.REFUSED, Outcome.RETURNED)
		reached = outcome


@given(rules, seats)
def test_a_stuck_join_never_passes_without_a_change_of_seats(rule, cast):
	for count in range(len(cast)):
		if outcome_of(rule, as_votes(cast, range(count))) is Outcome.STUCK:
			assert outcome_of(rule, as_votes(cast, range(len(cast)))) is not Outcome.PASSED


@given(rules, st.lists(st.sampled_from([Decision.CLEAR, Decision.OBJECT, None]), min_size=1, max_size=8))
def test_passes_exactly_when_the_share_is_there(rule, decisions):
	favourable, n = decisions.count(Decision.CLEAR), len(decisions)
	enough = {
		JoinKind.ALL: favourable == n,
		JoinKind.ANY: favourable >= 1,
		JoinKind.K_OF_N: favourable >= rule.k,
		JoinKind.PERCENT: Fraction(favourable * 100) >= Fraction(str(rule.percent)) * n,
	}[rule.kind]
	outcome = outcome_of(rule, [Vote(str(index), decision) for index, decision in enumerate(decisions)])
	assert (outcome is Outcome.PASSED) is enough


@given(rules, st.integers(1, 6))
def test_silence_never_approves(rule, count):
	assert outcome_of(rule, [Vote(str(index), None) for index in range(count)]) in (
		Outcome.OPEN,
		Outcome.STUCK,
	)


def test_every_order_of_a_full_vote_ends_alike():
	cast = votes("cwox")
	assert {outcome_of(TWO, list(order)) for order in permutations(cast)} == {Outcome.PASSED}
