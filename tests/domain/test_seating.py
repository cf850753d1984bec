"""Who is asked for a seat where the first in line may not be: who prepared the document, or fills a mandatory seat of it."""

import pytest

from city_diplomacy.domain.route.joins import JoinRule
from city_diplomacy.domain.route.routing import Basis, RoutingError, Rule, plan_route, read_by
from tests.domain.test_routing import HALL, MOU, CityHall, law, rule

ATTORNEY, DEPUTY = "attorney@city.example", "deputy@city.example"
LAW = CityHall(heads={"Law": ATTORNEY}, acting={"Law": DEPUTY})


def questions(rules, hall=LAW, **more):
	return [question for stage in plan_route(rules, MOU, hall, **more) for question in stage.questions]


def holders(rules, hall=LAW, **more):
	return [question.holder for question in questions(rules, hall, **more)]


def named(key: str, user: str, **more) -> Rule:
	return rule(key, user=user, **{"mandatory": True, **more})


@pytest.mark.parametrize(
	("barred", "holder", "basis", "passed_over"),
	[
		({"sponsor@city.example"}, ATTORNEY, Basis.HEAD, ()),
		({ATTORNEY}, DEPUTY, Basis.ACTING_HEAD, (ATTORNEY,)),
		({ATTORNEY, DEPUTY}, "clerk@city.example", Basis.FALLBACK, (ATTORNEY, DEPUTY)),
		(
			{ATTORNEY, DEPUTY, "clerk@city.example"},
			None,
			Basis.VACANT,
			(ATTORNEY, DEPUTY, "clerk@city.example"),
		),
	],
)
@pytest.mark.parametrize("mandatory", [True, False])
def test_whoever_prepared_it_is_passed_over_for_the_next_in_line(
	barred, holder, basis, passed_over, mandatory
):
	(asked,) = questions([law(fallback_user="clerk@city.example", mandatory=mandatory)], barred=barred)
	assert (asked.holder, asked.basis, asked.passed_over) == (holder, basis, passed_over)


def test_who_fills_a_mandatory_seat_is_passed_over_for_a_second_one():
	first, second = questions([named("ethics", ATTORNEY), law(mandatory=True)])
	assert (first.holder, first.passed_over) == (ATTORNEY, ())
	assert (second.holder, second.basis, second.passed_over) == (DEPUTY, Basis.ACTING_HEAD, (ATTORNEY,))


def test_in_a_later_stage_as_well():
	later = named("mayor", ATTORNEY, stage=2, state="Mayor's Decision")
	assert holders([law(mandatory=True), later]) == [ATTORNEY, None]


def test_nobody_is_passed_over_where_one_of_the_seats_is_not_mandatory():
	assert holders([named("ethics", ATTORNEY, mandatory=False), law(mandatory=True)]) == [ATTORNEY, ATTORNEY]
	assert holders([named("ethics", ATTORNEY), law(mandatory=False)]) == [ATTORNEY, ATTORNEY]


@pytest.mark.parametrize(
	"again",
	[
		pytest.param(named("again", ATTORNEY, seat=" city ATTORNEY", stage=2), id="called by the same words"),
		pytest.param(
			rule("again", 2, asked_of="Department Head", department="Law", mandatory=True),
			id="of the same department",
		),
	],
)
def test_a_seat_asked_again_later_is_the_same_seat_and_so_is_its_holder(again):
	assert holders([law(mandatory=True), again]) == [ATTORNEY, ATTORNEY]


def test_seats_of_no_department_are_not_one_seat_for_that():
	assert holders([named("ethics", ATTORNEY), named("risk", ATTORNEY)]) == [ATTORNEY, None]


def test_the_heads_of_two_departments_who_are_one_person_fill_one_seat():
	both = CityHall(heads={"Law": ATTORNEY, "Finance": ATTORNEY})
	finance = rule("finance", asked_of="Department Head", department="Finance", mandatory=True)
	assert holders([law(mandatory=True), finance], both) == [ATTORNEY, None]


def test_whose_seat_it_was_first_is_remembered_when_it_is_asked_again():
	"""The attorney fills the seat of Law under two names; that of Finance stays another's."""
	again = rule(
		"again", seat="Counsel", stage=2, asked_of="Department Head", department="Law", mandatory=True
	)
	once_more = named("city attorney", ATTORNEY, seat="City Attorney", stage=3)
	assert holders([law(mandatory=True), again, once_more]) == [ATTORNEY] * 3


# what a seat asked twice in a stage takes over


@pytest.mark.parametrize("kinds", [("All", "All"), ("Any", "Any"), ("All", "Any")])
def test_a_seat_becomes_mandatory_only_by_what_another_join_would_lose(kinds):
	first, second = (
		rule(key, seat="Law", join=JoinRule(kind), group=key)
		for key, kind in zip(("one", "two"), kinds, strict=True)
	)
	(asked,) = questions([first, second], HALL)
	assert not asked.rule.mandatory


def test_a_field_left_over_from_another_way_to_ask_is_not_read():
	left_over = {"user_field": "sponsor", "table_field": "departments"}
	assert read_by([rule("law", **left_over)]) == {}
	assert read_by([rule("law", asked_of="User Field", user_field="host", table_field="departments")]) == {
		"host": set()
	}
	assert read_by([rule("all", asked_of="Departments of the Document", **left_over)]) == {
		"departments": {"department"}
	}
	assert (
		read_by([rule("law", asked_of="User Field"), rule("all", asked_of="Departments of the Document")])
		== {}
	)


@pytest.mark.parametrize(
	("one", "role", "holder"),
	[
		(rule("law", asked_of="Role", role="Counsel", department="Law"), "Counsel", None),
		(rule("law", user="ann@city.example", department="Law"), None, "ann@city.example"),
	],
)
def test_a_role_or_a_person_may_be_asked_in_the_name_of_a_department(one, role, holder):
	(asked,) = questions([one])
	assert (asked.rule, asked.role, asked.department, asked.holder) == (one, role, "Law", holder)


def test_a_document_stands_in_the_state_its_rules_name_while_they_are_asked():
	rules = [law(), rule("mayor", 2, "Mayor's Decision")]
	assert [(stage.number, stage.state) for stage in plan_route(rules, MOU, HALL)] == [
		(1, "In Clearance"),
		(2, "Mayor's Decision"),
	]


def test_a_word_that_is_on_no_list_is_refused_with_those_that_are():
	known = "Department Head, Departments of the Document, User Field, User, Role"
	with pytest.raises(RoutingError, match=f'^Rule law: "Anybody" is not one of {known}'):
		rule("law", asked_of="Anybody")
