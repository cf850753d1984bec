"""Routing policies: versions that are checked when they are written and never change once they are in use."""

import frappe
import pytest

from city_diplomacy.access.rights import LEGAL, OFFICER, POLICY_ADMIN
from city_diplomacy.partnership_approvals.doctype.routing_policy.routing_policy import activate, new_version
from city_diplomacy.partnership_approvals.exceptions import ApprovalError
from city_diplomacy.partnership_approvals.routing import planning
from tests import factories
from tests.approvals import scenes


def draft(*rules, **fields):
	"""A policy one could activate: its attorney has an account."""
	factories.make_person(LEGAL)
	return frappe.get_doc(
		{
			"doctype": "Routing Policy",
			"title": "Test Policy",
			"document_type": "MOU",
			"rules": list(rules) or [scenes.rule("Attorney", role=LEGAL)],
			**fields,
		}
	)


@pytest.mark.parametrize(
	("fields", "sentence"),
	[
		({"workflow_state": "Active"}, "cannot be the state of a stage"),
		({"workflow_state": "Draft"}, "cannot be the state of a stage"),
		({"stage": 0}, "numbered from 1"),
		({"stage": -2}, "numbered from 1"),
		({"asked_of": "User", "user": None}, "asked of User, but"),
		({"asked_of": "Role", "role": None}, "asked of Role, but"),
		({"asked_of": "Department Head"}, "asked of Department Head, but"),
		({"asked_of": "Department in Settings"}, "asked of Department in Settings, but"),
		({"asked_of": "Departments of the Document", "table_field": "wings"}, "has no field wings"),
		({"asked_of": "User Field", "user_field": "pilot"}, "has no field pilot"),
		({"asked_of": "A Coin"}, "not a way to find who is asked"),
		({"watched_fields": "purpose, wings"}, "has no field wings"),
		({"applies_when": "Dear"}, "no condition called Dear"),
		({"condition": "doc.financial_value > 2"}, "doc.financial_value > 2, .* not read any more"),
		({"working_days": -1}, "-1 working days"),
		({"join": "K of N", "join_k": 0}, "at least one"),
		({"join": "Percent", "join_percent": 0}, "percent"),
	],
	ids=str,
)
def test_a_rule_that_makes_no_sense_is_named_with_its_row(fields, sentence):
	with pytest.raises(ApprovalError, match=sentence):
		draft(
			scenes.rule("Attorney", role=LEGAL), {**scenes.rule("Second seat", role=LEGAL), **fields}
		).insert()


def test_a_document_no_app_declares_is_not_routed():
	with pytest.raises(ApprovalError, match="is not routed here"):
		draft(document_type="ToDo").insert()


def test_a_policy_is_a_draft_then_ready_then_active():
	policy = draft(status="Active").insert()
	assert policy.status == "Draft"
	policy.submit()
	assert policy.status == "Ready"
	policy.status = "Active"
	policy.save()
	assert frappe.db.get_value("Routing Policy", policy.name, "status") == "Active"


def test_a_draft_is_not_activated():
	policy = draft().insert()
	policy.status = "Active"
	with pytest.raises(ApprovalError, match="after it has been submitted"):
		policy.save()


def test_activating_one_retires_the_other():
	before = frappe.db.get_value("Routing Policy", {"status": "Active", "document_type": "MOU"}, "name")
	policy = scenes.make_policy(scenes.rule("Attorney", role=LEGAL))
	assert frappe.get_all("Routing Policy", {"status": "Active", "document_type": "MOU"}, pluck="name") == [
		policy.name
	]
	assert frappe.db.get_value("Routing Policy", before, "status") == "Retired"


def test_a_submitted_policy_does_not_change():
	policy = scenes.make_policy(scenes.rule("Attorney", role=LEGAL))
	policy.rules[0].seat = "Somebody else"
	with pytest.raises(frappe.UpdateAfterSubmitError):
		policy.save()


def test_a_submitted_policy_is_neither_cancelled_nor_deleted():
	policy = scenes.make_policy(scenes.rule("Attorney", role=LEGAL))
	with pytest.raises(ApprovalError, match="retired, not cancelled"):
		frappe.get_doc("Routing Policy", policy.name).cancel()
	with pytest.raises(frappe.ValidationError):
		frappe.delete_doc("Routing Policy", policy.name)
	assert frappe.db.exists("Routing Policy", policy.name)


def test_a_new_version_is_a_draft_with_the_rules_and_their_keys():
	policy = scenes.make_policy(scenes.rule("Attorney", role=LEGAL))
	with factories.acting_as(factories.make_person(POLICY_ADMIN).name):
		answer = new_version(policy.name)
	copy = frappe.get_doc("Routing Policy", answer["name"])
	assert (copy.version, copy.status, copy.docstatus) == (policy.version + 1, "Draft", 0)
	assert [row.rule_key for row in copy.rules] == [row.rule_key for row in policy.rules]


def test_a_draft_given_another_title_does_not_stand_in_the_way_of_the_next_version():
	retitled = draft().insert()
	retitled.title = "Another Policy"
	retitled.save()
	assert draft().insert().version == retitled.version + 1


def test_the_administrator_of_approvals_activates_and_an_officer_does_not():
	policy = draft().insert()
	policy.submit()
	with factories.acting_as(factories.make_person(OFFICER).name), pytest.raises(frappe.PermissionError):
		activate(policy.name)
	with factories.acting_as(factories.make_person(POLICY_ADMIN).name):
		assert activate(policy.name)["status"] == "Active"


def test_without_an_active_policy_nothing_sets_out():
	frappe.db.set_value("Routing Policy", {"status": "Active", "document_type": "MOU"}, "status", "Retired")
	with pytest.raises(ApprovalError, match="No routing policy is active"):
		scenes.under_way()


COUNCIL_MUST_ADOPT = [
	{
		"condition_name": "Costs money",
		"group": 1,
		"field": "financial_value",
		"operator": "is more than",
		"value": "100000",
	},
	{"condition_name": "Costs money", "group": 1, "field": "travel_or_gifts", "operator": "is checked"},
	{"condition_name": "Costs money", "group": 2, "field": "departments", "operator": "has rows"},
]


def test_a_rule_applies_when_the_condition_it_names_holds():
	policy = draft(
		scenes.rule("Attorney", role=LEGAL, applies_when="Costs money"),
		scenes.rule("Second seat", role=LEGAL),
		conditions=COUNCIL_MUST_ADOPT,
	).insert()
	attorney, second = planning.rules_of(policy)
	assert attorney.condition.in_words({}) == (
		"(financial_value is more than 100000 and travel_or_gifts is checked) or departments has rows"
	)
	assert second.condition is None


def test_an_expression_gives_way_to_the_condition_named():
	policy = draft(
		scenes.rule("Attorney", role=LEGAL, applies_when="Costs money", condition="doc.purpose"),
		conditions=COUNCIL_MUST_ADOPT,
	).insert()
	assert not policy.rules[0].condition


@pytest.mark.parametrize(
	("row", "sentence"),
	[
		({"field": "wings"}, 'Condition Costs money: Row 1: there is no field "wings"'),
		({"operator": "contains"}, "does not fit financial_value"),
		({"value": "much"}, "is not a number"),
		({"condition_name": "Another"}, "no condition called Costs money"),
	],
	ids=str,
)
def test_a_condition_that_makes_no_sense_is_named_with_its_row(row, sentence):
	with pytest.raises(ApprovalError, match=sentence):
		draft(
			scenes.rule("Attorney", role=LEGAL, applies_when="Costs money"),
			conditions=[{**COUNCIL_MUST_ADOPT[0], **row}],
		).insert()


def test_a_question_is_handed_over_only_to_somebody_who_can_decide_it():
	with pytest.raises(ApprovalError, match="Escalation 1: a question can be handed over"):
		draft(escalation=[{"days": 3, "action": "Hand Over", "to": "Requester"}]).insert()


def test_a_step_of_escalation_is_there_once():
	step = {"days": -2, "action": "Remind", "to": "Whoever Is Asked"}
	with pytest.raises(ApprovalError, match="Escalation 2: the same step"):
		draft(escalation=[step, dict(step)]).insert()


def test_steps_stand_in_the_order_of_their_days_and_are_copied_to_a_new_version():
	policy = draft(
		scenes.rule("Attorney", role=LEGAL, applies_when="Costs money"),
		conditions=COUNCIL_MUST_ADOPT,
		escalation=[
			{"days": 5, "action": "Hand Over", "to": "Acting Head"},
			{"days": -2, "action": "Remind", "to": "Whoever Is Asked"},
		],
	).insert()
	assert [step.days for step in policy.escalation] == [-2, 5]
	policy.submit()
	copy = frappe.get_doc("Routing Policy", new_version(policy.name)["name"])
	assert [(step.days, step.action) for step in copy.escalation] == [(-2, "Remind"), (5, "Hand Over")]
	assert [row.condition_name for row in copy.conditions] == ["Costs money"] * 3
