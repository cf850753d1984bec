"""Roles, owners, hooks and native workflows in the trial app."""

import frappe
import pytest
from frappe.model.workflow import (
	WorkflowPermissionError,
	WorkflowTransitionError,
	apply_workflow,
	get_transitions,
)

pytestmark = [pytest.mark.sandbox_only, pytest.mark.usefixtures("trial")]


def person(name, *roles):
	email = f"{name}@city.example"
	return (
		frappe.get_doc(doctype="User", email=email, first_name=name, roles=[{"role": role} for role in roles])
		.insert()
		.name
	)


def label(name, **fields):
	frappe.get_doc(doctype="Trial Label", label=name, **fields).insert()
	return frappe.get_doc("Trial Label", name)


def record(**fields):
	return frappe.get_doc({"doctype": "Trial Record", "title": "A trial", "kind": "A", **fields}).insert()


def test_roles_decide_and_some_come_by_themselves():
	clerk, nobody = person("clerk", "Trial Clerk"), person("nobody")
	assert set(frappe.get_roles(clerk)) == {"Trial Clerk", "All", "Guest", "Desk User"}
	assert set(frappe.get_roles(nobody)) == {"All", "Guest"}
	assert frappe.has_permission("Trial Label", "write", user=clerk)
	assert not frappe.has_permission("Trial Label", "read", user=nobody)
	frappe.set_user(nobody)
	with pytest.raises(frappe.PermissionError):
		frappe.get_list("Trial Label")
	with pytest.raises(frappe.PermissionError):
		frappe.get_doc(doctype="Trial Label", label="mine").insert()


def test_a_hook_denies_but_does_not_grant():
	clerk, nobody = person("clerk", "Trial Clerk"), person("nobody")
	plain, secret = label("plain"), label("secret plan")
	assert plain.has_permission("read", user=clerk)
	assert not secret.has_permission("read", user=clerk)
	assert not plain.has_permission("read", user=nobody)
	assert secret.has_permission("read", user="Administrator")
	frappe.set_user(clerk)
	assert frappe.get_list("Trial Label", pluck="name") == ["plain"]
	assert len(frappe.get_all("Trial Label")) == 2


def test_some_rights_are_the_owner_s():
	owner = person("owner", "Trial Owner")
	frappe.set_user(owner)
	mine = record()
	frappe.set_user("Administrator")
	other = record()
	frappe.set_user(owner)
	assert mine.has_permission("write")
	assert not other.has_permission("write")
	assert not other.has_permission("read")
	assert frappe.get_list("Trial Record", pluck="name") == [mine.name]


def test_custom_rules_stand_in_place_of_the_standard_ones():
	from frappe.permissions import add_permission

	reader, clerk = person("reader", "Auditor"), person("clerk", "Trial Clerk")
	add_permission("Trial Label", "Auditor")
	assert frappe.has_permission("Trial Label", "read", user=reader)
	assert not frappe.has_permission("Trial Label", "write", user=reader)
	assert frappe.has_permission("Trial Label", "write", user=clerk)
	rule = {"parent": "Trial Label", "role": "Trial Clerk"}
	frappe.get_doc("Custom DocPerm", rule).update({"write": 0}).save()
	assert not frappe.has_permission("Trial Label", "write", user=clerk)


@pytest.fixture
def workflow():
	for state in ("Draft", "Asked", "Agreed", "Withdrawn"):
		frappe.get_doc(doctype="Workflow State", workflow_state_name=state).insert()
	for action in ("Ask", "Agree", "Withdraw"):
		frappe.get_doc(doctype="Workflow Action Master", workflow_action_name=action).insert()
	states = [("Draft", "0"), ("Asked", "0"), ("Agreed", "1"), ("Withdrawn", "2")]
	moves = [("Draft", "Ask", "Asked", ""), ("Asked", "Agree", "Agreed", "doc.amount < 100"),
		("Agreed", "Withdraw", "Withdrawn", "")]  # fmt: skip
	return frappe.get_doc(
		doctype="Workflow",
		workflow_name="Trial",
		document_type="Trial Record",
		is_active=1,
		workflow_state_field="workflow_state",
		states=[{"state": state, "doc_status": status, "allow_edit": "Trial Clerk"} for state, status in states],
		transitions=[
			{"state": state, "action": action, "next_state": after, "allowed": "Trial Clerk", "condition": condition,
				"allow_self_approval": int(action != "Agree")}
			for state, action, after, condition in moves
		],
	).insert()  # fmt: skip


def test_a_workflow_brings_its_field_and_first_state(workflow):
	assert frappe.get_meta("Trial Record").get_field("workflow_state").options == "Workflow State"
	assert record().workflow_state == "Draft"


def test_a_document_moves_by_its_transitions_only(workflow):
	author, clerk = person("author", "Trial Clerk"), person("clerk", "Trial Clerk")
	frappe.set_user(author)
	doc = record(amount=50)
	doc = apply_workflow(doc, "Ask")
	assert [move.action for move in get_transitions(doc)] == ["Agree"]
	with pytest.raises(WorkflowTransitionError):
		apply_workflow(doc, "Withdraw")
	with pytest.raises(frappe.ValidationError, match="own"):
		apply_workflow(doc, "Agree")
	frappe.set_user(clerk)
	doc = apply_workflow(doc, "Agree")
	assert (doc.workflow_state, doc.docstatus) == ("Agreed", 1)
	assert frappe.db.exists(
		"Comment", {"reference_name": doc.name, "comment_type": "Workflow", "content": "Agreed"}
	)
	assert apply_workflow(doc, "Withdraw").docstatus == 2


def test_a_condition_holds_a_transition_back(workflow):
	doc = apply_workflow(record(amount=500), "Ask")
	assert get_transitions(doc) == []


def test_saving_a_state_goes_through_the_same_gate(workflow):
	doc = record()
	doc.workflow_state = "Agreed"
	with pytest.raises(WorkflowPermissionError):
		doc.save()
	with pytest.raises(WorkflowPermissionError):
		record(workflow_state="Asked")


def test_a_plain_submit_jumps_to_the_first_submitted_state(workflow):
	doc = record()
	doc.submit()
	assert doc.workflow_state == "Agreed"
