"""A site from before conditions were rows: its rules go on as before, and its ledgers still verify."""

from itertools import product

import frappe
import pytest

from city_diplomacy.access.rights import LEGAL, MAYOR, POLICY_ADMIN
from city_diplomacy.domain.policy.conditions import CHECK, DATE, NUMBER, TABLE, TEXT, condition_of
from city_diplomacy.partnership_approvals.api import policies as policy_api
from city_diplomacy.partnership_approvals.doctype.routing_policy.routing_policy import activate, new_version
from city_diplomacy.partnership_approvals.exceptions import ApprovalError, UnsoundPolicyError
from city_diplomacy.partnership_approvals.ledger import entries
from city_diplomacy.partnership_approvals.routing import planning
from city_diplomacy.patches.v1_0 import say_conditions_in_rows as patch
from tests import factories
from tests.approvals import scenes
from tests.approvals.old_policies import from_before, set_out_before

KINDS = {
	"amount": NUMBER,
	"budget": NUMBER,
	"binding": TEXT,
	"council": CHECK,
	"ends_on": DATE,
	"departments": TABLE,
	"departments.department": TEXT,
}
PORT = [{"department": "Port"}]
DOCUMENTS = [
	dict(zip(("amount", "binding", "council", "ends_on", "departments"), values, strict=True))
	for values in product(
		(None, 0, 5, 250000.5),
		(None, "Yes", "No, not yet"),
		(0, 1),
		(None, "2026-05-01"),
		([], PORT, PORT * 3),
	)
]


@pytest.mark.parametrize(
	("expression", "meaning"),
	[
		("doc.amount > 100000", lambda d: (d.amount or 0) > 100000),
		("5 <= doc.amount < 100000.5", lambda d: 5 <= (d.amount or 0) < 100000.5),
		("doc.amount > -1", lambda d: True),
		("not doc.amount == 0", lambda d: (d.amount or 0) != 0),
		("doc.amount == None", lambda d: not d.amount),
		("doc.amount in (0, 5)", lambda d: (d.amount or 0) in (0, 5)),
		("doc.amount", lambda d: bool(d.amount)),
		('doc.binding == "Yes"', lambda d: d.binding == "Yes"),
		('doc.binding != ""', lambda d: bool(d.binding)),
		('doc.binding not in ["Yes", "Maybe"]', lambda d: d.binding != "Yes"),
		('doc.binding in ["", "No, not yet"]', lambda d: d.binding != "Yes"),
		('"es" in doc.binding', lambda d: "es" in (d.binding or "")),
		("doc.council", lambda d: bool(d.council)),
		("not doc.council", lambda d: not d.council),
		("doc.council == True", lambda d: bool(d.council)),
		("doc.council < 1", lambda d: not d.council),
		('doc.ends_on >= "2026-01-01"', lambda d: bool(d.ends_on)),
		("doc.ends_on == None", lambda d: not d.ends_on),
		("len(doc.departments) > 0", lambda d: bool(d.departments)),
		("len(doc.departments) == 0", lambda d: not d.departments),
		("1 <= len(doc.departments)", lambda d: bool(d.departments)),
		("doc.departments", lambda d: bool(d.departments)),
		('"Port" in column(doc.departments, "department")', lambda d: bool(d.departments)),
		('"Port" not in column(doc.departments, "department")', lambda d: not d.departments),
		(
			'not (doc.amount > 1 and (doc.council or doc.binding == "Yes"))',
			lambda d: not ((d.amount or 0) > 1 and (d.council or d.binding == "Yes")),
		),
		(
			"(doc.amount >= 5 or doc.council) and (doc.departments or not doc.binding)",
			lambda d: ((d.amount or 0) >= 5 or d.council) and (d.departments or not d.binding),
		),
	],
)
def test_rows_say_what_an_expression_said(expression, meaning):
	condition = condition_of(patch.rows_of(expression, KINDS), KINDS)
	for facts in DOCUMENTS:
		assert condition.holds(facts) is bool(meaning(frappe._dict(facts))), facts


@pytest.mark.parametrize(
	"expression",
	[
		"doc.amount * 2 > 100",
		"100 / doc.amount > 10",
		"doc.amount > doc.budget",
		"doc.wings",
		'doc.amount > "much"',
		'doc.amount == "5"',
		'doc.amount == ""',
		'doc.binding > "a"',
		"doc.binding == 5",
		'doc.binding == " Yes "',
		'doc.ends_on > "2026"',
		"doc.council == 2",
		"len(doc.departments) > 1",
		"len(doc.departments) >= 0",
		"len(doc.binding) > 1",
		'"X" in column(doc.departments, "why")',
		"doc.binding in doc.departments",
		"True",
		"doc.amount >",
		"__import__('os')",
		" and ".join(f'(doc.amount > {n} or doc.binding == "{n}")' for n in range(20)),
	],
)
def test_what_no_rows_can_say_is_not_said_otherwise(expression):
	with pytest.raises(patch.NoRows):
		patch.rows_of(expression, KINDS)


def problems(agreement) -> list[str]:
	return [finding["problem"] for finding in entries.verify("MOU", agreement.name)["findings"]]


def restated(agreement) -> int:
	return sum(entry.event == patch.EVENT for entry in scenes.entries_of(agreement))


def conditions_of(policy) -> list[str | None]:
	return [rule.condition and rule.condition.in_words({}) for rule in planning.rules_of(policy.name)]


def test_a_policy_under_way_goes_on_as_before_and_its_ledgers_verify():
	policy = from_before("doc.financial_value > 1000", "", 'doc.binding == "Binding" or doc.travel_or_gifts')
	running = set_out_before(policy, financial_value=5000, currency="USD", binding="Binding")
	patch.execute()
	assert conditions_of(policy) == [
		"financial_value is more than 1000",
		None,
		'binding is "Binding" or travel_or_gifts is checked',
	]
	stored = frappe.get_doc("Routing Policy", policy.name)
	assert [row.condition for row in stored.rules] == [row.condition for row in policy.rules]
	assert [row.applies_when for row in stored.rules] == [
		"Financial value is more than 1000",
		None,
		'Binding is "Binding" or Involves travel or gifts is checked',
	]
	assert (problems(running), restated(running)) == ([], 1)
	with factories.acting_as(scenes.office()):
		doc = frappe.get_doc("MOU", running.name)
		doc.update({"binding": "Non-binding"})
		doc.save()
	assert {row.seat for row in factories.clearances_of(running, "Pending")} == {"Finance", "Law"}
	factories.clear_every_stage(running)
	assert scenes.state_of(running) == "Ready to Sign"
	assert problems(running) == []


def test_a_rule_that_named_a_condition_needs_no_entry():
	policy = scenes.make_policy(
		scenes.rule("Law", role=LEGAL, when=[(1, "financial_value", "is more than", "1000")]),
		scenes.rule("Mayor", user=factories.make_person(MAYOR).name),
		title="From Before",
	)
	frappe.db.set_value("Routing Rule", policy.rules[0].name, "condition", "doc.financial_value > 1000")
	frappe.clear_document_cache("Routing Policy", policy.name)
	running = scenes.under_way()
	before = scenes.picture_of(running)
	patch.execute()
	assert scenes.picture_of(running) == before
	assert conditions_of(policy) == ["financial_value is more than 1000", None]
	assert problems(running) == []


def test_a_policy_changed_beneath_the_engine_is_not_made_good():
	policy = from_before("doc.financial_value > 1000", "")
	running = set_out_before(policy, financial_value=5000, currency="USD")
	frappe.db.set_value("Routing Rule", policy.rules[0].name, "condition", "doc.financial_value > 9000")
	frappe.clear_document_cache("Routing Policy", policy.name)
	patch.execute()
	assert restated(running) == 0
	assert any("rule 1, Law" in problem for problem in problems(running))


def test_what_is_changed_in_the_rows_afterwards_is_found():
	policy = from_before("doc.financial_value > 1000", "")
	running = set_out_before(policy, financial_value=5000, currency="USD")
	patch.execute()
	(row,) = frappe.get_doc("Routing Policy", policy.name).conditions
	frappe.db.set_value("Routing Condition", row.name, "value", "9000")
	assert any("conditions" in problem for problem in problems(running))


def test_two_rules_of_one_expression_share_a_condition_and_names_are_not_taken_twice():
	taken = [
		{
			"condition_name": "Involves travel or gifts is checked",
			"group": 1,
			"field": "council_must_adopt",
			"operator": "is checked",
		}
	]
	policy = from_before("doc.travel_or_gifts", " doc.travel_or_gifts", "", conditions=taken)
	patch.execute()
	stored = frappe.get_doc("Routing Policy", policy.name)
	assert [row.applies_when for row in stored.rules] == ["Involves travel or gifts is checked (2)"] * 2 + [
		None
	]
	assert len(stored.conditions) == 2


def test_twice_is_once():
	policy = from_before("doc.financial_value > 1000", "doc.financial_value * 2 > 1000", "")
	running = set_out_before(policy, financial_value=5000, currency="USD")
	patch.execute()
	before, rows = scenes.picture_of(running), frappe.get_doc("Routing Policy", policy.name).as_dict()
	patch.execute()
	assert scenes.picture_of(running) == before
	assert frappe.get_doc("Routing Policy", policy.name).as_dict() == rows


ARITHMETIC = "doc.financial_value * 2 > 1000"


def test_what_no_rows_can_say_is_named_to_the_administrator(capsys):
	policy = from_before(ARITHMETIC, "")
	patch.execute()
	said = f"{policy.name}, rule 1 (Law): its condition is the expression {ARITHMETIC}. No row of a condition can say"
	assert said in capsys.readouterr().out
	assert frappe.db.exists("Error Log", {"reference_name": policy.name, "error": ["like", f"{said}%"]})


def test_what_no_rows_can_say_is_refused_whenever_it_would_be_judged():
	policy = from_before(ARITHMETIC, "")
	running = set_out_before(policy, financial_value=5000, currency="USD")
	patch.execute()
	assert problems(running) == []
	refused = r"Rule \w+: It stands in an expression of an earlier version, doc.financial_value \* 2 > 1000"
	with pytest.raises(ApprovalError, match=refused):
		scenes.under_way()
	with pytest.raises(ApprovalError, match=r"Rule 1 \(Law\): It stands in an expression"):
		policy_api.export_policy(policy.name)


def test_what_no_rows_can_say_is_written_anew_in_the_next_version():
	policy = from_before(ARITHMETIC, "")
	factories.make_person(LEGAL)
	patch.execute()
	with factories.acting_as(factories.make_person(POLICY_ADMIN).name):
		first, second = (
			frappe.get_doc("Routing Policy", new_version(policy.name)["name"]) for _time in range(2)
		)
		assert first.rules[0].condition == ARITHMETIC
		first.submit()
		with pytest.raises(UnsoundPolicyError, match="cannot be read"):
			activate(first.name)
		second.append(
			"conditions",
			{
				"condition_name": "Dear",
				"group": 1,
				"field": "financial_value",
				"operator": "is more than",
				"value": "500",
			},
		)
		second.rules[0].applies_when = "Dear"
		second.save()
	assert conditions_of(second) == ["financial_value is more than 500", None]
	assert not second.rules[0].condition
