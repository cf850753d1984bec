"""What the checker says of who is asked and who follows, in a city whose offices are held otherwise."""

from dataclasses import replace

import pytest

from city_diplomacy.access.rights import LEGAL, OFFICER
from city_diplomacy.domain.soundness.check import check
from city_diplomacy.domain.soundness.joins import positions_explored
from city_diplomacy.domain.soundness.model import DocumentField
from tests.domain.paper_city import (
	COMPOSITE_RULES,
	FIELDS,
	asked,
	organisation_with,
	proposal,
	staffed,
	the_finding,
	with_rules,
)
from tests.domain.spoiling import DEPARTMENTS, STRICT, heads, only, strict, without_state

PEOPLE = staffed(STRICT.values()).people
LISTED = COMPOSITE_RULES[DEPARTMENTS]


def rows(checked, code):
	return [one.row for one in check(checked) if one.code == code]


def test_a_finding_names_the_rule_by_its_key_as_well():
	assert the_finding("no-time-to-answer", only(asked("Law", key="k7", working_days=0))).rule_key == "k7"


def test_what_is_of_no_row_comes_before_the_first():
	assert [(one.code, one.row) for one in check(only(asked("Law", working_days=0)))] == [
		("no-mandatory-seat", None),
		("no-time-to-answer", 1),
	]


def test_each_way_that_is_gone_is_found_also_behind_a_state_that_is_gone():
	gone = without_state("In Clearance").workflow
	steps = tuple(step for step in gone.transitions if (step.state, step.to) != ("Ready to Sign", "Active"))
	spoiled = proposal(COMPOSITE_RULES, workflow=replace(gone, transitions=steps))
	assert the_finding("workflow-lacks-transition", spoiled).values["to"] == "Active"


# who answers


def test_an_acting_head_answers_for_a_department_without_a_head():
	assert rows(strict(heads=heads(Finance=None)), "seat-vacant") == []


@pytest.mark.parametrize(
	"rule",
	[
		pytest.param(
			asked("Parks", user="gone@city.example", department="Law", fallback_user=None), id="head"
		),
		pytest.param(
			asked("Zoo", asked_of="Department Head", department="Zoo", fallback_user="law@city.example"),
			id="the one named for it",
		),
	],
)
def test_somebody_else_answers_for_whoever_is_not_there(rule):
	office = staffed(COMPOSITE_RULES.values())
	rules = {**COMPOSITE_RULES, 7: rule}
	assert rows(organisation_with(rules, people=office.people), "seat-vacant") == []
	unfollowed = replace(rule, department=None, fallback_user=None)
	assert rows(organisation_with({**rules, 7: unfollowed}, people=office.people), "seat-vacant") == [7]


def test_one_named_for_all_departments_answers_where_nobody_heads_them():
	followed = {**STRICT, DEPARTMENTS: replace(STRICT[DEPARTMENTS], fallback_user="law@city.example")}
	empty = {"heads": {}, "acting_heads": {}, "people": PEOPLE}
	assert rows(organisation_with(followed, **empty), "departments-vacant") == []
	assert rows(organisation_with(STRICT, **empty), "departments-vacant") == [DEPARTMENTS]


def test_a_city_without_departments_asks_none_of_them():
	nobody = organisation_with({1: LISTED}, departments=frozenset())
	assert {one.code for one in check(nobody)} >= {"route-may-be-empty"}
	assert positions_explored(nobody) > 0


# who stands aside


@pytest.mark.parametrize(
	("changes", "found_on"),
	[
		({}, []),
		({"acting_heads": {}}, [1]),
		({"acting_heads": {}, "people": frozenset()}, []),
	],
)
def test_of_departments_each_that_one_person_answers_for_is_lost_by_a_recusal(changes, found_on):
	listed = replace(LISTED, mandatory=True, recorded_decision_allowed=False)
	assert rows(organisation_with({1: listed}, **changes), "recusal-leaves-it-stuck") == found_on


@pytest.mark.parametrize(
	("follower", "found_on"), [("follower@city.example", []), ("gone@city.example", [1]), (None, [1])]
)
@pytest.mark.parametrize("acting", [{}, {"Law": "deputy.law@city.example"}])
def test_a_person_from_a_field_is_followed_by_the_one_named(follower, found_on, acting):
	host = asked("Host", asked_of="User Field", user_field="host", user=None, fallback_user=follower)
	people = frozenset({"follower@city.example", "law@city.example", "deputy.law@city.example"})
	city = {
		"people": people,
		"departments": frozenset({"Law"}),
		"heads": {"Law": "law@city.example"},
		"acting_heads": acting,
	}
	assert rows(organisation_with({1: host}, **city), "recusal-leaves-it-stuck") == found_on


def test_the_seat_named_is_one_that_a_recusal_empties():
	followed, alone = asked("Law", mandatory=True), asked("Port", mandatory=True, fallback_user=None)
	stuck = the_finding("recusal-leaves-it-stuck", only(followed, alone, replace(followed, seat="Parks")))
	assert (stuck.row, stuck.values["recuse"]) == (2, ("Port",))


# one person, two seats


def test_a_mandatory_seat_asked_again_later_needs_nobody_else():
	once, again = (
		asked("Parks", key=state, stage=stage, state=state, mandatory=True)
		for stage, state in ((1, "In Clearance"), (2, "Mayor's Decision"))
	)
	assert rows(with_rules(once, again), "one-person-two-seats") == []


def test_whoever_has_a_role_makes_way_for_the_one_named():
	"""Counsel is taken for Law at first, and can be freed by their colleague."""
	role = asked("Law", asked_of="Role", role=LEGAL, user=None, mandatory=True)
	named = asked("Ethics", user="a.counsel@city.example", mandatory=True)
	colleagues = frozenset({"a.counsel@city.example", "b.counsel@city.example"})
	office = organisation_with({1: role, 2: named}, roles={LEGAL: colleagues}, people=PEOPLE | colleagues)
	assert rows(office, "one-person-two-seats") == []


@pytest.mark.parametrize(
	("second", "found_on"),
	[
		pytest.param(asked("Counsel", asked_of="Department Head", department="Law"), [2], id="department"),
		pytest.param(asked(" law DEPARTMENT"), [2], id="words"),
		pytest.param(asked("Counsel", asked_of="Department Head", department="Port"), [], id="neither"),
	],
)
def test_a_seat_is_the_same_by_its_department_or_by_its_words(second, found_on):
	first = asked("Law Department", asked_of="Department Head", department="Law")
	assert rows(only(first, second), "rule-shadowed") == found_on


# who prepared it, who follows


@pytest.mark.parametrize(
	"rule",
	[
		pytest.param(asked("Host", asked_of="User Field", user_field="host"), id="another field"),
		pytest.param(asked("Host", user_field="sponsor"), id="a field left over"),
	],
)
def test_the_sponsor_is_asked_only_where_their_field_is_read(rule):
	checked = replace(with_rules(rule), sponsor_field="sponsor")
	assert rows(checked, "sponsor-decides") == []


@pytest.mark.parametrize(("holders", "found_on"), [(1, [1]), (2, [])])
def test_who_prepares_also_decides_only_where_nobody_else_has_the_role(holders, found_on):
	rule = asked("Law", asked_of="Role", role=OFFICER, user=None)
	officers = frozenset(f"officer{number}@city.example" for number in range(holders))
	office = organisation_with({1: rule}, roles={OFFICER: officers}, people=PEOPLE | officers)
	assert rows(office, "requester-decides") == found_on


@pytest.mark.parametrize(
	("rule", "found_on"),
	[
		(asked("Law", fallback_user="law@city.example"), [1]),
		(asked("Law", fallback_user="other@city.example"), []),
		# A person left over from another way to ask holds nothing.
		(asked("Law", asked_of="Role", role=LEGAL, fallback_user="law@city.example"), []),
	],
)
def test_the_follower_is_the_holder(rule, found_on):
	assert rows(only(rule), "fallback-is-holder") == found_on


def test_one_who_is_told_of_delays_is_not_asked_themselves():
	assert rows(only(asked("Law", escalates_to="follower@city.example")), "escalates-to-the-asked") == []


# fields that name who is asked


@pytest.mark.parametrize(
	("named", "field"),
	[
		("host", DocumentField("host", "link", ("Partner City",))),
		("host", DocumentField("host", "select", ("User",))),
		("wings", None),
	],
)
def test_a_person_is_named_only_by_a_link_to_a_user(named, field):
	rule = asked("Host", asked_of="User Field", user_field=named)
	checked = proposal({1: rule}, fields={**FIELDS, **({named: field} if field else {})})
	assert the_finding("user-field-unusable", checked).values["field"] == named


def test_a_field_that_is_not_named_is_said_to_be_none():
	rules = (asked("Host", asked_of="User Field"), replace(LISTED, table_field=None))
	for rule, code in zip(rules, ("user-field-unusable", "table-field-unusable"), strict=True):
		assert the_finding(code, only(rule)).values["field"] == ""


@pytest.mark.parametrize(
	("required", "follower", "found_on"),
	[(False, None, [1]), (True, None, []), (False, "follower@city.example", [])],
)
def test_a_field_may_be_blank_unless_it_is_required_or_somebody_follows(required, follower, found_on):
	rule = asked("Host", asked_of="User Field", user_field="host", fallback_user=follower)
	host = DocumentField("host", "link", ("User",), required=required)
	checked = proposal({1: rule}, fields={**FIELDS, "host": host})
	assert rows(checked, "user-field-may-be-blank") == found_on


# a council polled


@pytest.mark.parametrize(
	("role", "state", "found_on"),
	[
		("Council Member", "In Clearance", [1]),
		("Analyst", "In Clearance", []),
		("Analyst", "Council Decision", [1]),
		("Clerk", "Council Decision", []),
	],
)
def test_members_are_known_by_their_role_too_and_so_are_those_who_serve_them(role, state, found_on):
	north, south = (
		asked(name, asked_of="Role", role=role, user=None, state=state) for name in ("North", "South")
	)
	assert rows(only(north, south), "council-polled") == found_on
