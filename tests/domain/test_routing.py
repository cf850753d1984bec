from dataclasses import dataclass, field, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from city_diplomacy.domain.policy.conditions import Condition, ConditionError
from city_diplomacy.domain.route.joins import JoinKind, JoinRule
from city_diplomacy.domain.route.routing import (
	AskedOf,
	Basis,
	Question,
	RoutingError,
	Rule,
	Stage,
	may_hold_seat,
	plan_route,
	read_by,
)
from tests.domain.written import when


@dataclass
class CityHall:
	"""An organisation held in dictionaries."""

	heads: dict[str, str] = field(default_factory=dict)
	acting: dict[str, str] = field(default_factory=dict)
	disabled: set[str] = field(default_factory=set)
	roles: dict[str, set[str]] = field(default_factory=dict)

	def head_of(self, department):
		return self.heads.get(department)

	def acting_head_of(self, department):
		return self.acting.get(department)

	def is_active(self, user):
		return user not in self.disabled

	def has_role(self, user, role):
		return role in self.roles.get(user, set())


HALL = CityHall(
	heads={"Law": "attorney@city.example", "Finance": "cfo@city.example", "Port": "harbour@city.example"},
	roles={"mayor@city.example": {"Mayor's Office"}, "aide@city.example": {"Mayor's Office"}},
)
MOU = {
	"amount": 0,
	"agreement_type": "MOU",
	"involves_travel": 0,
	"sponsor": "sponsor@city.example",
	"departments": [{"department": "Port"}, {"department": "Parks"}, {"department": ""}],
}


def rule(key, stage=1, state="In Clearance", seat=None, asked_of=AskedOf.USER, **more):
	if asked_of == AskedOf.USER:
		more.setdefault("user", f"{key}@city.example")
	return Rule(key, stage, state, seat or key, asked_of, **more)


def law(**more):
	return rule("law", seat="City Attorney", asked_of="Department Head", department="Law", **more)


def asked(stages):
	return [[question.seat for question in stage.questions] for stage in stages]


MORE_THAN_5, MORE_THAN_10 = when(("amount", "is more than", 5)), when(("amount", "is more than", 10))
AT_MOST_10 = when(("amount", "is at most", 10))
COMPOSITE = (
	law(mandatory=True),
	rule("finance", seat="Finance", asked_of="Department Head", department="Finance", mandatory=True),
	rule("departments", asked_of="Departments of the Document", table_field="departments"),
	rule("ethics", seat="Ethics", condition=when(("involves_travel", "is checked"))),
	rule("mayor", 2, "Mayor's Decision", "Mayor", AskedOf.ROLE, role="Mayor's Office"),
	rule("council", 3, "Council Decision", "Council", condition=when(("amount", "is more than", 100000))),
)


@pytest.mark.parametrize(
	("city", "rules", "facts", "expected"),
	[
		("composite, no money", COMPOSITE, {}, [["City Attorney", "Finance", "Port", "Parks"], ["Mayor"]]),
		(
			"composite, money and travel",
			COMPOSITE,
			{"amount": 250000, "involves_travel": 1, "departments": []},
			[["City Attorney", "Finance", "Ethics"], ["Mayor"], ["Council"]],
		),
		(
			"Covington: solicitor, finance, manager, mayor one after the other",
			(
				rule("mayor", 4, "D"),
				rule("solicitor", 1, "A"),
				rule("manager", 3, "C"),
				rule("finance", 2, "B"),
			),
			{},
			[["solicitor"], ["finance"], ["manager"], ["mayor"]],
		),
		(
			"Hudson: council first, then the solicitor",
			(rule("council", 1, "Council Decision"), rule("solicitor", 2, "Drafting")),
			{},
			[["council"], ["solicitor"]],
		),
		(
			"San Rafael: council only above a threshold",
			(
				rule("attorney", 1, "A"),
				rule("council", 2, "B", condition=when(("amount", "is more than", 75000))),
				rule("clerk", 3, "C"),
			),
			{"amount": 75000},
			[["attorney"], ["clerk"]],
		),
		(
			"Pickering: a friendship is the mayor's, a partnership the council's",
			(
				rule("council", 1, "A", condition=when(("agreement_type", "is", "Partner"))),
				rule("mayor", 2, "B", condition=when(("agreement_type", "is", "Friendship"))),
			),
			{"agreement_type": "Friendship"},
			[["mayor"]],
		),
		("nothing applies", (rule("council", condition=MORE_THAN_5),), {}, []),
	],
)
def test_plans_as_cities_do(city, rules, facts, expected):
	assert asked(plan_route(rules, {**MOU, **facts}, HALL)) == expected, city


@pytest.mark.parametrize(
	("heads", "acting", "disabled", "fallback", "holder", "basis"),
	[
		("a", "b", "", "c", "a", Basis.HEAD),
		("a", "b", "a", "c", "b", Basis.ACTING_HEAD),
		("", "b", "", "c", "b", Basis.ACTING_HEAD),
		("Guest", "Guest", "", "c", "c", Basis.FALLBACK),
		("", "", "", "c", "c", Basis.FALLBACK),
		("", "", "c", "c", None, Basis.VACANT),
		("", "", "", "", None, Basis.VACANT),
	],
)
def test_a_vacant_head_falls_to_somebody_or_stays_in_the_route(
	heads, acting, disabled, fallback, holder, basis
):
	hall = CityHall({"Law": heads}, {"Law": acting}, {disabled})
	(stage,) = plan_route([law(fallback_user=fallback)], MOU, hall)
	(question,) = stage.questions
	assert (question.holder, question.basis, question.department) == (holder, basis, "Law")


@pytest.mark.parametrize(
	("user", "may"),
	[("ann@city.example", True), ("gone", False), ("Guest", False), ("", False), (None, False)],
)
def test_only_a_real_enabled_person_may_hold_a_seat(user, may):
	assert may_hold_seat(user, CityHall(disabled={"gone"})) is may


@pytest.mark.parametrize(
	("one", "holder", "basis"),
	[
		(rule("x", user="ann@city.example"), "ann@city.example", Basis.NAMED_USER),
		(rule("x", user="Guest"), None, Basis.VACANT),
		(rule("x", asked_of="User Field", user_field="sponsor"), "sponsor@city.example", Basis.FIELD),
		(rule("x", asked_of="User Field", user_field="blank", fallback_user="f"), "f", Basis.FALLBACK),
		(rule("x", asked_of="Role", role="Clerk"), None, Basis.ROLE),
		(rule("x", asked_of="Role"), None, Basis.VACANT),
		(rule("x", asked_of="Department Head"), None, Basis.VACANT),
	],
)
def test_finds_who_holds_the_seat(one, holder, basis):
	(stage,) = plan_route([one], {**MOU, "blank": None}, HALL)
	assert (stage.questions[0].holder, stage.questions[0].basis) == (holder, basis)


def test_a_department_of_the_document_is_read_by_its_name():
	rows = [{"department": "Harbor - CLA", "department_name": "Harbor Department"}]
	(stage,) = plan_route([COMPOSITE[2]], {**MOU, "departments": rows}, HALL)
	assert (stage.questions[0].seat, stage.questions[0].department) == ("Harbor Department", "Harbor - CLA")


def test_a_department_is_asked_once_and_never_less_strictly():
	departments = rule(
		"departments",
		asked_of="Departments of the Document",
		table_field="departments",
		watched_fields=("title",),
	)
	named = rule(
		"port",
		seat="Port Authority",
		asked_of="Department Head",
		department="Port",
		mandatory=True,
		veto=True,
		watched_fields=("amount", "title"),
	)
	(stage,) = plan_route([departments, named], {**MOU, "departments": [{"department": "Port"}]}, HALL)
	(question,) = stage.questions
	assert (question.rule.key, question.seat) == ("departments", "Port")
	assert question.rule.mandatory
	assert question.rule.veto
	assert question.rule.watched_fields == ("title", "amount")


def test_who_watches_the_whole_document_goes_on_doing_so():
	rules = [rule("one", seat="Law", watched_fields=("title",)), rule("two", seat=" law ")]
	(stage,) = plan_route(rules, MOU, HALL)
	assert [question.rule.watched_fields for question in stage.questions] == [()]


def test_a_seat_needed_by_its_own_join_stays_needed_in_anothers():
	either = JoinRule(JoinKind.ANY)
	rules = [
		rule("one", seat="Law", join=either, group="either"),
		rule("two", seat="Port", join=either, group="either"),
		rule("three", seat="Law", group="all"),
	]
	(stage,) = plan_route(rules, MOU, HALL)
	assert [(question.seat, question.rule.mandatory) for question in stage.questions] == [
		("Law", True),
		("Port", False),
	]


def test_the_same_seat_may_be_asked_again_at_a_later_stage():
	assert asked(plan_route([rule("law", 1), rule("law", 2, "Ready to Sign")], MOU, HALL)) == [
		["law"],
		["law"],
	]


def test_a_stage_has_one_state():
	rules = [rule("law", 1, "In Clearance"), rule("mayor", 1, "Mayor's Decision", condition=MORE_THAN_5)]
	with pytest.raises(RoutingError, match=r"law and mayor.*In Clearance.*Mayor's Decision"):
		plan_route(rules, MOU, HALL)


def test_rules_read_the_fields_of_their_conditions_and_those_by_which_they_find_whom_to_ask():
	columns = when(("amount", "is set"), ("departments.share", "has a row where", 40), ("topics", "has rows"))
	rules = [
		rule("law", condition=columns),
		rule("affected", asked_of="Departments of the Document", table_field="departments"),
		rule("sponsor", asked_of="User Field", user_field="sponsor"),
	]
	assert read_by(rules) == {
		"amount": set(),
		"departments": {"department", "share"},
		"sponsor": set(),
		"topics": set(),
	}
	assert read_by([rule("law")]) == {}


@pytest.mark.parametrize(
	("wrong", "error", "words"),
	[
		(rule("x", condition=when(("missing", "is set"))), ConditionError, "Rule x.*missing"),
		(rule("x", condition=Condition(unreadable="In verse.")), ConditionError, "Rule x: In verse"),
		(rule("x", asked_of="User Field", user_field="missing"), RoutingError, "x reads .missing"),
		(rule("x", asked_of="User Field"), RoutingError, "x .*does not name the field"),
		(rule("x", asked_of="Departments of the Document", table_field="no"), RoutingError, "x reads .no"),
	],
)
def test_a_rule_that_does_not_fit_the_document_is_named(wrong, error, words):
	with pytest.raises(error, match=words):
		plan_route([wrong], MOU, HALL)


@pytest.mark.parametrize(
	"wrong",
	[
		{"asked_of": "Anybody"},
		{"co_reviewers_see": "All"},
		{"if_refused": "Shred"},
		{"working_days": -1},
	],
)
def test_a_rule_has_only_words_from_its_lists(wrong):
	with pytest.raises(RoutingError, match="law"):
		replace(law(), **wrong)


def test_due_dates_run_from_stage_to_stage():
	rules = [
		rule("law", working_days=5),
		rule("finance", working_days=2),
		rule("mayor", 2, "Mayor's Decision", working_days=1),
	]
	first, second = plan_route(rules, MOU, HALL, start=date(2026, 11, 20), holidays=())
	assert [question.due for question in first.questions] == [date(2026, 11, 27), date(2026, 11, 24)]
	assert [question.due for question in second.questions] == [date(2026, 11, 30)]


def test_groups_a_stage_by_join():
	either = JoinRule(JoinKind.ANY)
	rules = [law(), rule("a", group="board", join=either), rule("b", group="board", join=either)]
	(stage,) = plan_route(rules, MOU, HALL)
	groups = stage.groups()
	assert {name: (join.kind, len(questions)) for name, (join, questions) in groups.items()} == {
		"": (JoinKind.ALL, 1),
		"board": (JoinKind.ANY, 2),
	}


def test_a_group_joins_in_one_way():
	questions = tuple(
		Question(one, one.seat, None, None, None, Basis.VACANT)
		for one in (rule("a", group="board"), rule("b", group="board", join=JoinRule(JoinKind.ANY)))
	)
	with pytest.raises(RoutingError, match="a and b"):
		Stage(1, "In Clearance", questions).groups()


people = st.sampled_from(["ann", "bob", "Guest", "gone", None, ""])
departments = st.sampled_from(["Law", "Finance", "Port", "Parks"])


@st.composite
def any_rule(draw, number):
	stage = draw(st.integers(1, 3))
	return Rule(
		key=f"rule {number}",
		stage=stage,
		state=f"State {stage}",
		seat=draw(st.sampled_from(["Law", "Mayor", "Clerk", f"Seat {number}"])),
		asked_of=draw(st.sampled_from(list(AskedOf))),
		department=draw(st.none() | departments),
		table_field="departments",
		user_field="sponsor",
		user=draw(people),
		role=draw(st.sampled_from(["Clerk", None])),
		fallback_user=draw(people),
		condition=draw(st.sampled_from([None, MORE_THAN_10, AT_MOST_10])),
		mandatory=draw(st.booleans()),
		veto=draw(st.booleans()),
	)


@st.composite
def policies(draw):
	return [draw(any_rule(number)) for number in range(draw(st.integers(0, 7)))]


halls = st.builds(
	CityHall,
	st.dictionaries(departments, people),
	st.dictionaries(departments, people),
	st.just({"gone"}),
)
documents = st.builds(
	lambda amount, sponsor, rows: {
		"amount": amount,
		"sponsor": sponsor,
		"departments": [{"department": row} for row in rows],
	},
	st.none() | st.integers(0, 20),
	people,
	st.lists(departments, max_size=4),
)


def seats_wanted(rules, facts):
	"""What each rule that applies asks for, worked out apart from the planner."""
	amount = facts["amount"] or 0
	for one in rules:
		if one.condition and (amount > 10) != (one.condition == MORE_THAN_10):
			continue
		if one.asked_of is AskedOf.DEPARTMENTS_OF_THE_DOCUMENT:
			for row in facts["departments"]:
				yield one, row["department"], row["department"]
		else:
			yield one, one.department, one.seat


@given(policies(), documents, halls)
def test_a_route_never_loses_or_weakens_a_seat(rules, facts, hall):
	planned = {stage.number: stage.questions for stage in plan_route(rules, facts, hall)}
	for one, department, seat in seats_wanted(rules, facts):
		standing = [
			question
			for question in planned[one.stage]
			if question.seat == seat or (department and question.department == department)
		]
		assert standing
		assert any(question.rule.mandatory for question in standing) or not one.mandatory
		assert any(question.rule.veto for question in standing) or not one.veto


@given(policies(), documents, halls)
def test_every_seat_has_a_fit_holder_a_role_or_is_vacant(rules, facts, hall):
	for stage in plan_route(rules, facts, hall):
		for question in stage.questions:
			assert question.holder not in ("Guest", "gone", "")
			assert (question.holder is None) == (question.basis in (Basis.ROLE, Basis.VACANT))
			assert (question.role is not None) == (question.basis is Basis.ROLE)


@given(policies(), documents, halls)
def test_a_route_is_in_order_and_asks_each_seat_once_a_stage(rules, facts, hall):
	stages = plan_route(rules, facts, hall)
	assert [stage.number for stage in stages] == sorted({stage.number for stage in stages})
	for stage in stages:
		assert stage.questions
		seats = [question.seat for question in stage.questions]
		named = [question.department for question in stage.questions if question.department]
		assert len(seats) == len(set(seats))
		assert len(named) == len(set(named))
