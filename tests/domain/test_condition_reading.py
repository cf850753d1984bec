"""What a condition reads of a document, and how it reads to people."""

import pytest

from city_diplomacy.domain.policy.conditions import ConditionError
from city_diplomacy.domain.rehearsal.condition_reading import PHRASES, in_words, read_by
from city_diplomacy.domain.route.routing import Rule

LABELS = {
	"amount": "Amount",
	"binding": "Binding",
	"council": "Council must adopt",
	"departments": "Departments affected",
	"departments.department": "Departments affected: Department",
	"purpose": "Purpose",
}


def rule(condition: str = "", **fields) -> Rule:
	return Rule(
		"r",
		1,
		"In Clearance",
		"Attorney",
		**{"asked_of": "Role", "role": "Legal", **fields},
		condition=condition,
	)


@pytest.mark.parametrize(
	("expression", "words"),
	[
		("", ""),
		("doc.amount > 100000", "Amount is more than 100000"),
		("doc.amount >= 0.5", "Amount is at least 0.5"),
		('doc.binding == "Binding"', 'Binding is "Binding"'),
		('doc.binding != ""', "Binding is set"),
		("doc.binding == None", "Binding is not set"),
		("doc.council", "Council must adopt is checked"),
		("not doc.council", "Council must adopt is not checked"),
		('doc.binding in ["Binding", "Partly binding"]', 'Binding is one of "Binding", "Partly binding"'),
		('doc.binding not in ("Binding",)', 'Binding is none of "Binding"'),
		('"port" in doc.purpose', 'Purpose contains "port"'),
		('"port" not in doc.purpose', 'Purpose does not contain "port"'),
		("len(doc.departments) > 0", "Departments affected has rows"),
		("len(doc.departments) == 0", "Departments affected has no rows"),
		("len(doc.departments) >= 3", "the number of Departments affected is at least 3"),
		(
			'"Port" in column(doc.departments, "department")',
			'a row of Departments affected: Department is "Port"',
		),
		('"X" not in column(doc.departments, "why")', 'no row of Departments affected: why is "X"'),
		("1 < doc.amount < 9", "1 is less than Amount and Amount is less than 9"),
		(
			'doc.amount > 1 and (doc.council or doc.binding == "Binding")',
			'Amount is more than 1 and (Council must adopt is checked or Binding is "Binding")',
		),
		("not (doc.amount > 1)", "not (Amount is more than 1)"),
		("doc.amount * 2 > 10", "amount * 2 is more than 10"),
		("doc.other > 1", "other is more than 1"),
		("True", "True"),
	],
)
def test_a_condition_reads_as_a_sentence(expression, words):
	assert in_words(expression, LABELS) == words


def test_phrases_are_translated_before_they_are_filled_in():
	asked = []

	def translate(phrase):
		asked.append(phrase)
		return phrase.upper()

	assert in_words("doc.amount > 1 and doc.council", LABELS, translate) == (
		"Amount IS MORE THAN 1 AND Council must adopt IS CHECKED"
	)
	assert set(asked) <= set(PHRASES)


def test_what_the_language_refuses_is_refused_here_too():
	with pytest.raises(ConditionError):
		in_words("__import__('os')", LABELS)
	with pytest.raises(ConditionError):
		read_by([rule("doc.amount if doc.council else 0")])


def test_what_rules_read_is_their_conditions_fields_and_the_columns_they_look_at():
	reads = read_by(
		[
			rule('doc.amount > 1 and "Port" in column(doc.departments, "department")'),
			rule("len(doc.topics) > 2"),
			rule(asked_of="Departments of the Document", table_field="departments"),
			rule(asked_of="User Field", user_field="sponsor"),
		]
	)
	assert reads.fields == {"amount", "topics", "sponsor"}
	assert reads.tables == {"departments": {"department"}}
	assert reads.names == {"amount", "topics", "sponsor", "departments"}


def test_rules_without_conditions_read_nothing():
	assert read_by([rule()]).names == frozenset()
