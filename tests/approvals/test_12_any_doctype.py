"""Property 12: a DocType is routed by its declaration alone, one of another app's too, once it is switched on."""

from collections.abc import Iterator

import frappe
import pytest
from frappe.model.workflow import apply_workflow

from city_diplomacy.access.rights import DEPARTMENT, MANAGER, OFFICER
from city_diplomacy.partnership_approvals import api
from city_diplomacy.partnership_approvals.exceptions import ApprovalBypassError, ApprovalError
from city_diplomacy.partnership_approvals.ledger import entries
from city_diplomacy.partnership_approvals.routing.routed_doctypes import is_routed
from tests import factories, grounds
from tests.approvals import scenes
from tests.approvals.switched_on import committed_switch, policy_for, switch

pytestmark = pytest.mark.delivers


def person(name: str, *roles: str) -> str:
	email = f"{name}@twelve.example"
	return email if frappe.db.exists("User", email) else factories.make_user(email, *roles).name


def walks_from_draft_to_its_standing(doc, author: str) -> None:
	"""The whole way, with every way around it refused meanwhile."""
	doctype, name, reviewer = doc.doctype, doc.name, person("finance", DEPARTMENT)
	policy_for(doctype, reviewer)
	assert frappe.db.get_value(doctype, name, "workflow_state") == "Draft"
	with factories.acting_as(author):
		apply_workflow(frappe.get_doc(doctype, name), "Submit for Intake")
		api.start(doctype, name)
	assert_no_way_around(doctype, name)
	(row,) = frappe.get_all(
		"Approval Clearance", {"reference_doctype": doctype, "reference_name": name}, pluck="name"
	)
	with factories.acting_as(reviewer):
		assert frappe.get_doc(doctype, name).has_permission("read")
		assert [asked["clearance"] for asked in api.inbox()] == [row]
		api.decide(row, "Clear")
	assert frappe.db.get_value(doctype, name, "workflow_state") == "Ready to Sign"
	with factories.acting_as(person("manager", MANAGER)):
		api.complete(doctype, name)
	assert frappe.db.get_value(doctype, name, ["workflow_state", "docstatus"]) == ("Active", 0)
	assert_no_way_around(doctype, name)
	assert entries.verify(doctype, name)["findings"] == []


def assert_no_way_around(doctype: str, name: str) -> None:
	before = scenes.picture_of(frappe.get_doc(doctype, name))

	def set_the_state() -> None:
		doc = frappe.get_doc(doctype, name)
		doc.workflow_state = "Ready to Sign" if doc.workflow_state == "Active" else "Active"
		doc.save()

	acts = [set_the_state, lambda: frappe.delete_doc(doctype, name)]
	if grounds.current.name == "site":
		acts.append(lambda: frappe.rename_doc(doctype, name, "Another name", force=True))
	for act in acts:
		frappe.db.savepoint("around")
		with pytest.raises(ApprovalBypassError):
			act()
		frappe.db.rollback(save_point="around")
		frappe.clear_messages()
	assert scenes.picture_of(frappe.get_doc(doctype, name)) == before


def test_a_membership_is_routed_by_its_declaration_and_is_plain_again_when_switched_off():
	officer = person("officer", OFFICER)
	switch("Network Membership", on=True)
	with factories.acting_as(officer):
		membership = factories.make_membership(factories.make_city_network("Port Circle"), basis="Associate")
	walks_from_draft_to_its_standing(membership, officer)
	with factories.acting_as(officer):
		membership.reload()
		membership.dues = 900
		with pytest.raises(ApprovalBypassError, match="text cannot be changed"):
			membership.save()

	switch("Network Membership", on=False)
	with factories.acting_as(officer):
		plain = factories.make_membership(factories.make_city_network("Harbor League"), basis="Associate")
		plain.status = "Left"
		plain.save()
	with factories.acting_as(person("manager", MANAGER)):
		frappe.delete_doc("Network Membership", plain.name)
	assert not frappe.db.exists("Network Membership", plain.name)
	# What was approved stays as it was approved.
	assert_no_way_around("Network Membership", membership.name)


def test_it_is_not_switched_off_while_something_is_on_its_way():
	officer = person("officer", OFFICER)
	switch("Network Membership", on=True)
	with factories.acting_as(officer):
		membership = factories.make_membership(factories.make_city_network("Port Circle"))
		apply_workflow(membership, "Submit for Intake")
	with pytest.raises(ApprovalError, match="on their way"):
		switch("Network Membership", on=False)
	with factories.acting_as(officer):
		api.withdraw("Network Membership", membership.name, "The city joins another network.")
	switch("Network Membership", on=False)
	assert not is_routed("Network Membership")


def test_a_reviewer_reads_the_membership_he_is_asked_about_on_his_page_and_no_other(client):
	officer, reviewer = person("officer", OFFICER), person("finance", DEPARTMENT)
	switch("Network Membership", on=True)
	policy_for("Network Membership", reviewer)
	with factories.acting_as(officer):
		membership = factories.make_membership(
			factories.make_city_network("Port Circle"), basis="Associate", notes="We chair the harbor group."
		)
		other = factories.make_membership(factories.make_city_network("Harbor League"))
		apply_workflow(membership, "Submit for Intake")
		api.start("Network Membership", membership.name)
	with factories.acting_as(reviewer):
		assert membership.has_permission("read")
		assert not other.has_permission("read")
		assert frappe.get_list("Network Membership", pluck="name") == [membership.name]
	row = frappe.get_all("Approval Clearance", {"reference_name": membership.name}, pluck="name")[0]
	page = client(reviewer).get(f"/clearance/{row}").text
	assert "Port Circle" in page
	assert "We chair the harbor group." in page


def test_what_is_switched_off_is_left_alone_and_has_no_policy():
	assert not is_routed("Network Membership")
	with pytest.raises(ApprovalError, match="not routed here"):
		policy_for("Network Membership", person("finance", DEPARTMENT))
	membership = factories.make_membership(factories.make_city_network("Port Circle"))
	with pytest.raises(ApprovalError):
		api.start("Network Membership", membership.name)


def test_agreements_are_always_routed_and_signed_on_their_own_form():
	assert is_routed("MOU")
	agreement = scenes.ready_to_sign()
	with factories.acting_as(scenes.manager()), pytest.raises(ApprovalError, match="own form"):
		api.complete("MOU", agreement.name)


@pytest.fixture
def projects_switched_on(committed) -> Iterator[None]:
	with committed_switch("Project"):
		yield


@pytest.mark.real_site
def test_a_project_of_erpnext_is_routed_without_a_line_of_its_own(projects_switched_on):
	author = person("planner", "Projects User")
	with factories.acting_as(author):
		project = frappe.get_doc(
			{
				"doctype": "Project",
				"project_name": f"Harbor study {frappe.generate_hash(length=6)}",
				"company": factories.our_company(),
				"estimated_costing": 50000,
				"expected_end_date": "2030-01-31",
			}
		).insert()
	walks_from_draft_to_its_standing(project, author)
	with factories.acting_as(author):
		project.reload()
		project.status = "Completed"
		project.save()
		project.estimated_costing = 90000
		with pytest.raises(ApprovalBypassError, match="text cannot be changed"):
			project.save()
	switch("Project", on=False)
	with factories.acting_as(author):
		plain = frappe.get_doc(
			{
				"doctype": "Project",
				"project_name": f"Plain {frappe.generate_hash(length=6)}",
				"company": factories.our_company(),
			}
		).insert()
		plain.estimated_costing = 5
		plain.save()
		frappe.delete_doc("Project", plain.name)
	assert not frappe.db.exists("Project", plain.name)
