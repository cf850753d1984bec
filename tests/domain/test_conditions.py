from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from city_diplomacy.domain.policy.conditions import ConditionError, compile_condition

MOU = {
	"amount": 250000.0,
	"budget": None,
	"binding": "Yes",
	"title": "Port partnership",
	"note": None,
	"involves_travel": 1,
	"effective": date(2026, 5, 1),
	"expiry": None,
	"sent_at": datetime(2026, 5, 1, 9, 30),
	"dues": Decimal("0.30"),
	"departments": [{"department": "Finance", "share": 40}, {"department": "Port", "share": None}],
	"parties": [],
	"annexes": None,
}


def judge(expression, facts=MOU):
	return compile_condition(expression).holds(facts)


@pytest.mark.parametrize(
	("expression", "expected"),
	[
		("", True),
		("   ", True),
		("doc.amount > 100000", True),
		("100000 < doc.amount <= 250000", True),
		("100000 < doc.amount < 250000", False),
		('doc.binding == "Yes" and doc.amount >= 250000', True),
		('doc.binding == "No" or not doc.involves_travel', False),
		('doc.binding in ("Yes", "Partly")', True),
		('doc.binding not in ["No"]', True),
		('"partner" in doc.title', True),
		("doc.amount / 2 - 25000 == 100000", True),
		("-doc.amount < 0", True),
		("doc.dues + 0.3 == 0.6", True),
		("doc.dues * 3 > 0.85", True),
		("len(doc.departments) == 2", True),
		("len(doc.parties) == 0 and len(doc.annexes) == 0", True),
		('"Port" in column(doc.departments, "department")', True),
		('"Harbor" in column(doc.departments, "department")', False),
		('40 in column(doc.departments, "share")', True),
		('"x" in column(doc.annexes, "department")', False),
		("doc.involves_travel == True", True),
		("doc.departments", True),
		("doc.parties", False),
		('doc.effective >= "2026-01-01"', True),
		('doc.sent_at > "2026-05-01"', True),
		('doc.amount == "250000"', False),
	],
)
def test_judges_a_document(expression, expected):
	assert judge(expression) is expected


@pytest.mark.parametrize(
	("expression", "expected"),
	[
		("doc.budget > 0", False),
		("doc.budget >= 0", True),
		("doc.budget == 0", True),
		("doc.budget + 5 == 5", True),
		("-doc.budget == 0", True),
		("doc.budget < doc.amount", True),
		('doc.note == ""', True),
		('doc.note < "a"', True),
		('"a" in doc.note', False),
		('doc.note in ("", "none")', True),
		("doc.note == doc.budget", True),
		("doc.budget <= doc.note", True),
		('doc.expiry < "2026-01-01"', True),
		("doc.expiry < doc.effective", True),
		("doc.expiry == None", True),
	],
)
def test_reads_a_blank_as_nothing(expression, expected):
	assert judge(expression) is expected


@pytest.mark.parametrize(
	("expression", "words"),
	[
		("doc.amount >", "column"),
		("amount > 5", "doc.amount"),
		("doc", "doc"),
		("doc.__class__", "underscore"),
		("doc._meta > 1", "underscore"),
		("doc.title.upper", "column 1"),
		("doc.title.upper()", "len(doc.table)"),
		("doc.amount ** 2 > 4", "+ - * and /"),
		("doc.amount % 2", "+ - * and /"),
		("doc.amount // 2", "+ - * and /"),
		("doc.note is None", '"=="'),
		("doc.departments[0]", "square brackets"),
		("lambda: 1", "lambda"),
		("[x for x in doc.departments]", "comprehension"),
		("{1: 2}", "dictionary"),
		('f"{doc.title}"', "f-string"),
		("(x := 5)", "assignment"),
		("1 if doc.amount else 2", "if expression"),
		("+doc.amount > 1", "sign"),
		("~doc.amount", "sign"),
		('open("/etc/passwd")', "len(doc.table)"),
		("len(doc.departments, 2)", "one table"),
		("len(obj=doc.departments)", "may be called"),
		('column("departments", "x")', "table and a field"),
		("column(doc.departments, doc.title)", "quotation marks"),
		('column(doc.departments, "_secret")', "not the name of a field"),
		("b'bytes' == doc.title", "written out"),
		("doc.a == ...", "written out"),
		("2j == doc.amount", "written out"),
		("doc.amount > 1\ndoc.amount > 2", "one line"),
		("doc.amount > 1 # " + "x" * 1000, "1000"),
		("not " * 200 + "doc.amount", "nested too deeply"),
		("-" * 900 + "1", "deep"),
		("(" * 300 + "1" + ")" * 300, "column"),
		("doc.a == '\x00'", "column"),
	],
)
def test_refuses_what_is_not_in_the_language(expression, words):
	with pytest.raises(ConditionError, match="condition") as refusal:
		compile_condition(expression)
	assert words in str(refusal.value)


def test_names_the_column_in_characters():
	with pytest.raises(ConditionError, match="column 22"):
		compile_condition('doc.title == "é" and amount')
	with pytest.raises(ConditionError, match="column 15"):
		compile_condition("doc.a == 1 or b")


@pytest.mark.parametrize(
	("expression", "words"),
	[
		("doc.missing > 5", '"missing"'),
		('column(doc.departments, "missing") == []', '"missing"'),
		('doc.title > 5 and doc.binding == "Yes"', "in order"),
		("doc.departments < 5", "in order"),
		("doc.title + 5 > 1", "not a number"),
		('doc.title * 5 == ""', "not a number"),
		("doc.amount / doc.budget > 1", "cannot be made"),
		("len(doc.amount)", "not a table"),
		("5 in doc.title", "not text"),
		("5 in doc.amount", "not a list"),
		('column(doc.title, "x") == []', "not a table"),
	],
)
def test_says_what_cannot_be_judged(expression, words):
	with pytest.raises(ConditionError) as refusal:
		judge(expression)
	assert words in str(refusal.value)


def test_stops_reading_where_the_answer_is_known():
	assert judge('doc.binding == "Yes" or doc.missing > 5') is True
	assert judge('doc.binding == "No" and doc.missing > 5') is False


def test_knows_the_fields_it_reads():
	condition = compile_condition('doc.amount > 5 and "x" in column(doc.departments, "department")')
	assert condition.fields == {"amount", "departments"}
	assert compile_condition("").fields == frozenset()


def test_is_compiled_once():
	assert compile_condition("doc.amount > 5") is compile_condition(" doc.amount > 5 ")


@given(st.text(max_size=60))
def test_any_text_compiles_or_is_refused_in_a_sentence(text):
	try:
		sentence = f"{compile_condition(text).expression}."
	except ConditionError as refusal:
		sentence = str(refusal)
	assert sentence.endswith(".")
	assert sentence == f"{text.strip()}." or sentence.startswith("The condition")


names = st.sampled_from(
	["doc.amount", "doc.budget", "doc.title", "doc.departments", "5", '"a"', "None", "[1]"]
)
operators = st.sampled_from(
	["<", "<=", "==", "!=", ">", ">=", "in", "not in", "and", "or", "+", "-", "*", "/"]
)


@given(names, operators, names, operators, names)
def test_any_expression_of_the_language_answers_or_says_why_not(first, one, second, other, third):
	try:
		answer = judge(f"{first} {one} {second} {other} {third}")
	except ConditionError as refusal:
		answer = str(refusal)
	assert answer in (True, False) or answer.startswith(("The condition", "The calculation"))


@given(
	st.one_of(st.none(), st.integers(), st.floats(allow_nan=False)),
	st.integers(-(10**9), 10**9),
)
def test_a_missing_amount_never_raises(amount, limit):
	expected = (0 if amount is None else amount) > limit
	assert judge(f"doc.amount > {limit}", {"amount": amount}) is expected
