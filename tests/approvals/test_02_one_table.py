"""Property 2. One rule instead of a transition per department, and nobody sees more than their rule allows."""

import frappe
import pytest

from city_diplomacy.access.rights import AUDITOR, DEPARTMENT, DOCTYPE_PERMISSIONS, LEGAL, OFFICER, TRADE
from city_diplomacy.partnership_approvals.engine import decide, routes
from city_diplomacy.partnership_approvals.routing import planning
from city_diplomacy.partnership_approvals.views import approvals
from tests import factories
from tests.approvals import scenes

pytestmark = [pytest.mark.real_site, pytest.mark.delivers]

DEPARTMENTS = ("Harbor", "Parks", "Fire", "Library")


@pytest.fixture
def heads() -> dict[str, str]:
	"""Four departments, each with a head who answers for it: name of the department, account of its head."""
	return {
		factories.make_department(
			name, head=factories.make_user(f"{name.lower()}.head@city.example", DEPARTMENT).name
		).name: f"{name.lower()}.head@city.example"
		for name in DEPARTMENTS
	}


def department_rule(**fields):
	return scenes.rule(
		"Affected department", asked_of="Departments of the Document", table_field="departments", **fields
	)


def asked_about(heads, **fields):
	return scenes.under_way(departments=[{"department": name} for name in heads], **fields)


def names(doctype: str, user: str) -> set[str]:
	"""What a person gets from a list, as REST and Desk ask for it."""
	with factories.acting_as(user):
		if not frappe.has_permission(doctype, "read"):
			return set()
		return set(frappe.get_list(doctype, pluck="name", limit_page_length=0))


def seen_by(user: str, agreement) -> dict[str, dict]:
	"""The seats of the current round as a person is shown them."""
	with factories.acting_as(user):
		view = approvals.view(frappe.get_doc("MOU", agreement.name))
	return {seat["seat"]: seat for stage in view["stages"] for seat in stage["seats"]}


def test_one_rule_asks_the_head_of_every_department_named(heads):
	policy = scenes.make_policy(department_rule())
	agreement = asked_about(heads)
	assert len(policy.rules) == 1
	asked = factories.clearances_of(agreement, "Pending")
	assert {(row.department, row.put_to, row.basis) for row in asked} == {
		(department, head, "head") for department, head in heads.items()
	}


def test_the_seeded_composite_asks_law_finance_departments_and_ethics_at_once(heads):
	finance, ethics, *affected = heads
	scenes.set_settings(finance_department=finance, ethics_department=ethics)
	factories.make_person(LEGAL)
	composite = frappe.get_doc(
		"Routing Policy", {"title": "Composite of US Practice", "document_type": "MOU"}
	)
	composite.status = "Active"
	composite.save()
	agreement = scenes.under_way(
		departments=[{"department": name} for name in affected], travel_or_gifts=1, council_must_adopt=1
	)
	first = factories.clearances_of(agreement, "Pending")
	assert [row.seat for row in first] == sorted(
		["City Attorney", "Ethics", "Finance", *affected_names(affected)]
	)
	states = [stage.state for stage in planning.plan(composite, agreement)]
	assert states == ["In Clearance", "Mayor's Decision", "Council Decision"]


def affected_names(departments: list[str]) -> list[str]:
	return [frappe.db.get_value("Department", name, "department_name") for name in departments]


def test_a_department_named_by_two_rules_is_asked_once(heads):
	department = next(iter(heads))
	scenes.make_policy(
		department_rule(),
		scenes.rule("Harbor as owner", asked_of="Department Head", department=department, mandatory=1),
	)
	agreement = asked_about(heads)
	asked = [row for row in factories.clearances_of(agreement) if row.department == department]
	assert len(asked) == 1
	assert asked[0].mandatory


def test_a_head_lists_his_own_clearance_and_the_agreement_and_nothing_else(heads):
	scenes.make_policy(department_rule())
	agreement, other = asked_about(heads), scenes.under_way(departments=[{"department": next(iter(heads))}])
	department, head = list(heads.items())[1]
	assert names("MOU", head) == {agreement.name}
	(own,) = [row for row in factories.clearances_of(agreement) if row.department == department]
	assert names("Approval Clearance", head) == {own.name}
	assert names("Approval Decision", head) == set()
	assert names("Approval Route", head) == {scenes.route_of(agreement).name}
	assert other.name not in names("MOU", head)


def test_a_head_opens_his_own_clearance_only(heads):
	scenes.make_policy(department_rule())
	agreement = asked_about(heads)
	own, *others = [row for row in factories.clearances_of(agreement)]
	with factories.acting_as(own.put_to):
		frappe.get_doc(own.doctype, own.name).check_permission("read")
		for other in others:
			with pytest.raises(frappe.PermissionError):
				frappe.get_doc(other.doctype, other.name).check_permission("read")


@pytest.mark.parametrize(
	("sees", "expected"),
	[
		("Nothing", {"who": False, "decision": False, "decided_by_name": False, "remarks": False}),
		("Decisions", {"who": True, "decision": True, "decided_by_name": True, "remarks": False}),
		("Remarks", {"who": True, "decision": True, "decided_by_name": True, "remarks": True}),
	],
)
def test_of_the_others_he_is_shown_what_the_rule_allows_names_included(heads, sees, expected):
	scenes.make_policy(department_rule(co_reviewers_see=sees))
	agreement = asked_about(heads)
	first, second, *_rest = factories.clearances_of(agreement)
	factories.decide(first, "Clear with Conditions", "Only if the budget names it.", "The budget names it.")
	shown = seen_by(second.put_to, agreement)[first.seat]
	assert {key: bool(shown[key]) for key in expected} == expected
	assert bool(shown["conditions"]) == expected["remarks"]
	with factories.acting_as(second.put_to):
		ledger = approvals.view(frappe.get_doc("MOU", agreement.name))["ledger"]["entries"]
	(entry,) = [entry for entry in ledger if entry["event"] == "Decided"]
	assert bool(entry["actor_name"]) == expected["who"]
	assert bool(entry["decision"]) == expected["decision"]
	assert bool(entry["remarks"]) == expected["remarks"]


def test_his_own_he_is_shown_whole(heads):
	scenes.make_policy(department_rule(co_reviewers_see="Nothing"))
	agreement = asked_about(heads)
	own = factories.clearances_of(agreement)[0]
	factories.decide(own, "Clear with Conditions", "Only if the budget names it.", "The budget names it.")
	shown = seen_by(own.put_to, agreement)[own.seat]
	assert shown["remarks"] == "Only if the budget names it."
	assert shown["conditions"] == "The budget names it."
	assert shown["clearance"] == own.name


def test_law_and_the_office_are_shown_everything(heads):
	attorney = factories.make_person(LEGAL).name
	scenes.make_policy(department_rule(co_reviewers_see="Nothing"), scenes.rule("Attorney", role=LEGAL))
	agreement = asked_about(heads)
	first = next(row for row in factories.clearances_of(agreement) if row.department)
	factories.decide(first, "Clear with Conditions", "Only if the budget names it.")
	for user in (attorney, scenes.office()):
		assert seen_by(user, agreement)[first.seat]["remarks"] == "Only if the budget names it."


def test_the_evidence_of_one_seat_is_not_read_by_another(heads):
	"""A letter hangs on the clearance it proves; what hangs on the agreement every reviewer reads."""
	scenes.make_policy(department_rule(co_reviewers_see="Nothing", recorded_decision_allowed=1))
	agreement = asked_about(heads)
	first, second, *_rest = factories.clearances_of(agreement)
	with factories.acting_as(scenes.manager()):
		letter = scenes.evidence()
		decide.record_decision(first.name, "Clear", "By letter of today.", letter)
	file = frappe.get_doc("File", {"file_url": letter})
	with factories.acting_as(first.put_to):
		assert file.has_permission("read")
	with factories.acting_as(second.put_to):
		assert not file.has_permission("read")


def test_what_follows_from_a_decision_hangs_on_the_clearance(heads):
	scenes.make_policy(department_rule())
	agreement = asked_about(heads)
	clearances = {row.name for row in factories.clearances_of(agreement)}
	assert clearances == set(
		frappe.get_all(
			"ToDo", {"reference_type": "Approval Clearance", "status": "Open"}, pluck="reference_name"
		)
	)
	assert not frappe.db.exists("ToDo", {"reference_type": "MOU"})


def test_no_role_may_share(heads):
	assert not [
		(doctype, role)
		for doctype, by_role in DOCTYPE_PERMISSIONS.items()
		for role, letters in by_role.items()
		if "h" in letters
	]
	for doctype in ("MOU", *scenes.ENGINE_DOCTYPES):
		rules = frappe.get_meta(doctype).permissions
		assert not [rule.role for rule in rules if rule.share or rule.cancel or rule.amend]


@pytest.mark.parametrize("way", ["share", "assign", "docshare"])
def test_nobody_opens_an_agreement_to_others(client, way):
	"""A share overrides a permission hook's refusal, so nobody may make one."""
	agreement = scenes.under_way(confidential=1)
	outsider = factories.make_user("outsider@city.example", OFFICER).name
	browser = client(scenes.office())
	if way == "share":
		browser.call("frappe.share.add", doctype="MOU", name=agreement.name, user=outsider, write=1)
	elif way == "assign":
		browser.call(
			"frappe.desk.form.assign_to.add",
			doctype="MOU",
			name=agreement.name,
			assign_to=frappe.as_json([outsider]),
		)
	else:
		share = {
			"doctype": "DocShare",
			"share_doctype": "MOU",
			"share_name": agreement.name,
			"user": outsider,
			"read": 1,
			"write": 1,
		}
		browser.call("frappe.client.insert", doc=frappe.as_json(share))
	assert not frappe.db.exists("DocShare", {"share_doctype": "MOU"})
	assert agreement.name not in names("MOU", outsider)


def test_a_confidential_agreement_is_known_to_those_named_on_it_only():
	reader = factories.make_user("named@city.example", TRADE).name
	agreement = scenes.under_way(
		confidential=1, sponsor=scenes.manager(), readers=[{"user": reader}], title="Confidential talks"
	)
	attorney = factories.make_person(LEGAL).name
	for user in (scenes.office(), scenes.manager(), reader, attorney):
		assert agreement.name in names("MOU", user), user
	others = [
		factories.make_user("other.officer@city.example", OFFICER).name,
		factories.make_person(AUDITOR).name,
		factories.make_person(TRADE).name,
		factories.make_person(DEPARTMENT).name,
	]
	for user in others:
		assert agreement.name not in names("MOU", user), user
		for doctype in scenes.ENGINE_DOCTYPES:
			assert names(doctype, user) == set(), (user, doctype)
		with factories.acting_as(user), pytest.raises(frappe.PermissionError):
			frappe.get_doc("MOU", agreement.name).check_permission("read")


def test_a_confidential_agreement_is_not_moved_by_an_officer_who_may_not_know_it(client):
	agreement = scenes.under_way(confidential=1)
	other = factories.make_user("other.officer@city.example", OFFICER).name
	browser = client(other)
	api = "city_diplomacy.partnership_approvals.api"
	where = {"doctype": "MOU", "name": agreement.name}
	for answer in (
		browser.read(f"{api}.view", **where),
		browser.read(f"{api}.preview", **where),
		browser.read(f"{api}.verify_ledger", **where),
		browser.call(f"{api}.send_back", **where, reason="Mine now."),
		browser.call(f"{api}.withdraw", **where, reason="Mine now."),
	):
		assert answer.status_code == 403
	assert scenes.state_of(agreement) == "In Clearance"


def test_the_inbox_holds_ones_own_questions_only(heads):
	scenes.make_policy(department_rule())
	agreement = asked_about(heads)
	for row in factories.clearances_of(agreement):
		assert [item["clearance"] for item in approvals.inbox(row.put_to)] == [row.name]
	assert approvals.inbox(scenes.office()) == []


def test_a_head_who_has_no_role_at_all_decides_what_is_asked_of_him():
	"""Their office is why they are asked; deciding needs no right on the agreement, not even the last decision."""
	head = factories.make_user("no.role@city.example").name
	department = factories.make_department("Zoo", head=head).name
	scenes.make_policy(department_rule())
	agreement = scenes.under_way(departments=[{"department": department}])
	answer = factories.decide(factories.clearances_of(agreement)[0])
	assert answer["workflow_state"] == "Ready to Sign"


def test_a_question_that_was_taken_back_leaves_the_reviewer_his_own_record(heads):
	scenes.make_policy(department_rule())
	agreement = asked_about(heads)
	own = factories.clearances_of(agreement)[0]
	with factories.acting_as(scenes.office()):
		routes.send_back("MOU", agreement.name, "The annex is missing.")
	assert own.name in names("Approval Clearance", own.put_to)
	assert approvals.inbox(own.put_to) == []
