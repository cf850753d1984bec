"""What came on paper hangs on its clearance by a file of its own, which nobody takes away."""

import frappe
import pytest

from city_diplomacy.access.rights import MANAGER
from city_diplomacy.partnership_approvals.engine import decide
from city_diplomacy.partnership_approvals.exceptions import ApprovalError
from tests import factories
from tests.approvals import scenes


@pytest.fixture
def manager() -> str:
	return factories.make_person(MANAGER).name


@pytest.fixture
def asked():
	"""The open clearances of an agreement whose two seats may both be answered on paper."""
	scenes.make_policy(
		*(scenes.rule(seat, role=role, recorded_decision_allowed=1) for seat, role in SEATS.items())
	)
	return factories.clearances_of(scenes.under_way(), "Pending")


SEATS = {"Attorney": "Legal Reviewer", "Clerk": "Council Clerk"}


def evidence_of(clearance) -> list:
	place = {"attached_to_doctype": "Approval Clearance", "attached_to_name": clearance.name}
	return frappe.get_all("File", place, ["name", "owner", "file_url", "attached_to_field"])


def test_the_clearance_gets_a_file_of_its_own(asked, manager):
	with factories.acting_as(manager):
		letter = factories.make_file("letter.txt", "We agree.")
		decide.record_decision(asked[0].name, "Clear", "By letter.", letter.file_url)
	(kept,) = evidence_of(asked[0])
	assert (kept.owner, kept.file_url, kept.attached_to_field) == (
		"Administrator",
		letter.file_url,
		"evidence",
	)


def test_a_file_of_another_record_is_not_what_the_clearance_relies_on(asked, manager):
	with factories.acting_as(manager):
		contact = factories.make_contact("Anybody")
		letter = factories.make_file(
			"letter.txt", "We agree.", attached_to_doctype="Contact", attached_to_name=contact.name
		)
		decide.record_decision(asked[0].name, "Clear", "By letter.", letter.file_url)
		frappe.delete_doc("File", letter.name)
	(kept,) = evidence_of(asked[0])
	assert frappe.get_doc("File", kept.name).get_content() == "We agree."


@pytest.mark.parametrize("user", ["the manager", "Administrator"])
def test_nobody_deletes_it(asked, manager, user):
	with factories.acting_as(manager):
		letter = factories.make_file("letter.txt", "We agree.")
		decide.record_decision(asked[0].name, "Clear", "By letter.", letter.file_url)
	(kept,) = evidence_of(asked[0])
	person = manager if user == "the manager" else user
	with factories.acting_as(person), pytest.raises(frappe.PermissionError):
		frappe.delete_doc("File", kept.name)


def test_one_letter_is_the_evidence_of_one_decision(asked, manager):
	first, second = asked
	with factories.acting_as(manager):
		letter = factories.make_file("letter.txt", "We agree.")
		decide.record_decision(first.name, "Clear", "By letter.", letter.file_url)
		again = factories.make_file("the same letter.txt", "We agree.")
		for url in (letter.file_url, again.file_url):
			with pytest.raises(ApprovalError, match=f"evidence of {first.seat} already"):
				decide.record_decision(second.name, "Clear", "By letter.", url)
	assert frappe.db.get_value("Approval Clearance", second.name, "state") == "Pending"


def test_another_letter_is_taken(asked, manager):
	with factories.acting_as(manager):
		for row in asked:
			letter = factories.make_file(f"{row.seat}.txt", f"{row.seat} agrees.")
			decide.record_decision(row.name, "Clear", "By letter.", letter.file_url)
	assert [len(evidence_of(row)) for row in asked] == [1, 1]
