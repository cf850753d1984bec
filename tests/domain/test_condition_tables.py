from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from city_diplomacy.domain.policy.condition_tables import (
	CHECK,
	DATE,
	NUMBER,
	OPERATORS,
	TABLE,
	TEXT,
	Clause,
	ConditionTableError,
	expression_of,
	operators_for,
)
from city_diplomacy.domain.policy.conditions import compile_condition

KINDS = {
	"agreement_type": TEXT,
	"financial_value": NUMBER,
	"travel_or_gifts": CHECK,
	"ends_on": DATE,
	"departments": TABLE,
	"departments.department": TEXT,
}


@pytest.mark.parametrize(
	("rows", "expression"),
	[
		([], ""),
		([(1, "financial_value", "is more than", "100000")], "doc.financial_value > 100000"),
		([(1, "agreement_type", "is", 'A "quoted" name')], r'doc.agreement_type == "A \"quoted\" name"'),
		([(1, "agreement_type", "is one of", "MOU, Sister")], 'doc.agreement_type in ["MOU", "Sister"]'),
		([(1, "agreement_type", "does not contain", "Art")], '"Art" not in doc.agreement_type'),
		([(1, "travel_or_gifts", "is not checked", "")], "not doc.travel_or_gifts"),
		([(1, "ends_on", "is set", "")], 'doc.ends_on != ""'),
		([(1, "financial_value", "is not set", "")], "doc.financial_value == 0"),
		([(1, "ends_on", "is at most", "2026-12-31")], 'doc.ends_on <= "2026-12-31"'),
		([(1, "departments", "has rows", "")], "len(doc.departments) > 0"),
		(
			[(1, "departments.department", "has a row where", "Port")],
			'"Port" in column(doc.departments, "department")',
		),
		(
			[
				(2, "travel_or_gifts", "is checked", ""),
				(1, "financial_value", "is at least", "5"),
				(1, "ends_on", "is not set", ""),
			],
			'(doc.financial_value >= 5 and doc.ends_on == "") or doc.travel_or_gifts',
		),
	],
)
def test_a_table_becomes_the_expression_it_reads_as(rows, expression):
	assert expression_of([Clause(*row) for row in rows], KINDS) == expression


@pytest.mark.parametrize(
	("row", "said"),
	[
		((1, "colour", "is", "red"), 'no field "colour"'),
		((1, "financial_value", "resembles", "1"), "not an operator"),
		((1, "financial_value", "is checked", ""), "does not fit financial_value"),
		((1, "departments", "is", "Port"), "use one of: has rows, has no rows"),
		((1, "financial_value", "is more than", "a lot"), "is not a number"),
		((1, "financial_value", "is more than", "1e999"), "is not a number"),
		((1, "ends_on", "is", "31.12.2026"), "is not a date"),
		((1, "agreement_type", "is", "  "), "needs a value"),
		((1, "agreement_type", "is one of", " , "), "needs at least one value"),
		((1, "travel_or_gifts", "is checked", "1"), "takes no value"),
		((1, "agreement_type", "is", "x" * 2000), "together cannot be read"),
	],
)
def test_a_bad_row_is_named_in_a_sentence(row, said):
	with pytest.raises(ConditionTableError, match=said) as raised:
		expression_of([Clause(*row)], KINDS)
	assert str(raised.value).endswith(".")


def test_the_second_row_is_called_row_2():
	rows = [Clause(1, "travel_or_gifts", "is checked"), Clause(1, "ends_on", "is", "never")]
	with pytest.raises(ConditionTableError, match=r"^Row 2: "):
		expression_of(rows, KINDS)


def test_every_operator_fits_some_kind():
	fitting = {operator for kind in (TEXT, NUMBER, CHECK, DATE, TABLE) for operator in operators_for(kind)}
	assert fitting | set(operators_for(TEXT, in_table=True)) == set(OPERATORS)


words = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters=","), max_size=8)
typed_words = words.map(str.strip).filter(bool)
numbers = st.integers(-1000, 1000)
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))
RELATIONS = {
	"is": lambda left, right: left == right,
	"is not": lambda left, right: left != right,
	"is more than": lambda left, right: left > right,
	"is at least": lambda left, right: left >= right,
	"is less than": lambda left, right: left < right,
	"is at most": lambda left, right: left <= right,
}
FACTS = st.fixed_dictionaries(
	{
		"agreement_type": words,
		"financial_value": numbers,
		"travel_or_gifts": st.booleans(),
		"ends_on": days,
		"departments": st.lists(st.fixed_dictionaries({"department": words}), max_size=3),
	}
)


@st.composite
def read_clauses(draw):
	"""A clause, and what it means said a second time in plain Python."""
	group = draw(st.integers(1, 3))
	field = draw(st.sampled_from(sorted(KINDS)))
	if field in ("financial_value", "ends_on"):
		operator = draw(st.sampled_from(sorted(RELATIONS)))
		right = draw(numbers if field == "financial_value" else days)
		return Clause(group, field, operator, str(right)), lambda facts: RELATIONS[operator](
			facts[field], right
		)
	if field == "travel_or_gifts":
		return Clause(group, field, "is checked"), lambda facts: facts[field]
	if field == "departments":
		return Clause(group, field, "has no rows"), lambda facts: not facts[field]
	word = draw(typed_words)
	if field == "departments.department":
		return Clause(group, field, "has a row where", word), lambda facts: any(
			row["department"] == word for row in facts["departments"]
		)
	operator, meaning = draw(
		st.sampled_from(
			[
				("is", lambda text: text == word),
				("is none of", lambda text: text != word),
				("contains", lambda text: word in text),
			]
		)
	)
	return Clause(group, field, operator, word), lambda facts: meaning(facts[field])


@given(st.lists(read_clauses(), min_size=1, max_size=5), FACTS)
def test_the_expression_is_judged_as_the_table_reads(rows, facts):
	groups = {clause.group for clause, _meaning in rows}
	expected = any(
		all(meaning(facts) for clause, meaning in rows if clause.group == group) for group in groups
	)
	expression = expression_of([clause for clause, _meaning in rows], KINDS)
	assert compile_condition(expression).holds(facts) is expected
