"""Conditions: what each operator says of each kind of field, how a blank is read, and what is refused."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from city_diplomacy.domain.policy.conditions import (
	AND,
	CHECK,
	DATE,
	DATETIME,
	NUMBER,
	OPERATORS,
	OPPOSITES,
	OR,
	PHRASES,
	TABLE,
	TEXT,
	Condition,
	ConditionError,
	condition_of,
	operators_for,
)
from tests.domain.written import either, when

KINDS = {
	"binding": TEXT,
	"amount": NUMBER,
	"council": CHECK,
	"ends_on": DATE,
	"sent_at": DATETIME,
	"departments": TABLE,
	"departments.department": TEXT,
	"departments.share": NUMBER,
	"departments.leads": CHECK,
}
LABELS = {
	"amount": "Amount",
	"binding": "Binding",
	"council": "Council must adopt",
	"ends_on": "Ends on",
	"departments": "Departments affected",
	"departments.department": "Departments affected: Department",
}
DEPARTMENTS = [
	{"department": "Finance", "share": 40, "leads": 1},
	{"department": "Port", "share": None, "leads": 0},
]


def written(*rows):
	"""A condition of the rows of one group."""
	return condition_of([(1, field, operator, value) for field, operator, value in rows], KINDS)


HOLDS_FOR = [
	# operator, field, value, of which it holds, of which it does not
	("is", "binding", "Yes", ["Yes"], ["yes", "", None]),
	("is", "amount", "0.3", [0.3, Decimal("0.30")], [0, None, "0.3"]),
	("is", "amount", "0", [0, 0.0, None], [1, "0"]),
	("is", "ends_on", "2026-05-01", [date(2026, 5, 1), "2026-05-01"], [date(2026, 5, 2), None]),
	("is more than", "amount", "100", [100.01, Decimal(101)], [100, 0, -5, None]),
	("is more than", "amount", "-1", [0, None], [-1]),
	("is at least", "amount", "100", [100, Decimal(100)], [99.99, None]),
	("is at least", "amount", "0", [0, None], [-1]),
	("is less than", "amount", "0.3", [0.2, None], [0.3, Decimal("0.3")]),
	("is at most", "amount", "100", [100, None], [100.01]),
	("is more than", "ends_on", "2026-05-01", [date(2026, 5, 2)], ["2026-05-01", "", None]),
	("is at least", "ends_on", "2026-05-01", [date(2026, 5, 1)], [date(2026, 4, 30), None]),
	("is less than", "ends_on", "2026-05-01", [date(2026, 4, 30), "", None], [date(2026, 5, 1)]),
	("is at most", "ends_on", "2026-05-01", ["2026-05-01", None], ["2026-05-02"]),
	("is more than", "sent_at", "2026-05-01 09:30:00", [datetime(2026, 5, 1, 9, 31)], [None]),
	("is at most", "sent_at", "2026-05-01T09:30:00", [datetime(2026, 5, 1, 9, 30), None], ["2026-05-02"]),
	("is at least", "sent_at", "2026-05-01 09:30:00", [datetime(2026, 5, 1, 9, 30)], ["2026-05-01", None]),
	("is one of", "binding", "Yes, Partly,", ["Yes", "Partly"], ["No", "Yes, Partly", "", None]),
	("is one of", "amount", "1, 2.5", [1, Decimal("2.5")], [2, None]),
	("is one of", "amount", "0, 2", [0, None, 2], [1]),
	("is one of", "ends_on", "2026-05-01, 2026-05-02", [date(2026, 5, 2)], [date(2026, 5, 3), None]),
	("contains", "binding", "art", ["Partly"], ["Art", "", None]),
	("is set", "binding", "", ["Yes", "0"], ["", None]),
	("is set", "amount", "", [1, -0.5], [0, 0.0, Decimal(0), None]),
	("is set", "ends_on", "", [date(2026, 5, 1)], ["", None]),
	("is set", "sent_at", "", [datetime(2026, 5, 1)], ["", None]),
	("is checked", "council", "", [1, True], [0, False, None]),
	("has rows", "departments", "", [DEPARTMENTS], [[], None]),
	("has a row where", "departments.department", "Port", [DEPARTMENTS], [DEPARTMENTS[:1], [], None]),
	("has a row where", "departments.share", "0", [DEPARTMENTS], [DEPARTMENTS[:1], [], None]),
	("has a row where", "departments.leads", "1", [DEPARTMENTS], [DEPARTMENTS[1:], [], None]),
	("has a row where", "departments.leads", "0", [DEPARTMENTS], [DEPARTMENTS[:1], [], None]),
]


@pytest.mark.parametrize(("operator", "field", "value", "holds", "fails"), HOLDS_FOR)
def test_an_operator_holds_of_some_values_and_its_opposite_of_all_others(
	operator, field, value, holds, fails
):
	condition, opposite = (written((field, said, value)) for said in (operator, OPPOSITES[operator]))
	name = field.partition(".")[0]
	for expected, values in ((True, holds), (False, fails)):
		for found in values:
			assert condition.holds({name: found}) is expected, found
			assert opposite.holds({name: found}) is not expected, found


def test_every_operator_is_shown_with_every_kind_it_fits():
	shown = {(operator, field) for operator, field, *_rest in HOLDS_FOR}
	shown |= {(OPPOSITES[operator], field) for operator, field in shown}
	assert shown == {
		(operator, field)
		for field, kind in KINDS.items()
		for operator in operators_for(kind, in_table="." in field)
	}
	assert {operator for operator, _field in shown} == set(OPERATORS)


def test_rows_of_one_group_must_all_hold_and_any_one_group_is_enough():
	rows = [
		(2, "council", "is checked", None),
		(1, "amount", "is at least", "5"),
		(1, "ends_on", "is not set", ""),
	]
	condition = condition_of(rows, KINDS)
	assert condition.holds({"amount": 5, "ends_on": None, "council": 0})
	assert not condition.holds({"amount": 5, "ends_on": "2026-05-01", "council": 0})
	assert condition.holds({"amount": 0, "ends_on": "2026-05-01", "council": 1})


def test_nothing_is_judged_beyond_the_clause_that_decides():
	assert either(when(("binding", "is set")), when(("missing", "is set"))).holds({"binding": "Yes"})
	assert not when(("binding", "is set"), ("missing", "is set")).holds({"binding": None})


@pytest.mark.parametrize(
	("row", "said"),
	[
		(("colour", "is", "red"), 'no field "colour"'),
		(("departments.colour", "has a row where", "red"), 'no field "departments.colour"'),
		(("amount", "resembles", "1"), "not an operator"),
		(("amount", "is checked", ""), "does not fit amount"),
		(("amount", "contains", "1"), "does not fit amount"),
		(("binding", "is more than", "a"), "does not fit binding"),
		(("departments", "is", "Port"), "use one of: has rows, has no rows"),
		(("departments.department", "is", "Port"), "use one of: has a row where, has no row where"),
		(("amount", "is more than", "a lot"), "is not a number"),
		(("amount", "is more than", "1_000"), "is not a number"),
		(("amount", "is more than", "1e999"), "is not a number"),
		(("amount", "is one of", "1, x"), "is not a number"),
		(("ends_on", "is", "31.12.2026"), "is not a date"),
		(("sent_at", "is at most", "noon"), "is not a time"),
		(("departments.leads", "has a row where", "yes"), "is not 1"),
		(("binding", "is", "  "), "needs a value"),
		(("binding", "is", None), "needs a value"),
		(("binding", "is one of", " , "), "needs at least one value"),
		(("council", "is checked", "1"), "takes no value"),
	],
)
def test_a_bad_row_is_named_in_a_sentence(row, said):
	with pytest.raises(ConditionError, match=said) as raised:
		written(("council", "is checked", ""), row)
	assert str(raised.value).startswith("Row 2: ")
	assert str(raised.value).endswith(".")


def test_a_condition_has_a_row():
	with pytest.raises(ConditionError, match=r"^A condition needs at least one row\.$"):
		condition_of([], KINDS)


@pytest.mark.parametrize(
	("clause", "facts", "said"),
	[
		(("missing", "is", 5), {}, 'reads "missing", a field this document does not have'),
		(("rows.country", "has a row where", "x"), {}, 'reads "rows", a field this document'),
		(("rows.country", "has a row where", "x"), {"rows": [{}]}, 'the rows of "rows" do not have'),
		(("rows.country", "has a row where", "x"), {"rows": "text"}, 'the rows of "rows" do not have'),
		(("title", "is more than", 5), {"title": "Port"}, "put in order"),
		(("amount", "is less than", "2026-01-01"), {"amount": 5}, "put in order"),
		(("amount", "contains", "5"), {"amount": 5}, "is not text"),
	],
)
def test_what_cannot_be_judged_is_said_in_a_sentence(clause, facts, said):
	with pytest.raises(ConditionError, match=said) as raised:
		when(clause).holds(facts)
	assert str(raised.value).startswith("The condition")
	assert str(raised.value).endswith(".")


def test_what_cannot_be_read_is_never_judged():
	condition = Condition(unreadable="It is written in verse.")
	with pytest.raises(ConditionError, match=r"^It is written in verse\.$"):
		condition.holds({"amount": 5})
	assert condition.in_words({}) == "It is written in verse."
	assert condition.reads == frozenset()


def test_a_condition_names_the_fields_and_columns_it_reads():
	condition = either(
		when(("amount", "is more than", 5), ("departments", "has rows")),
		when(("departments.department", "has a row where", "Port"), ("amount", "is set")),
	)
	assert condition.reads == {"amount", "departments", "departments.department"}


@pytest.mark.parametrize(
	("condition", "words"),
	[
		(written(("amount", "is more than", "100000.0")), "Amount is more than 100000"),
		(written(("amount", "is at least", "0.5")), "Amount is at least 0.5"),
		(written(("binding", "is", 'So "to say"')), r'Binding is "So \"to say\""'),
		(written(("binding", "is not set", "")), "Binding is not set"),
		(written(("binding", "is none of", "Yes, Partly")), 'Binding is none of "Yes", "Partly"'),
		(written(("ends_on", "is at most", "2026-12-31")), 'Ends on is at most "2026-12-31"'),
		(written(("council", "is not checked", "")), "Council must adopt is not checked"),
		(written(("departments", "has no rows", "")), "Departments affected has no rows"),
		(
			written(("departments.department", "has a row where", "Port")),
			'a row of Departments affected: Department is "Port"',
		),
		(
			written(("departments.share", "has no row where", "40")),
			"no row of Departments affected: share is 40",
		),
		(when(("other", "is set")), "other is set"),
		(when(("rows.land", "has a row where", "日本")), 'a row of rows: land is "日本"'),
		(
			either(when(("amount", "is set"), ("council", "is checked")), when(("binding", "is set"))),
			"(Amount is set and Council must adopt is checked) or Binding is set",
		),
		(
			when(("amount", "is set"), ("council", "is checked"), ("binding", "is set")),
			"Amount is set and Council must adopt is checked and Binding is set",
		),
	],
)
def test_a_condition_reads_as_a_sentence(condition, words):
	assert condition.in_words(LABELS) == words


def test_phrases_are_translated_before_they_are_filled_in():
	asked = []

	def translate(phrase):
		asked.append(phrase)
		return phrase.upper()

	condition = either(when(("amount", "is more than", 1), ("council", "is checked")), when(("x", "is", "y")))
	assert condition.in_words(LABELS, translate) == (
		'(Amount IS MORE THAN 1 AND Council must adopt IS CHECKED) OR x IS "y"'
	)
	assert set(asked) <= {*PHRASES.values(), AND, OR}


VALUES = {
	TEXT: st.text(max_size=5),
	NUMBER: st.one_of(st.integers(), st.floats()).map(str),
	CHECK: st.sampled_from("012"),
	DATE: st.dates().map(str),
	DATETIME: st.datetimes().map(str),
	TABLE: st.just(""),
}


@st.composite
def rows(draw):
	field = draw(st.sampled_from(sorted(KINDS)))
	operator = draw(st.sampled_from(operators_for(KINDS[field], in_table="." in field)))
	return draw(st.integers(1, 3)), field, operator, draw(st.one_of(st.just(""), VALUES[KINDS[field]]))


blank_or_filled = st.fixed_dictionaries(
	{
		"binding": st.one_of(st.none(), st.text(max_size=5)),
		"amount": st.one_of(
			st.none(), st.integers(), st.floats(allow_nan=False), st.decimals(allow_nan=False)
		),
		"council": st.sampled_from([None, 0, 1]),
		"ends_on": st.one_of(st.none(), st.just(""), st.dates()),
		"sent_at": st.one_of(st.none(), st.datetimes()),
		"departments": st.one_of(st.none(), st.just([]), st.just(DEPARTMENTS)),
	}
)


def read(rows):
	"""The condition rows stand for, or the sentence in which they are refused."""
	try:
		return condition_of(rows, KINDS)
	except ConditionError as refusal:
		return str(refusal)


@given(st.lists(rows(), max_size=3), blank_or_filled)
def test_whatever_is_written_is_judged_on_any_document_or_refused_in_a_sentence(rows, facts):
	condition = read(rows)
	if isinstance(condition, str):
		assert condition.endswith(".")
		return
	groups = {}
	for row in rows:
		groups.setdefault(row[0], []).append(condition_of([row], KINDS).holds(facts))
	assert condition.holds(facts) is any(map(all, groups.values()))
	assert condition.reads <= KINDS.keys()
	assert condition.in_words({})
