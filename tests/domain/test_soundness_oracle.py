"""The checker's verdicts against oracles that know nothing of its shortcuts.

Small cases are enumerated in full: every order of every answer of every seat, every document, with the engine's
own planning and joins; the generated Workflows are handed to networkx, and spoiled in every single way. What the
checker says about them by counting and comparing must be the same.
"""

from collections import deque
from dataclasses import dataclass, replace
from itertools import product

import networkx as nx
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from city_diplomacy.domain.policy.conditions import OPPOSITES
from city_diplomacy.domain.route.join_outcomes import Seats, ends_of
from city_diplomacy.domain.route.joins import Decision, JoinRule, Outcome, Vote, outcome_of, outcome_of_stage
from city_diplomacy.domain.route.routing import Rule, Stage, plan_route
from city_diplomacy.domain.soundness.check import check
from city_diplomacy.domain.soundness.model import (
	DocumentField,
	Finding,
	Organisation,
	Proposal,
	Transition,
)
from city_diplomacy.domain.soundness.samples import find_document, judge, one_always_holds
from city_diplomacy.domain.soundness.workflow import workflow_findings
from city_diplomacy.overrides.project_routing import PROJECT_ROUTING
from city_diplomacy.partnership_approvals.policies.check import as_workflow
from city_diplomacy.partnership_approvals.routing.workflows import workflow_of
from city_diplomacy.partnerships.agreements.mou_routing import MOU_ROUTING
from city_diplomacy.partnerships.networks.membership_routing import MEMBERSHIP_ROUTING
from tests.domain.written import either, when

JOINS = st.one_of(
	st.sampled_from([JoinRule("All"), JoinRule("Any")]),
	st.integers(1, 4).map(lambda k: JoinRule("K of N", k=k)),
	st.sampled_from([1, 33.33, 50, 66.67, 100]).map(lambda share: JoinRule("Percent", percent=share)),
)


# joins: every order of every answer


@dataclass(frozen=True)
class Chair:
	"""One seat of the oracle: unlike the checker it tells each apart from the others."""

	mandatory: bool
	veto: bool
	can_be_lost: bool


def every_answer(rule: JoinRule, chairs: list[Chair]) -> tuple[set[Outcome], int | None]:
	"""The outcomes any series of answers leads to, and the fewest recusals after which the group is stuck."""
	outcomes, fewest = set(), None
	start = (None,) * len(chairs)
	seen, waiting = {start}, deque([start])
	while waiting:
		answers = waiting.popleft()
		outcome = outcome_of(
			rule,
			[
				Vote(str(place), answer, chair.mandatory, chair.veto)
				for place, (chair, answer) in enumerate(zip(chairs, answers, strict=True))
			],
		)
		if outcome is Outcome.STUCK:
			recusals = answers.count(Decision.RECUSE)
			fewest = recusals if fewest is None else min(fewest, recusals)
		if outcome is not Outcome.OPEN:
			outcomes.add(outcome)
		if outcome.is_final:
			continue
		for place, answer in enumerate(answers):
			if answer is not None:
				continue
			for decision in Decision:
				# A seat that somebody follows in is asked again after a recusal, as if nothing had been said.
				if decision is Decision.RECUSE and not chairs[place].can_be_lost:
					continue
				following = (*answers[:place], decision, *answers[place + 1 :])
				if following not in seen:
					seen.add(following)
					waiting.append(following)
	return outcomes, fewest


chairs = st.lists(st.builds(Chair, st.booleans(), st.booleans(), st.booleans()), min_size=1, max_size=4)


@given(JOINS, chairs)
@settings(max_examples=150)
def test_counting_seats_finds_the_same_ends_as_trying_every_order_of_every_answer(rule, chairs):
	mandatory = [chair for chair in chairs if chair.mandatory]
	others = [chair for chair in chairs if not chair.mandatory]
	counted = ends_of(
		rule,
		Seats(
			len(mandatory),
			sum(chair.can_be_lost for chair in mandatory),
			len(others),
			sum(chair.can_be_lost for chair in others),
		),
	)
	outcomes, fewest = every_answer(rule, chairs)
	assert counted.outcomes == outcomes
	assert counted.recusals_until_stuck == fewest


# the Workflow: networkx, and every way to spoil the one that is generated


ROUTINGS = (MOU_ROUTING, MEMBERSHIP_ROUTING, PROJECT_ROUTING)
of_each_doctype = pytest.mark.parametrize("routing", ROUTINGS, ids=lambda routing: routing.doctype)


def differences(routing, stored=None, **changes) -> list[Finding]:
	generated = as_workflow(workflow_of(routing))
	stored = replace(stored or generated, **changes)
	fields = {routing.state_field: DocumentField(routing.state_field)}
	proposal = Proposal(
		{}, stored, generated, fields, Organisation(), routing.stage_states, routing.requesters
	)
	return list(workflow_findings(proposal))


@of_each_doctype
def test_in_what_is_generated_each_state_is_reached_and_leads_to_an_end_as_networkx_says(routing):
	generated = as_workflow(workflow_of(routing))
	graph = nx.DiGraph((step.state, step.to) for step in generated.transitions)
	ends = {*routing.standings, routing.declined, routing.withdrawn}
	for state in generated.states:
		assert nx.has_path(graph, routing.draft, state)
		assert any(nx.has_path(graph, state, end) for end in ends)
	assert differences(routing) == []


@of_each_doctype
def test_whatever_is_taken_away_or_altered_is_an_error(routing):
	generated = as_workflow(workflow_of(routing))
	for lost in generated.states:
		kept = {state: submitted for state, submitted in generated.states.items() if state != lost}
		assert any(found.is_error for found in differences(routing, states=kept))
	for place, step in enumerate(generated.transitions):
		before, after = generated.transitions[:place], generated.transitions[place + 1 :]
		spoiled = [(*before, replace(step, allowed="Nobody"), *after), (*before, *after)]
		if step.condition:
			spoiled.append((*before, replace(step, condition="doc.wings"), *after))
		# The other role may still hand in.
		expected = bool(step.condition)
		assert [
			any(found.is_error for found in differences(routing, transitions=steps)) for steps in spoiled
		] == [expected] * len(spoiled)


@of_each_doctype
def test_whatever_way_is_added_is_an_error(routing):
	generated = as_workflow(workflow_of(routing))
	ways = {(step.state, step.to) for step in generated.transitions}
	for state, to in {*product(generated.states, repeat=2)} - ways:
		added = (*generated.transitions, Transition(state, "Jump", to))
		assert [found.code for found in differences(routing, transitions=added)] == ["dead-transition"]


# whole routes: every document, every answer


DEPARTMENTS = ("Port", "Parks")
STAGE_STATES = ("First", "Second", "Third")
BITS = {name: DocumentField(name, "check") for name in ("a", "b")}
FIELDS = {
	**BITS,
	"workflow_state": DocumentField("workflow_state"),
	"departments": DocumentField("departments", "table", columns=frozenset({"department"})),
}
A, B, NOT_A = ("a", "is checked"), ("b", "is checked"), ("a", "is not checked")
CONDITIONS = (None, when(A), when(NOT_A), when(B), when(A, B), either(when(A), when(B)), when(A, NOT_A))
BROKEN = {
	"route-may-be-empty",
	"join-cannot-complete",
	"join-may-lack-seats",
}


class Office(Organisation):
	"""The organisation on paper as planning asks for it; everybody named is there."""

	def head_of(self, department):
		return self.heads.get(department)

	def acting_head_of(self, department):
		return self.acting_heads.get(department)

	def has_role(self, user, role):
		return user in self.roles.get(role, ())


def office_for(rules) -> Office:
	heads = {department: f"{department}@city.example" for department in DEPARTMENTS}
	people = {rule.user for rule in rules.values() if rule.user} | set(heads.values()) | {"next@city.example"}
	return Office(frozenset(people), frozenset(DEPARTMENTS), heads, {})


@st.composite
def policies(draw):
	rules, row = {}, 0
	for stage in range(1, draw(st.integers(1, 3)) + 1):
		joins = {group: draw(JOINS) for group in ("", "other")}
		for _ in range(draw(st.integers(1, 3))):
			row += 1
			group = draw(st.sampled_from(sorted(joins)))
			departments = draw(st.integers(0, 5)) == 0
			rules[row] = Rule(
				key=str(row),
				stage=stage,
				state=STAGE_STATES[stage - 1],
				seat=f"Seat {row}",
				asked_of="Departments of the Document" if departments else "User",
				table_field="departments" if departments else None,
				user=None if departments else f"seat{row}@city.example",
				fallback_user="next@city.example",
				condition=draw(st.sampled_from(CONDITIONS)),
				join=joins[group],
				group=group,
				mandatory=draw(st.booleans()),
			)
	# Two rules for the same departments would ask them once, in the group of the first: see the example tables.
	for stage in range(1, 4):
		of_departments = [r for r in rules.values() if r.stage == stage and r.table_field]
		assume(len(of_departments) < 2)
	return rules


def proposed(rules, office: Organisation) -> Proposal:
	"""The rules on a Workflow that can follow them everywhere, as a generated one can."""
	generated = as_workflow(workflow_of(replace(MEMBERSHIP_ROUTING, stage_states=STAGE_STATES)))
	return Proposal(rules, generated, generated, FIELDS, office, STAGE_STATES)


def some_document_comes_to_a_halt(proposal: Proposal) -> bool:
	"""Walk every document through its planned stages, everybody clearing, with the engine's planning and joins."""
	for a, b, number in product((0, 1), (0, 1), (0, 1, 2)):
		facts = {"a": a, "b": b, "departments": [{"department": name} for name in DEPARTMENTS[:number]]}
		stages = plan_route(proposal.rules.values(), facts, proposal.organisation)
		if not stages or not all(can_pass(stage) for stage in stages):
			return True
	return False


def can_pass(stage: Stage) -> bool:
	"""Whether any answers at all take a stage on; each seat clears, objects or stays silent."""
	seats = list(stage.questions)
	for answers in product((Decision.CLEAR, Decision.OBJECT, None), repeat=len(seats)):
		given = dict(zip((question.seat for question in seats), answers, strict=True))
		groups = {
			group: (
				join,
				[Vote(q.seat, given[q.seat], q.rule.mandatory, q.rule.veto) for q in questions],
			)
			for group, (join, questions) in stage.groups().items()
		}
		if outcome_of_stage(groups) is Outcome.PASSED:
			return True
	return False


@given(policies())
@settings(max_examples=200)
def test_a_policy_is_refused_exactly_when_some_document_comes_to_a_halt(rules):
	proposal = proposed(rules, office_for(rules))
	found = {finding.code for finding in check(proposal) if finding.is_error}
	halts = some_document_comes_to_a_halt(proposal)
	assert bool(found & BROKEN) == halts, found


# people: every way to seat them


@given(st.lists(st.sets(st.sampled_from("abc"), min_size=1), min_size=1, max_size=4))
@settings(max_examples=200)
@example([{"a"}, {"a"}])
@example([{"a", "b"}, {"a", "b"}, {"a", "b"}])
def test_people_are_short_exactly_when_no_seating_gives_each_seat_its_own(offices):
	rules = {
		row: Rule(str(row), 1, "First", f"Seat {row}", "Role", role=f"Role {row}", mandatory=True)
		for row in range(1, len(offices) + 1)
	}
	roles = {f"Role {row}": frozenset(people) for row, people in enumerate(offices, start=1)}
	proposal = proposed(rules, Organisation(frozenset("abc"), roles=roles))
	seatings = (seating for seating in product(*offices) if len(set(seating)) == len(offices))
	found = {finding.code for finding in check(proposal)}
	assert ("one-person-two-seats" in found) == (next(seatings, None) is None)


# conditions: every value


comparisons = st.builds(
	lambda field, operator, number: (field, operator, number),
	st.sampled_from(("x", "y")),
	st.sampled_from(("is less than", "is at most", "is more than", "is at least", "is", "is not")),
	st.integers(-3, 3),
)
groups = st.lists(comparisons, min_size=1, max_size=3).map(lambda clauses: when(*clauses))
conditions = st.lists(groups, max_size=3).map(lambda groups: either(*groups))
NUMBERS = {name: DocumentField(name, "number") for name in ("x", "y")}
# Halves stand for all that lies between whole numbers, beyond 3 nothing new happens.
EVERY_NUMBER = [None, *(half / 2 for half in range(-10, 11))]


@given(conditions)
@settings(max_examples=200)
def test_a_condition_holds_and_fails_as_trying_every_value_says(condition):
	answers = {condition.holds({"x": x, "y": y}) for x, y in product(EVERY_NUMBER, repeat=2)}
	verdict = judge(condition, NUMBERS)
	assert verdict.is_proof
	assert (verdict.holds_for is not None) == (True in answers)
	assert (verdict.fails_for is not None) == (False in answers)
	if verdict.holds_for is not None:
		assert condition.holds({"x": 0, "y": 0, **verdict.holds_for})


@given(comparisons)
def test_one_of_a_clause_and_its_opposite_always_holds(clause):
	field, operator, value = clause
	both = [when(clause), when((field, OPPOSITES[operator], value))]
	assert one_always_holds(both)
	assert not one_always_holds(both[:1])
	assert not one_always_holds([when(clause), when((field, OPPOSITES[operator], value + 1))])
	assert find_document([], both, NUMBERS) == (None, True)


def test_the_oracles_themselves_see_both_good_and_bad():
	"""An oracle that always says yes would agree with a checker that never finds anything."""
	seat = {"user": "seat1@city.example", "fallback_user": "next@city.example"}
	rule = Rule("1", 1, "First", "Seat", "User", **seat)
	stuck = replace(rule, join=JoinRule("K of N", k=2))
	assert not some_document_comes_to_a_halt(proposed({1: rule}, office_for({1: rule})))
	assert some_document_comes_to_a_halt(proposed({1: stuck}, office_for({1: stuck})))
