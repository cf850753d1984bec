"""Each rule of triage says why, and together they propose."""

from dataclasses import replace
from datetime import date

import pytest

from city_diplomacy.domain.protocol.triage import (
	Answer,
	Consequence,
	Criterion,
	Earlier,
	TriageProposal,
	TriageRule,
	VisitRequest,
	is_overruled,
	judge,
	letter_reasons,
	proposal_of,
)

PLAIN = VisitRequest(
	requested_on=date(2026, 11, 1),
	arrives_on=date(2026, 11, 20),
	leaves_on=date(2026, 11, 21),
	requester_kind="Government",
	requester="City of Nagoya",
	topic="Ports",
	country="Japan",
	benefit="Berth planning",
	population=2_300_000,
	our_population=3_800_000,
)


def said(criterion: str, limit: float, **changes) -> tuple[str, str]:
	(finding,) = judge(replace(PLAIN, **changes), [TriageRule("A rule", criterion, limit)])
	return finding.answer, finding.sentence.format(**finding.values)


@pytest.mark.parametrize(
	("criterion", "limit", "changes", "answer", "words"),
	[
		(Criterion.LEAD_TIME, 14, {}, Answer.MET, "19 days ahead"),
		(Criterion.LEAD_TIME, 19, {}, Answer.MET, "19 are needed"),
		(Criterion.LEAD_TIME, 20, {}, Answer.NOT_MET, "only 19 days"),
		(Criterion.LENGTH, 2, {}, Answer.MET, "2 days"),
		(Criterion.LENGTH, 1, {}, Answer.NOT_MET, "2 days"),
		(Criterion.BENEFIT, 0, {}, Answer.MET, "gains"),
		(Criterion.BENEFIT, 0, {"benefit": " "}, Answer.NOT_MET, "does not say"),
		(Criterion.COST, 0, {}, Answer.MET, "not asked"),
		(Criterion.COST, 100, {"cost_to_us": 100.5}, Answer.NOT_MET, "100.50"),
		(Criterion.COST, 100, {"cost_to_us": 100}, Answer.MET, "not asked"),
		(Criterion.COST, 0, {"asks_us_to_pay": True}, Answer.NOT_MET, "asked to bear"),
		(Criterion.GOVERNMENT, 0, {}, Answer.MET, "A government"),
		(Criterion.GOVERNMENT, 0, {"requester_kind": "Embassy or consulate"}, Answer.MET, "A government"),
		(Criterion.GOVERNMENT, 0, {"requester_kind": "Company"}, Answer.NOT_MET, "not a government"),
		(Criterion.GOVERNMENT, 0, {"requester_kind": ""}, Answer.UNKNOWN, "not recorded"),
		(Criterion.NO_AGENCY, 0, {"requester_kind": "Travel agency"}, Answer.NOT_MET, "travel agency"),
		(Criterion.NO_AGENCY, 0, {}, Answer.MET, "No travel"),
		(Criterion.COMPARABLE_CITY, 2, {}, Answer.MET, "2,300,000"),
		(Criterion.COMPARABLE_CITY, 1.5, {}, Answer.NOT_MET, "hardly"),
		(Criterion.COMPARABLE_CITY, 2, {"population": 8_000_000}, Answer.NOT_MET, "hardly"),
		(Criterion.COMPARABLE_CITY, 2, {"our_population": 0}, Answer.UNKNOWN, "not recorded"),
	],
)
def test_a_rule_says_why(criterion, limit, changes, answer, words):
	found, sentence = said(criterion, limit, **changes)
	assert found == answer
	assert words in sentence


EARLIER = Earlier("Port of Nagoya", date(2025, 3, 1), "Ports", "Japan", "Nagoya Port Authority")


@pytest.mark.parametrize(
	("earlier", "answer", "words"),
	[
		(EARLIER, Answer.NOT_MET, "same topic"),
		(replace(EARLIER, country="Korea"), Answer.MET, "Neither"),
		(replace(EARLIER, topic=""), Answer.MET, "Neither"),
		(replace(EARLIER, topic="", requester="CITY OF NAGOYA"), Answer.NOT_MET, "same requester"),
		(replace(EARLIER, arrived=date(2024, 1, 1)), Answer.MET, "Neither"),
	],
)
def test_nobody_comes_twice_on_the_same_matter(earlier, answer, words):
	found, sentence = said(Criterion.REPEAT, 2, earlier=(earlier,))
	assert found == answer
	assert words in sentence


def test_two_requesters_without_a_name_are_not_the_same():
	found, _sentence = said(
		Criterion.REPEAT, 2, requester="", topic="", earlier=(replace(EARLIER, requester="", topic=""),)
	)
	assert found == Answer.MET


DECLINES = TriageRule("Notice", Criterion.LEAD_TIME, 60, Consequence.DECLINE, "We need more time.")
LOOKS = TriageRule("Length", Criterion.LENGTH, 1, Consequence.LOOK, "Two days at most.")
HOLDS = TriageRule("Benefit", Criterion.BENEFIT, 0, Consequence.DECLINE, "No.")
OPEN = TriageRule("Size", Criterion.COMPARABLE_CITY, 2, Consequence.DECLINE, "Too large.")


@pytest.mark.parametrize(
	("rules", "proposal"),
	[
		([], TriageProposal.ACCEPT),
		([HOLDS], TriageProposal.ACCEPT),
		([HOLDS, LOOKS], TriageProposal.LOOK),
		([LOOKS, DECLINES], TriageProposal.DECLINE),
		([OPEN], TriageProposal.LOOK),
	],
)
def test_the_rules_propose_together(rules, proposal):
	assert proposal_of(judge(replace(PLAIN, population=0), rules)) == proposal


def test_a_letter_says_what_is_not_met():
	assert letter_reasons(judge(PLAIN, [HOLDS, LOOKS, DECLINES])) == [
		"Two days at most.",
		"We need more time.",
	]


@pytest.mark.parametrize(
	("proposal", "accepted", "overruled"),
	[
		("Decline", True, True),
		("Accept", False, True),
		("Accept", True, False),
		("Decline", False, False),
		("Look into it", True, False),
		("Look into it", False, False),
		("", False, False),
	],
)
def test_who_decides_otherwise_overrules(proposal, accepted, overruled):
	assert is_overruled(proposal, accepted) is overruled
