"""A department sees on a page what it has promised, and of others' promises nothing."""

import frappe
import pytest

from city_diplomacy.access.rights import DEPARTMENT, LEGAL, MANAGER
from tests import factories
from tests.pages.reading import as_read, open_page


@pytest.fixture
def head():
	"""The head of the harbor department, which owes one promise overdue, one without a day, and one that is done."""
	head = factories.make_user("harbor@city.example", DEPARTMENT).name
	harbor = factories.make_department("Harbor Test", head=head).name
	parks = factories.make_department("Parks Test").name
	with factories.acting_as(factories.make_person(MANAGER).name):
		factories.make_commitment(
			"Send the port statistics", owed_by="Department", department=harbor, due_date="2025-01-10"
		)
		factories.make_commitment("Host two engineers", owed_by="Department", department=harbor)
		factories.make_commitment(
			"Paint the quay",
			owed_by="Department",
			department=harbor,
			status="Done",
			completed_on="2025-01-01",
			result="Painted.",
		)
		factories.make_commitment("Plant the roses", owed_by="Department", department=parks)
	return head


def test_a_department_sees_its_open_commitments_the_overdue_first(client, head):
	page = open_page(client(head), "/commitments")
	assert (
		page.text.index(as_read("Overdue"))
		< page.text.index("Send the port statistics")
		< page.text.index("Host two engineers")
	)
	assert "Harbor Test" in page.text
	assert "no day named" in page.text
	for other in ("Paint the quay", "Plant the roses"):
		assert other not in page.text


def test_a_department_sees_what_it_owes_from_an_agreement_it_was_never_asked_about(client, head):
	signed = factories.make_agreement(title="Port of Nagoya")
	frappe.db.set_value("MOU", signed.name, {"publish": 1, "docstatus": 1, "workflow_state": "Active"})
	draft = factories.make_agreement(title="Not known to the harbor")
	for agreement in (signed, draft):
		promise_of_harbor(
			f"Send charts for {agreement.name}", source_doctype="MOU", source_name=agreement.name
		)
	page = open_page(client(head), "/commitments")
	assert page.all("a", href=f"/agreement/{signed.name}")
	assert "Port of Nagoya" in page.text
	assert f"Send charts for {draft.name}" in page.text
	assert "Not known to the harbor" not in page.text
	assert not page.all("a", href=f"/agreement/{draft.name}")
	open_page(client(head), f"/agreement/{signed.name}")


def test_a_promise_from_a_confidential_agreement_stays_with_who_may_know_of_it(client, head):
	kept = factories.make_agreement(title="Kept", confidential=1)
	meeting = factories.make_engagement(agreement=kept.name)
	for source in (kept, meeting):
		promise_of_harbor("Send secret charts", source_doctype=source.doctype, source_name=source.name)
	assert "Send secret charts" not in open_page(client(head), "/commitments").text


def promise_of_harbor(words: str, **made_in):
	department = frappe.get_all("Department", {"department_name": "Harbor Test"}, pluck="name")[0]
	return factories.make_commitment(words, owed_by="Department", department=department, **made_in)


def test_its_way_leads_from_the_clearances(client, head):
	assert open_page(client(head), "/clearances").all("a", href="/commitments")


def test_a_manager_sees_there_what_is_their_own_and_not_everybodys(client, head):
	text = open_page(client(factories.make_person(MANAGER).name), "/commitments").text
	assert "Send the port statistics" not in text
	assert "Nothing that you or your department has promised" in text


def test_a_role_without_commitments_gets_the_answer_of_no_page(client, head):
	open_page(client(factories.make_person(LEGAL).name), "/commitments", status=404)
	assert not open_page(client(factories.make_person(LEGAL).name), "/clearances").all(
		"a", href="/commitments"
	)


def test_a_guest_is_sent_to_sign_in(client):
	answer = client().get("/commitments")
	assert answer.headers["Location"].endswith("/login?redirect-to=/commitments")
