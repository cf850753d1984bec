"""What the checker says, by example; `defects.py` holds the corpus, `test_soundness_oracle.py` the proofs."""

from dataclasses import replace

import pytest

from city_diplomacy.domain.policy.conditions import Condition
from city_diplomacy.domain.route.join_outcomes import Seats, ends_of
from city_diplomacy.domain.route.joins import JoinRule, Outcome
from city_diplomacy.domain.route.routing import Rule
from city_diplomacy.domain.soundness.check import check
from city_diplomacy.domain.soundness.joins import positions_explored
from city_diplomacy.domain.soundness.model import DocumentField, Proposal, Transition
from city_diplomacy.domain.soundness.samples import (
	MOST_DOCUMENTS,
	documents_for,
	find_document,
	judge,
)
from city_diplomacy.partnerships.agreements.mou_routing import MOU_ROUTING
from tests.domain.paper_city import (
	COMPOSITE_RULES,
	FIELDS,
	asked,
	composite,
	organisation_with,
	proposal,
	staffed,
	with_rules,
	with_steps,
	workflow_with,
)
from tests.domain.spoiling import member
from tests.domain.written import either, when

TRAVEL = when(("travel_or_gifts", "is checked"))
NO_TRAVEL = when(("travel_or_gifts", "is not checked"))
ALL, ANY, TWO, HALF = (
	JoinRule("All"),
	JoinRule("Any"),
	JoinRule("K of N", k=2),
	JoinRule("Percent", percent=50),
)


def codes(checked):
	return {finding.code for finding in check(checked)}


def test_errors_come_first_and_then_the_rows_in_order():
	found = check(
		proposal(
			{
				1: asked("Law", working_days=0, mandatory=True),
				2: asked("Port", working_days=0),
				3: asked("Parks", condition=when(("wings", "is set"))),
			}
		)
	)
	assert [(finding.severity, finding.row) for finding in found] == [
		("error", 3),
		("warning", 1),
		("warning", 2),
	]


# what is all right


@pytest.mark.parametrize(
	"sound",
	[
		pytest.param(
			with_rules(asked("Ethics again", condition=TRAVEL, stage=2, state="Mayor's Decision")),
			id="a stage may hold several seats",
		),
		pytest.param(
			with_rules(replace(COMPOSITE_RULES[1], key="again", stage=4, state="Council Decision")),
			id="the same seat may be asked again in a later stage",
		),
		pytest.param(
			with_rules(asked("Council Member Lopez", user="lopez@city.example")),
			id="one member of a council may sponsor",
		),
		pytest.param(
			with_rules(
				asked("Clerk of the Council", user="one@city.example", stage=3, state="Council Decision"),
				asked("City Clerk", user="two@city.example", stage=3, state="Council Decision"),
			),
			id="those who serve a council are not its members",
		),
		pytest.param(
			with_steps("Draft", "Intake Review", action="Hand In", condition="doc.purpose"),
			id="what can be handed in, and how that is called, is the office's own",
		),
		pytest.param(
			workflow_with(Transition("Draft", "Submit for Intake", "Intake Review", "All")),
			id="handing in may be open to all who have a role for it",
		),
		pytest.param(composite(6, join=ANY), id="any of one"),
	],
)
def test_nothing_is_found(sound):
	assert check(sound) == []


def test_conditions_that_exclude_each_other_never_ask_one_person_twice():
	one, other = (
		asked(name, user="both@city.example", mandatory=True, condition=condition)
		for name, condition in (("Law", TRAVEL), ("Port", NO_TRAVEL))
	)
	assert "one-person-two-seats" not in codes(with_rules(one, other))
	assert "one-person-two-seats" in codes(with_rules(one, replace(other, condition=None)))


def test_a_role_of_one_who_stands_aside_is_followed_by_the_one_named():
	rule = asked("Law", asked_of="Role", role="Counsel", user=None, mandatory=True)
	alone = {"roles": {"Counsel": frozenset({"law@city.example"})}}
	people = frozenset({"law@city.example", "follower@city.example"})
	assert check(organisation_with({1: rule}, people=people, **alone)) == []
	unfollowed = {1: replace(rule, fallback_user=None)}
	assert codes(organisation_with(unfollowed, people=people, **alone)) == {"recusal-leaves-it-stuck"}


def test_what_depends_on_people_is_marked_so_that_seeding_can_wait_for_them():
	empty = organisation_with(
		{1: replace(COMPOSITE_RULES[1], recorded_decision_allowed=False)}, roles={}, people=frozenset()
	)
	(finding,) = check(empty)
	assert (finding.code, finding.about_people) == ("seat-vacant", True)


# joins


@pytest.mark.parametrize(
	("rule", "seats", "ends", "recusals"),
	[
		(ALL, Seats(others=3), "passed returned refused", None),
		(ALL, Seats(others=3, others_lost=2), "passed returned refused", None),
		(ALL, Seats(others=3, others_lost=3), "passed returned refused stuck", 3),
		(ALL, Seats(mandatory=2, mandatory_lost=1, others=5), "passed returned refused stuck", 1),
		(ANY, Seats(others=4, others_lost=4), "passed returned refused stuck", 4),
		(TWO, Seats(others=1), "returned refused stuck", 0),
		(TWO, Seats(others=3, others_lost=3), "passed returned refused stuck", 2),
		(HALF, Seats(others=5, others_lost=4), "passed returned refused", None),
		(ALL, Seats(), "stuck", 0),
	],
)
def test_how_a_group_can_end(rule, seats, ends, recusals):
	found = ends_of(rule, seats)
	assert found.outcomes == {Outcome(end.title()) for end in ends.split()}
	assert found.recusals_until_stuck == recusals


@pytest.mark.parametrize(
	("rule", "seats", "recusals", "by_mandatory"),
	[
		(ANY, Seats(mandatory=1, mandatory_lost=1, others=4, others_lost=4), 1, True),
		(TWO, Seats(mandatory=1, mandatory_lost=1, others=2, others_lost=2), 1, True),
		# Any one of the two leaves too few.
		(TWO, Seats(mandatory=1, mandatory_lost=1, others=1, others_lost=1), 1, False),
		# There are too few before anybody recuses.
		(TWO, Seats(mandatory=1, mandatory_lost=1), 0, False),
		(TWO, Seats(mandatory=1, others=2, others_lost=2), 2, False),
		(ALL, Seats(), 0, False),
	],
)
def test_whether_it_is_a_mandatory_seat_whose_recusal_leaves_it_stuck(rule, seats, recusals, by_mandatory):
	found = ends_of(rule, seats)
	assert (found.recusals_until_stuck, found.by_mandatory) == (recusals, by_mandatory)


# conditions


@pytest.mark.parametrize(
	("condition", "holds", "fails"),
	[
		(when(("amount", "is more than", 100000)), True, True),
		(when(("amount", "is more than", 5), ("amount", "is less than", 5)), False, True),
		(when(("amount", "is more than", 5), ("amount", "is less than", 5.02)), True, True),
		(either(when(("amount", "is at least", 0)), when(("amount", "is less than", 0))), True, False),
		(when(("kind", "is", "Treaty")), False, True),
		(when(("kind", "is one of", ("Letter", "Pact"))), True, True),
		(when(("flag", "is checked"), ("flag", "is not checked")), False, True),
		(when(("rows", "has rows")), True, True),
		(when(("rows", "has rows"), ("rows", "has no rows")), False, True),
		(when(("rows.country", "has a row where", "Japan")), True, True),
		(when(("signed", "is less than", "2026-01-01")), True, True),
		(when(("topic", "contains", "port"), ("topic", "is not", "port")), True, True),
	],
)
def test_whether_a_condition_can_hold_and_can_fail(condition, holds, fails):
	fields = {
		"amount": DocumentField("amount", "number"),
		"kind": DocumentField("kind", "select", ("Letter", "Pact")),
		"flag": DocumentField("flag", "check"),
		"rows": DocumentField("rows", "table", columns=frozenset({"country"})),
		"signed": DocumentField("signed", "date"),
		"topic": DocumentField("topic"),
	}
	verdict = judge(condition, fields)
	assert (verdict.holds_for is not None, verdict.fails_for is not None, verdict.error) == (
		holds,
		fails,
		None,
	)


@pytest.mark.parametrize(
	("clause", "is_proof"),
	[
		(("amount", "is more than", 5), True),
		(("rows", "has rows"), True),
		(("rows.country", "has a row where", "Japan"), False),
		(("topic", "contains", "port"), False),
	],
)
def test_a_look_into_a_text_or_into_rows_is_sampled_and_said_to_be(clause, is_proof):
	fields = {
		"amount": DocumentField("amount", "number"),
		"rows": DocumentField("rows", "table", columns=frozenset({"country"})),
		"topic": DocumentField("topic"),
	}
	assert judge(when(clause), fields).is_proof is is_proof


FIELDS_IN_PLENTY = {f"f{number}": DocumentField(f"f{number}", "number") for number in range(8)}
ALL_OF_THEM = when(*((name, "is more than", number) for number, name in enumerate(FIELDS_IN_PLENTY)))


def test_so_many_fields_that_not_all_can_be_tried_are_sampled():
	documents, complete = documents_for([ALL_OF_THEM], FIELDS_IN_PLENTY)
	assert len(list(documents)) == MOST_DOCUMENTS
	assert not complete
	assert judge(ALL_OF_THEM, FIELDS_IN_PLENTY).holds_for


def test_the_sample_is_the_same_every_time():
	first, second = (list(documents_for([ALL_OF_THEM], FIELDS_IN_PLENTY)[0]) for _ in range(2))
	assert first == second


def test_a_condition_that_cannot_be_read_decides_nothing():
	unreadable = Condition(unreadable="In verse.")
	verdict = judge(unreadable, FIELDS)
	assert (verdict.holds_for, verdict.fails_for, verdict.error) == (None, None, "In verse.")
	assert find_document([unreadable], [], FIELDS) == (None, False)
	assert find_document([], [unreadable], FIELDS) == (None, False)


# how much work it is


def hundred_departments(stages: int, departments: int, join: JoinRule) -> Proposal:
	rules = {}
	for stage in range(1, stages + 1):
		for number in range(departments):
			row = len(rules) + 1
			rules[row] = Rule(
				key=str(row),
				stage=stage,
				state=MOU_ROUTING.stage_states[stage % 3],
				seat=f"Department {number}",
				asked_of="Department Head",
				department=f"Department {number}",
				join=join,
				mandatory=number == 0,
			)
	# Nobody follows in any of them, so that each recusal counts.
	return proposal(rules, organisation=replace(staffed(rules.values()), acting_heads={}))


@pytest.mark.parametrize("join", [ALL, ANY, JoinRule("K of N", k=60), JoinRule("Percent", percent=66.67)])
def test_a_hundred_departments_in_twelve_stages_are_counted_and_not_told_apart(join):
	"""Told apart, they would be 5^100 positions a stage; a clock would say as much, but differently each time."""
	large = hundred_departments(12, 100, join)
	assert 100 < positions_explored(large) <= 12 * 2 * 3 * 100
	assert not [finding for finding in check(large) if finding.is_error]


def test_the_positions_grow_with_the_seats_and_not_with_their_power():
	ten, hundred = (positions_explored(hundred_departments(1, seats, ALL)) for seats in (10, 100))
	assert hundred <= 10 * ten


def test_one_member_of_a_council_is_no_poll():
	assert "council-polled" not in {finding.code for finding in check(with_rules(member(1)))}


def test_one_member_asked_by_two_rules_is_no_poll():
	twice = with_rules(member(1), replace(member(1), seat="COUNCIL MEMBER 1 "))
	assert "council-polled" not in {finding.code for finding in check(twice)}


def test_members_asked_in_two_stages_are_no_poll():
	later = replace(member(2), stage=2, state="Mayor's Decision")
	assert "council-polled" not in {finding.code for finding in check(with_rules(member(1), later))}
