"""Property 14. It works when others won't: two people run the whole thing with decisions that came by letter.

And whoever does take part needs no Desk: an account of a website visitor is enough to decide.
"""

import frappe
import pytest

from city_diplomacy.access.rights import LEGAL, MANAGER, OFFICER
from city_diplomacy.partnership_approvals.engine import decide
from city_diplomacy.partnership_approvals.exceptions import ApprovalError
from city_diplomacy.partnership_approvals.ledger import entries
from city_diplomacy.partnerships.agreements import signing
from tests import factories
from tests.approvals import scenes

pytestmark = pytest.mark.delivers

API = "city_diplomacy.partnership_approvals.api"


@pytest.fixture
def two() -> tuple[str, str]:
	"""The whole office: one officer and their manager. Attorney, mayor and clerk have no account here."""
	return (
		factories.make_user("officer@small.example", OFFICER).name,
		factories.make_user("manager@small.example", MANAGER, OFFICER).name,
	)


def test_two_people_take_an_agreement_from_draft_to_signature(two):
	officer, manager = two
	with factories.acting_as(officer):
		agreement = factories.start_clearance(factories.make_agreement())
	letters = {"City Attorney": "attorney", "Mayor or City Manager": "mayor", "City Clerk": "clerk"}
	with factories.acting_as(manager):
		while pending := factories.clearances_of(agreement, "Pending"):
			(row,) = pending
			assert row.role
			letter = scenes.evidence(f"From the {letters.pop(row.seat)}: we agree.")
			decide.record_decision(row.name, "Clear", "Letter of today, on file.", letter)
		assert letters == {}
		signed = signing.sign(agreement.name, frappe.utils.nowdate())
	assert (signed.workflow_state, signed.docstatus) == ("Active", 1)
	recorded = [entry for entry in scenes.entries_of(agreement) if entry.event == "Decision Recorded"]
	assert {entry.actor for entry in recorded} == {manager}
	assert [entry.acting_for for entry in recorded] == ["Legal Reviewer", "Mayor's Office", "Council Clerk"]
	assert all('"evidence_sha256":"' in entry.payload for entry in recorded)
	assert entries.verify("MOU", agreement.name)["intact"]


@pytest.fixture
def asked(two):
	with factories.acting_as(two[0]):
		agreement = factories.start_clearance(factories.make_agreement())
	(row,) = factories.clearances_of(agreement, "Pending")
	return row


@pytest.mark.parametrize(
	"evidence", ["", None, "/private/files/no-such-letter.pdf", "https://example.com/letter.pdf"]
)
def test_without_the_paper_nothing_is_recorded(two, asked, evidence):
	with factories.acting_as(two[1]), pytest.raises(ApprovalError, match="evidence"):
		decide.record_decision(asked.name, "Clear", "By letter.", evidence)
	assert frappe.db.get_value("Approval Clearance", asked.name, "state") == "Pending"


@pytest.mark.parametrize("words", ["", "   ", None])
def test_without_saying_how_it_came_nothing_is_recorded(two, asked, words):
	with factories.acting_as(two[1]), pytest.raises(ApprovalError, match="how the decision came"):
		decide.record_decision(asked.name, "Clear", words, scenes.evidence())


def test_only_a_manager_records(two, asked):
	with factories.acting_as(two[0]), pytest.raises(frappe.PermissionError):
		decide.record_decision(asked.name, "Clear", "By letter.", scenes.evidence())


def test_a_seat_that_has_to_decide_in_person_is_not_recorded(two):
	attorney = factories.make_user("attorney@small.example", LEGAL).name
	scenes.make_policy(scenes.rule("Attorney", user=attorney))
	with factories.acting_as(two[0]):
		agreement = factories.start_clearance(factories.make_agreement())
	(row,) = factories.clearances_of(agreement, "Pending")
	with factories.acting_as(two[1]), pytest.raises(ApprovalError, match="decide in person"):
		decide.record_decision(row.name, "Clear", "By letter.", scenes.evidence())


def test_whoever_has_an_account_is_told_what_was_recorded_in_his_name(two, asked):
	attorney = factories.make_user("attorney@small.example", LEGAL).name
	with factories.acting_as(two[1]):
		decide.record_decision(asked.name, "Clear", "By letter.", scenes.evidence())
	told = frappe.get_all("Notification Log", {"for_user": attorney}, ["subject", "link"])
	assert [row.subject for row in told] == ["Recorded in your name: Clear"]
	assert asked.name in told[0].link


def test_a_website_user_decides_over_the_page(client, asked):
	attorney = factories.make_user("attorney@small.example", LEGAL)
	assert attorney.user_type == "Website User"
	browser = client(attorney.name)
	(item,) = browser.read(f"{API}.inbox").json["message"]
	assert item["clearance"] == asked.name
	answer = browser.call(f"{API}.decide", clearance=asked.name, decision="Clear")
	assert answer.status_code == 200
	assert answer.json["message"]["workflow_state"] == "Mayor's Decision"


def test_nobody_decides_by_opening_a_link(client, asked):
	"""Mail programs open links before people do; a decision is a POST with the token of the page."""
	attorney = factories.make_user("attorney@small.example", LEGAL).name
	browser = client(attorney)
	by_link = browser.read(f"{API}.decide", clearance=asked.name, decision="Clear")
	without_token = browser.post(
		f"/api/method/{API}.decide", csrf_token=False, clearance=asked.name, decision="Clear"
	)
	assert by_link.status_code in (403, 405)
	assert without_token.status_code >= 400
	assert frappe.db.get_value("Approval Clearance", asked.name, "state") == "Pending"


def test_a_guest_is_told_nothing(client, asked):
	browser = client()
	assert browser.read(f"{API}.inbox").status_code in (401, 403)
	assert browser.call(f"{API}.decide", clearance=asked.name, decision="Clear").status_code in (
		400,
		401,
		403,
	)
	assert frappe.db.get_value("Approval Clearance", asked.name, "state") == "Pending"
