"""ERPNext's Transaction Deletion takes a company's transactions away, and nothing an approval rests on."""

import frappe
import pytest

from city_diplomacy.access.rights import LEGAL
from city_diplomacy.partnership_approvals.engine import routes
from city_diplomacy.partnership_approvals.exceptions import KeptFromDeletionError
from city_diplomacy.partnership_approvals.ledger import entries
from tests import factories
from tests.approvals import scenes

pytestmark = pytest.mark.real_site
DELETION = "Transaction Deletion Record"
OURS = (
	*(
		"MOU",
		"Approval Route",
		"Approval Clearance",
		"Approval Decision",
		"Approval Snapshot",
		"Partner City",
	),
	*("Routing Policy", "Partner Engagement", "Partnership Commitment"),
)


@pytest.fixture
def agreement():
	"""Cleared by the head of a department, with its ledger."""
	head = factories.make_person(LEGAL).name
	department = factories.make_department("Port", head=head)
	scenes.make_policy(
		scenes.rule("Port", asked_of="Department Head", department=department.name, mandatory=1)
	)
	agreement = scenes.under_way()
	factories.make_engagement()
	factories.make_commitment()
	return factories.decide_all(agreement)


def transaction(doctype: str = "Issue", **fields):
	"""Something of ERPNext that belongs to the company."""
	company = factories.our_company()
	return frappe.get_doc({"doctype": doctype, "company": company, "subject": "Old", **fields}).insert()


def new_deletion(**fields):
	return frappe.get_doc(
		{
			"doctype": DELETION,
			"company": factories.our_company(),
			"process_in_single_transaction": 1,
			**fields,
		}
	).insert()


def delete_transactions() -> None:
	deletion = new_deletion()
	if hasattr(deletion, "generate_to_delete_list"):
		deletion.generate_to_delete_list()
	deletion.submit()
	if deletion.status == "Queued":
		deletion.start_deletion_tasks()
	frappe.db.value_cache.clear()
	stored = frappe.db.get_value(DELETION, deletion.name, ["status", "error_log"], as_dict=True)
	assert stored.status == "Completed", stored.error_log


def rows_of(*doctypes: str) -> dict[str, list]:
	return {name: sorted(frappe.get_all(name, pluck="name", limit_page_length=0)) for name in doctypes}


def test_departments_agreements_and_their_ledger_are_there_afterwards(agreement):
	issue = transaction()
	holidays = rows_of("Holiday List")
	heads = frappe.get_all("Department", fields=["name", "department_head", "acting_head"], order_by="name")
	before, settings = rows_of(*OURS), frappe.get_single("City Diplomacy Settings").as_dict()

	delete_transactions()

	assert not frappe.db.exists("Issue", issue.name)
	assert rows_of(*OURS) == before
	assert rows_of("Holiday List") == holidays
	assert [head for head in heads if head.department_head]
	assert heads == frappe.get_all(
		"Department", fields=["name", "department_head", "acting_head"], order_by="name"
	)
	assert frappe.get_single("City Diplomacy Settings").as_dict() == settings
	assert entries.verify("MOU", agreement.name)["findings"] == []


def test_projects_stay_where_one_of_them_was_routed():
	plain = transaction("Project", project_name="Plain")
	delete_transactions()
	assert not frappe.db.exists("Project", plain.name)

	routed, other = (transaction("Project", project_name=name) for name in ("Routed", "Beside it"))
	routes.open_route("Project", routed.name, "Intake Review")
	delete_transactions()
	assert {routed.name, other.name} <= set(rows_of("Project")["Project"])


def test_ours_cannot_be_taken_off_the_list_of_what_is_left_alone(agreement):
	deletion = new_deletion(doctypes_to_be_ignored=[{"doctype_name": "Account"}])
	deletion.submit()
	listed = {row.doctype_name for row in deletion.doctypes_to_be_ignored}
	assert {"Department", "MOU", "City Diplomacy Settings"} <= listed


@pytest.mark.parametrize("doctype", ["Approval Decision", "Department", "MOU"])
def test_ours_cannot_be_put_on_the_list_of_what_is_deleted(agreement, doctype):
	deletion = new_deletion()
	table = "doctypes_to_delete" if deletion.meta.has_field("doctypes_to_delete") else "doctypes"
	deletion.append(table, {"doctype_name": doctype, "docfield_name": "company", "no_of_docs": 1})
	with pytest.raises(KeptFromDeletionError, match="cannot be deleted this way"):
		deletion.save()
