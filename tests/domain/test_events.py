"""The phases of an event, its attendance by origin, and ICCA's test of an association meeting."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from city_diplomacy.domain.events import association_test, attendance, phases
from city_diplomacy.domain.events.association_test import Answer, Part
from city_diplomacy.domain.events.phases import ENDED_BEFORE, Phase

EVERYTHING = dict.fromkeys(
	(
		"organiser",
		"organiser_name",
		"decision_on",
		"starts_on",
		"venue",
		"department_roles",
		"attended",
		"legacy",
		"ended_reason",
	),
	"filled",
)


def test_an_event_goes_from_the_bid_to_its_legacy_step_by_step():
	way = [Phase.BID, Phase.AWARDED, Phase.PREPARING, Phase.HELD, Phase.LEGACY]
	assert all(phases.may_follow(*pair) for pair in pairwise(way))
	assert not phases.may_follow(Phase.BID, Phase.HELD)
	assert not phases.may_follow(Phase.HELD, Phase.CANCELLED)


@pytest.mark.parametrize("phase", Phase)
def test_no_phase_is_a_dead_end_and_none_follows_itself(phase):
	assert phases.NEXT[phase]
	assert phase not in phases.NEXT[phase]


@pytest.mark.parametrize("phase", Phase)
def test_an_event_that_says_everything_can_be_in_any_phase(phase):
	assert phases.missing(phase, EVERYTHING) == []


@pytest.mark.parametrize(
	("phase", "lacks"),
	[
		(Phase.BID, [("organiser", "organiser_name"), ("decision_on",)]),
		(Phase.PREPARING, [("starts_on",), ("venue",), ("department_roles",)]),
		(Phase.LEGACY, [("starts_on",), ("attended",), ("legacy",)]),
	],
)
def test_what_an_empty_event_lacks_is_named(phase, lacks):
	assert phases.missing(phase, {}) == lacks


def test_one_of_two_fields_is_enough():
	assert phases.missing(Phase.BID, {"organiser_name": "A league", "decision_on": "2027-01-01"}) == []


@pytest.mark.parametrize("phase", ENDED_BEFORE)
def test_what_ended_before_it_was_held_says_why(phase):
	assert phases.missing(phase, {}) == [("ended_reason",)]


@given(st.integers(0, 10**6), st.lists(st.integers(0, 10**5), max_size=8))
def test_origins_fit_the_total_or_exceed_it_by_what_is_said(total, origins):
	settled = attendance.settled_total(total, origins)
	surplus, unknown = attendance.surplus(total, origins), attendance.of_unknown_origin(settled, origins)
	assert settled + surplus == sum(origins) + unknown
	assert not (surplus and unknown)


def test_without_a_total_the_origins_are_the_total():
	assert attendance.settled_total(0, [3, 4]) == 7
	assert attendance.surplus(0, [3, 4]) == 0
	assert attendance.surplus(6, [3, 4]) == 1


def answers(*given) -> list[Answer]:
	return [finding.answer for finding in association_test.find(*given)]


def test_a_congress_that_meets_every_part_is_an_association_meeting():
	findings = association_test.find(Answer.YES, Answer.YES, 50, ["Japan", "Kenya", "Chile"], False)
	assert [finding.part for finding in findings] == list(Part)
	assert association_test.verdict(findings) is Answer.YES
	assert [finding.number for finding in findings[2:]] == [50, 3]


def test_forty_nine_participants_are_too_few_and_an_unknown_number_is_not_a_no():
	assert answers(Answer.YES, Answer.YES, 49, [], False)[2] is Answer.NO
	assert answers(Answer.YES, Answer.YES, 0, [], False)[2] is Answer.NOT_KNOWN


def test_two_countries_are_a_no_only_where_all_editions_are_known():
	assert answers(Answer.YES, Answer.YES, 60, ["Japan", "Japan", "Chile"], False)[3] is Answer.NOT_KNOWN
	assert answers(Answer.YES, Answer.YES, 60, ["Japan", "Japan", "Chile"], True)[3] is Answer.NO


@given(st.lists(st.sampled_from(Answer), min_size=4, max_size=4))
def test_the_verdict_is_the_worst_of_the_parts(given_answers):
	findings = [association_test.Finding(part, one) for part, one in zip(Part, given_answers, strict=True)]
	expected = (
		Answer.NO
		if Answer.NO in given_answers
		else Answer.NOT_KNOWN
		if Answer.NOT_KNOWN in given_answers
		else Answer.YES
	)
	assert association_test.verdict(findings) is expected
