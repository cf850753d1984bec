"""What the checker says where it depends on the document which rules apply: see `test_soundness.py` for the rest."""

from dataclasses import replace

import pytest

from city_diplomacy.domain.policy.conditions import Condition
from city_diplomacy.domain.route.joins import JoinRule
from city_diplomacy.domain.soundness.check import check
from city_diplomacy.domain.soundness.joins import positions_explored
from city_diplomacy.domain.soundness.model import DocumentField
from city_diplomacy.domain.soundness.samples import (
	MOST_DOCUMENTS,
	documents_for,
	judge,
	one_always_holds,
)
from tests.domain.paper_city import COMPOSITE_RULES, asked, the_finding, with_rules
from tests.domain.spoiling import DEPARTMENTS, THREE, TWO, only
from tests.domain.written import either, when

TRAVEL, NO_TRAVEL = when(("travel_or_gifts", "is checked")), when(("travel_or_gifts", "is not checked"))
NO_FUNDS = when(("no_funds_clause", "is checked"))
COSTLY, COSTLIER = (when(("financial_value", "is more than", amount)) for amount in (500, 5000))
# Of what a text contains no sample is a proof.
ON_PORTS, NOT_ON_PORTS = when(("purpose", "contains", "port")), when(("purpose", "does not contain", "port"))
UNREADABLE = Condition(unreadable="In verse.")


def found(checked, code):
	return [(one.severity, one.row) for one in check(checked) if one.code == code]


# the same seat asked by two rules


@pytest.mark.parametrize(
	("first", "second", "is_shadowed"),
	[
		(None, COSTLY, True),
		(None, ON_PORTS, True),
		(COSTLY, COSTLY, True),
		(ON_PORTS, ON_PORTS, True),
		(COSTLY, COSTLIER, True),
		(COSTLIER, COSTLY, False),
		(COSTLY, TRAVEL, False),
		(TRAVEL, NO_TRAVEL, False),
		(COSTLY, None, False),
		# Always so, but a sample does not prove it.
		(either(ON_PORTS, NOT_ON_PORTS), ON_PORTS, False),
	],
)
def test_a_rule_is_shadowed_by_one_that_asks_the_same_seat_wherever_it_applies(first, second, is_shadowed):
	twice = with_rules(*(asked("Parks", key=str(rule), condition=rule) for rule in (first, second)))
	assert found(twice, "rule-shadowed") == ([("warning", 8)] if is_shadowed else [])


# so many of a group wanted, not all of which every document asks


def wanting(join: JoinRule, *conditions: Condition | None):
	"""A group of as many seats as there are conditions, so many of which must clear."""
	names = ("Law", "Port", "Parks")
	pairs = zip(names, conditions, strict=False)
	return only(*(asked(name, join=join, condition=condition) for name, condition in pairs))


@pytest.mark.parametrize(
	("conditions", "severity", "at_least"),
	[
		# A document that asks nobody of the group does not wait for it.
		((TRAVEL, NO_FUNDS), "error", 1),
		# One of the other two is asked as well, which a sample of texts does not prove.
		((None, ON_PORTS, NOT_ON_PORTS), "warning", 2),
		((None, UNREADABLE), "error", 1),
		((UNREADABLE, UNREADABLE), "warning", 0),
	],
)
def test_two_wanted_may_lack_seats(conditions, severity, at_least):
	lacking = the_finding("join-may-lack-seats", wanting(TWO, *conditions))
	assert (lacking.severity, lacking.row, lacking.values["asked"]) == (severity, 1, at_least)


@pytest.mark.parametrize(
	"conditions",
	[
		pytest.param((TRAVEL, TRAVEL), id="both or none"),
		pytest.param((None, TRAVEL, NO_TRAVEL), id="one always and one of two others"),
	],
)
def test_two_wanted_are_there_on_every_document(conditions):
	assert found(wanting(TWO, *conditions), "join-may-lack-seats") == []


def test_it_says_how_many_a_document_may_ask():
	assert the_finding("join-may-lack-seats", wanting(THREE, None, None, TRAVEL)).values["asked"] == 2


def test_the_seat_most_easily_lost_is_taken_for_the_one_that_is_left():
	followed, alone = asked("Law", condition=TRAVEL), asked("Port", condition=NO_FUNDS, fallback_user=None)
	assert found(only(followed, alone), "recusal-leaves-it-stuck") == [("warning", 2)]


def test_two_tables_of_departments_ask_one_department_at_least():
	listed = replace(COMPOSITE_RULES[DEPARTMENTS], join=TWO)
	both = only(listed, replace(listed, key="again", seat="Departments that pay"))
	assert the_finding("join-may-lack-seats", both).values["asked"] == 1


# a group that a document may leave out


@pytest.mark.parametrize(
	("condition", "beside", "found_on"),
	[
		(TRAVEL, [asked("Law")], [("warning", 1)]),
		(None, [asked("Law")], []),
		(TRAVEL, [], []),
	],
)
def test_a_named_group_may_be_empty_where_it_is_not_the_only_one(condition, beside, found_on):
	rules = [asked("Port", group="experts", condition=condition), *beside]
	assert found(only(*rules), "group-may-be-empty") == found_on


def test_after_a_group_whose_joins_disagree_the_next_is_looked_at():
	disagreeing = [asked("Law"), asked("Finance", join=JoinRule("Any"))]
	lacking = asked("Port", group="experts", join=TWO)
	assert found(only(*disagreeing, lacking), "join-cannot-complete") == [("error", 3)]


def test_each_stage_in_two_states_is_found():
	rules = [
		asked(f"Seat {number}", stage=number // 2, state=state)
		for number, state in enumerate(["In Clearance", "Mayor's Decision"] * 2)
	]
	assert found(only(*rules), "stage-two-states") == [("error", 2), ("error", 4)]


# conditions


def test_what_no_sample_of_texts_meets_may_yet_be_met():
	unlikely = when(("purpose", "contains", "port"), ("purpose", "is", "ships"))
	assert found(with_rules(asked("Parks", condition=unlikely)), "condition-never-holds") == [("warning", 7)]


def test_a_route_of_which_some_seat_is_proven_to_be_asked_is_not_empty():
	rules = (
		asked("Law", condition=COSTLY),
		asked("Port", condition=when(("financial_value", "is at most", 5000))),
	)
	assert {"route-may-be-empty", "route-perhaps-empty"} & {one.code for one in check(only(*rules))} == set()


@pytest.mark.parametrize(
	("field", "clause", "tried"),
	[
		(DocumentField("f", "check"), ("is checked",), [0, 1]),
		(DocumentField("f", "number"), ("is", 5), [None, 0, 1, -1, 10**12, 4.99, 5, 5.01]),
		(DocumentField("f", "text"), ("is", "port"), [None, "", "port", "port~", "~"]),
		(
			DocumentField("f", "link"),
			("is one of", ("Lima", "Oslo")),
			[None, "", "Lima", "Oslo", "Lima~", "Oslo~", "~"],
		),
		(
			DocumentField("f", "date"),
			("is less than", "2026-01-01"),
			[None, "1900-01-01", "2026-01-01", "2026-01-01~", "2999-12-31"],
		),
	],
)
def test_a_field_is_tried_at_what_the_condition_names_and_around_it(field, clause, tried):
	documents, complete = documents_for([when(("f", *clause))], {"f": field})
	assert ([document["f"] for document in documents], complete) == (tried, True)


def test_as_many_documents_as_are_tried_at_most_are_still_all_there_are():
	names = ("a", "b", "c", "d")
	fields = {name: DocumentField(name, "number") for name in names}
	documents, complete = documents_for([when(*((name, "is", 5) for name in names))], fields)
	assert (len(list(documents)), complete) == (MOST_DOCUMENTS, True)


def test_the_first_document_that_shows_it_is_the_one_it_names():
	verdict = judge(when(("f", "is less than", 5)), {"f": DocumentField("f", "number")})
	assert (verdict.holds_for, verdict.fails_for) == ({"f": None}, {"f": 10**12})


# on more fields than can be tried


@pytest.mark.parametrize(
	("conditions", "holds"),
	[
		((TRAVEL, NO_TRAVEL), True),
		((COSTLY, when(("financial_value", "is at most", 500))), True),
		((None, TRAVEL, COSTLY, NO_TRAVEL), True),
		((TRAVEL,), False),
		((TRAVEL, NO_FUNDS), False),
		((COSTLY, when(("financial_value", "is at most", 5000))), False),
		# Two clauses, all or any of which are asked, are not one.
		((TRAVEL, when(("travel_or_gifts", "is not checked"), ("no_funds_clause", "is checked"))), False),
		((TRAVEL, either(NO_TRAVEL, NO_FUNDS)), False),
		((), False),
	],
)
def test_of_two_opposite_clauses_one_always_holds(conditions, holds):
	assert one_always_holds(conditions) is holds


# how much work it is


def test_the_positions_of_each_stage_are_counted_and_a_seat_named_twice_once():
	law, later = asked("Law"), asked("Port", stage=2, state="Mayor's Decision")
	one = positions_explored(only(law))
	assert one > 0
	assert positions_explored(only()) == 0
	assert positions_explored(only(law, later)) == 2 * one
	assert positions_explored(only(law, replace(law, key="again"))) == one
