"""Policies as files: what is exported is imported again, and a bad file is refused in one sentence, whole."""

import json

import frappe
import pytest

from city_diplomacy.access.rights import AUDITOR, LEGAL, MANAGER, OFFICER, POLICY_ADMIN, TRADE
from city_diplomacy.partnership_approvals.api import policies as policy_api
from city_diplomacy.partnership_approvals.exceptions import ApprovalError, PolicyFileError
from city_diplomacy.partnership_approvals.policies import examples
from city_diplomacy.partnership_approvals.routing import planning
from tests import factories
from tests.approvals import scenes

GOOD = {
	"title": "From a file",
	"document_type": "MOU",
	"conditions": [{"condition_name": "Dear", "field": "financial_value", "operator": "is set"}],
	"rules": [
		{
			"stage": 1,
			"workflow_state": "In Clearance",
			"seat": "Attorney",
			"asked_of": "Role",
			"role": LEGAL,
			"applies_when": "Dear",
			"watched_fields": "purpose",
		}
	],
}


@pytest.fixture
def administrator():
	with factories.acting_as(factories.make_person(POLICY_ADMIN).name):
		yield


def file(**changes) -> str:
	return json.dumps({**GOOD, **changes})


def with_rule(**changes) -> str:
	return file(rules=[{**GOOD["rules"][0], **changes}])


def policies() -> set[str]:
	return set(frappe.get_all("Routing Policy", pluck="name", limit_page_length=0))


def test_the_examples_are_listed_and_each_becomes_a_draft(administrator):
	listed = policy_api.list_examples()
	assert [row["example"] for row in listed] == examples.names()
	for row in listed:
		made = policy_api.import_example(row["example"])
		assert (made["title"], made["status"]) == (row["title"], "Draft")
		assert row["description"] == frappe.db.get_value("Routing Policy", made["name"], "description")


def test_an_imported_example_is_the_next_version_and_leaves_the_active_policy_alone(administrator):
	active = planning.active_policy("MOU")
	first, second = (policy_api.import_example("hudson")["name"] for _time in range(2))
	assert (first, second) == ("Hudson v1", "Hudson v2")
	assert planning.active_policy("MOU") == active


@pytest.mark.parametrize("example", examples.names())
def test_what_is_exported_is_imported_as_it_was(example, administrator):
	name = policy_api.import_example(example)["name"]
	exported = policy_api.export_policy(name)
	again = policy_api.export_policy(policy_api.import_policy(exported["content"])["name"])
	assert again["content"] == exported["content"]
	assert exported["file_name"].endswith(".json")
	said, shipped = json.loads(exported["content"]), examples.values_of(example)
	for row, rule in zip(said["rules"], shipped["rules"], strict=True):
		assert rule.items() <= row.items()


def test_a_seat_without_days_survives(administrator):
	name = policy_api.import_policy(with_rule(working_days=0))["name"]
	assert json.loads(policy_api.export_policy(name)["content"])["rules"][0]["working_days"] == 0


@pytest.mark.parametrize(
	("content", "sentence"),
	[
		("", "not JSON: line 1"),
		('{"title": "x",\n"wings"}', "not JSON: line 2"),
		("[]", "one object"),
		('"policy"', "one object"),
		("[" * 100_000, "nested too deeply"),
		('{"title": ' + "9" * 5000 + "}", "a number in it is too long"),
		('{"title": "a", "title": "b"}', "says title twice"),
		('{"title": NaN}', "Policy, Title must be text"),
		(file(wings=2), "there is no wings; known are title"),
		(file(status="Active"), "there is no status"),
		(file(version=7), "there is no version"),
		(file(docstatus=1), "there is no docstatus"),
		(file(owner="Administrator"), "there is no owner"),
		(file(title=5), "Title must be text"),
		(file(title=None), "Title must be text"),
		(file(title=""), "Policy: Title is missing"),
		(file(document_type=""), "Document type is missing"),
		(file(title="t" * 138), "Title is too long; with its version it can have at most 140 characters"),
		(file(rules=[]), "Rules is missing"),
		(file(rules={}), "Rules must be a list"),
		(file(rules=None), "Rules must be a list"),
		(file(rules=["Attorney"]), "Rules must be a list of rows, each in curly brackets"),
		(file(document_type="ToDo"), "is not routed here"),
		(with_rule(pilot="x"), "Rules row 1: there is no pilot"),
		(with_rule(seat=None), "Rules row 1, Seat must be text"),
		(with_rule(seat=""), "Rules row 1: Seat is missing"),
		(with_rule(role=["Pilot"]), "Role must be text"),
		(with_rule(workflow_state="Active"), "cannot be the state of a stage"),
		(with_rule(mandatory="yes"), "Mandatory must be 1 or 0"),
		(with_rule(mandatory=2), "Mandatory must be 1 or 0"),
		(with_rule(working_days="five"), "Working days must be a number"),
		(with_rule(working_days=True), "Working days must be a number"),
		(with_rule(working_days=1.5), "Working days must be a number"),
		(with_rule(working_days=10**30), "Working days must be a number"),
		(with_rule(working_days=float("nan")), "Working days must be a number"),
		(with_rule(join_percent=float("inf")), "must be a number"),
		(with_rule(working_days=-1), "-1 working days"),
		(with_rule(watched_fields="wings"), "has no field wings"),
		(with_rule(applies_when="Cheap"), "no condition called Cheap"),
		(with_rule(condition="doc.wings > 2"), "Rules row 1: there is no condition"),
		(
			file(conditions=[{**GOOD["conditions"][0], "field": "wings"}]),
			'Condition Dear: Row 1: there is no field "wings"',
		),
		(file(conditions=[{**GOOD["conditions"][0], "condition_name": ""}]), "Condition is missing"),
		(file(escalation=[{"days": 1, "action": "Tell"}]), "Escalation row 1: To is missing"),
	],
	ids=range(43),
)
def test_a_bad_file_is_refused_in_a_sentence_and_nothing_is_made(content, sentence, administrator):
	before = policies()
	with pytest.raises(ApprovalError) as refused:
		policy_api.import_policy(content)
	assert sentence in str(refused.value)
	assert policies() == before


@pytest.mark.parametrize(
	("content", "named"),
	[
		(file(document_type="Treaty"), "Treaty"),
		(with_rule(role="Pilot"), "Pilot"),
		(with_rule(department="Wings"), "Wings"),
		(with_rule(fallback_user="nobody@city.example"), "nobody@city.example"),
		(with_rule(workflow_state="Lost"), "Lost"),
		(with_rule(asked_of="A Coin"), "A Coin"),
		(with_rule(join="Some"), "Some"),
		(with_rule(co_reviewers_see="The Stars"), "The Stars"),
		(file(escalation=[{"days": 1, "action": "Tell", "to": "The Press"}]), "The Press"),
	],
	ids=range(9),
)
def test_what_the_form_refuses_a_file_cannot_say_either(content, named, administrator):
	before = policies()
	with pytest.raises(frappe.ValidationError) as refused:
		policy_api.import_policy(content)
	assert named in str(refused.value)
	assert policies() == before


def test_an_example_there_is_not_is_named(administrator):
	for name in ("atlantis", "../policies"):
		with pytest.raises(PolicyFileError, match="no example called"):
			policy_api.import_example(name)


@pytest.mark.parametrize("role", [OFFICER, MANAGER, AUDITOR])
def test_who_only_reads_policies_exports_and_imports_none(role):
	policy = scenes.make_policy(scenes.rule("Attorney", role=LEGAL), activate=False)
	with factories.acting_as(factories.make_person(role).name):
		assert policy_api.list_examples()
		assert policy_api.choices("MOU")["states"]
		assert json.loads(policy_api.export_policy(policy.name)["content"])["title"] == policy.title
		before = policies()
		for act in (lambda: policy_api.import_example("hudson"), lambda: policy_api.import_policy(file())):
			with pytest.raises(frappe.PermissionError):
				act()
		assert policies() == before


def test_who_does_not_read_policies_gets_nothing():
	policy = scenes.make_policy(scenes.rule("Attorney", role=LEGAL), activate=False)
	with factories.acting_as(factories.make_person(TRADE).name):
		for act in (
			policy_api.list_examples,
			lambda: policy_api.choices("MOU"),
			lambda: policy_api.export_policy(policy.name),
			lambda: policy_api.import_policy(file()),
		):
			with pytest.raises(frappe.PermissionError):
				act()


def test_the_form_is_offered_what_a_policy_can_say(administrator):
	offered = policy_api.choices("MOU")
	assert offered["states"] == ["In Clearance", "Mayor's Decision", "Council Decision"]
	assert offered["department_tables"] == [{"value": "departments", "label": "Departments affected"}]
	assert "sponsor" in [row["value"] for row in offered["user_fields"]]
	watched = [row["value"] for row in offered["watched_fields"]]
	assert "purpose" in watched
	assert "readers" not in watched
	fields = {row["value"]: row for row in offered["fields"]}
	assert fields["travel_or_gifts"]["operators"] == ["is checked", "is not checked"]
	assert fields["departments.department"] == {
		"value": "departments.department",
		"label": "Departments affected: Department",
		"kind": "text",
		"operators": ["has a row where", "has no row where"],
	}


def test_a_document_nobody_routes_has_no_choices(administrator):
	with pytest.raises(ApprovalError, match="can be routed"):
		policy_api.choices("ToDo")
