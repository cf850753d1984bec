"""What the checker says where it depends on the document which rules apply: see `test_soundness.py` for the rest."""

from dataclasses import replace

import pytest

from city_diplomacy.domain.policy.conditions import Condition
from city_diplomacy.domain.route.joins import JoinRule
from city_diplomacy.domain.soundness.check import check
from city_diplomacy.domain.soundness.joins import positions_explored
from city_diplomacy.domain.soundness.samples import one_always_holds
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


def test_two_tables_of_departments_ask_one_department_at_least():
	listed = replace(COMPOSITE_RULES[DEPARTMENTS], join=TWO)
	both = only(listed, replace(listed, key="again", seat="Departments that pay"))
	assert the_finding("join-may-lack-seats", both).values["asked"] == 1


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
