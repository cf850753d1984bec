"""Property 2: what a rule hides from co-reviewers is not told by Frappe's own records beside it.

Law answers under a rule by which the others see nothing; the harbor's reviewer reads the same agreement.
"""

import json

import frappe
import pytest

from city_diplomacy.access.rights import DEPARTMENT, LEGAL
from city_diplomacy.partnership_approvals.views import approvals, timeline
from tests import factories
from tests.approvals import scenes

pytestmark = pytest.mark.delivers

LAWYER = "lena.quill@city.example"
LAWYER_NAME = "Lena Quill"
WORDS = "The indemnity clause goes too far."


@pytest.fixture
def agreement():
	"""The lawyer was the last to answer, so the document moved on in their request."""
	harbor = factories.make_user("harbor@city.example", DEPARTMENT).name
	factories.make_user(LAWYER, LEGAL, first_name="Lena Quill")
	scenes.make_policy(
		scenes.rule("Harbor", user=harbor),
		scenes.rule("Law", user=LAWYER, co_reviewers_see="Nothing"),
		scenes.rule("Mayor", user=harbor, stage=2, workflow_state="Mayor's Decision"),
	)
	agreement = scenes.under_way()
	factories.decide(scenes.clearance_for(agreement, "Harbor"))
	factories.decide(scenes.clearance_for(agreement, "Law"), "Clear with Conditions", WORDS, WORDS)
	assert scenes.state_of(agreement) == "Mayor's Decision"
	return agreement


def nothing_of_her(text: str) -> None:
	for secret in (LAWYER, "Lena Quill", WORDS):
		assert secret not in text


def test_the_move_leaves_no_name_on_the_document(agreement):
	nothing_of_her(json.dumps(frappe.get_doc("MOU", agreement.name).as_dict(), default=str))


def test_neither_version_nor_comment_names_who_answered_last(agreement):
	for doctype, filters in (
		("Version", {"ref_doctype": "MOU", "docname": agreement.name}),
		("Comment", {"reference_doctype": "MOU", "reference_name": agreement.name}),
	):
		nothing_of_her(json.dumps(frappe.get_all(doctype, filters, ["*"]), default=str))


def told_to(user: str, agreement) -> str:
	with factories.acting_as(user):
		return "\n".join(line["content"] for line in timeline.of_document("MOU", agreement.name))


def test_the_timeline_names_her_to_the_office_with_what_she_said(agreement):
	told = told_to(scenes.office(), agreement)
	assert f"<b>{LAWYER_NAME}</b> · Decided · Law: Clear with Conditions" in told
	assert WORDS in told
	assert "Administrator" not in told


def test_the_timeline_tells_a_co_reviewer_that_and_not_who(agreement):
	told = told_to("harbor@city.example", agreement)
	nothing_of_her(told)
	assert "Decided · Harbor: Clear" in told
	assert "Decided · Law" in told
	assert "Stage Opened" in told


def test_the_ledger_on_the_form_does_not_name_who_answered_for_the_stage_that_opened(agreement):
	"""The entry of the next stage has no seat of its own."""
	with factories.acting_as("harbor@city.example"):
		nothing_of_her(json.dumps(approvals.view(agreement), default=str))


def test_the_timeline_is_empty_for_whoever_may_not_read_the_document(agreement):
	stranger = factories.make_user("stranger@city.example", DEPARTMENT).name
	assert told_to(stranger, agreement) == ""


@pytest.mark.real_site
def test_the_whole_form_as_desk_loads_it_tells_a_co_reviewer_nothing(agreement, client):
	answer = client("harbor@city.example").read(
		"frappe.desk.form.load.getdoc", doctype="MOU", name=agreement.name
	)
	assert answer.status_code == 200, answer.text
	nothing_of_her(answer.text)


@pytest.mark.real_site
@pytest.mark.parametrize(
	"doctype",
	[
		"Version",
		"Comment",
		"Workflow Action",
		"ToDo",
		"Notification Log",
		"Activity Log",
		"Approval Clearance",
	],
)
def test_no_list_over_rest_names_her(agreement, client, doctype):
	answer = client("harbor@city.example").get(
		f"/api/resource/{doctype}", fields='["*"]', limit_page_length=0
	)
	assert answer.status_code in (200, 403)
	nothing_of_her(answer.text)


@pytest.mark.real_site
def test_whoever_answers_last_does_not_read_who_is_asked_next(client):
	"""The entry of the next stage is written by the last answer, and tells of everybody it asks."""
	head, mayor = (factories.make_user(f"{who}@told.example", DEPARTMENT).name for who in ("head", "mayor"))
	scenes.make_policy(
		scenes.rule("Harbor", user=head),
		scenes.rule(
			"Mayor", user=mayor, stage=2, workflow_state="Mayor's Decision", co_reviewers_see="Nothing"
		),
	)
	agreement = scenes.under_way()
	factories.decide(scenes.clearance_for(agreement, "Harbor"))
	opened = scenes.entries_of(agreement)[-1]
	assert (opened.actor, opened.event) == (head, "Stage Opened")
	assert mayor in opened.payload
	browser = client(head)
	listed = browser.get("/api/resource/Approval Decision", fields='["event","payload"]')
	assert [row["event"] for row in listed.json["data"]] == ["Decided"]
	assert mayor not in listed.text
	assert browser.get(f"/api/resource/Approval Decision/{opened.name}").status_code == 403


def test_an_absence_sent_along_as_if_it_were_new_is_as_unknown_as_the_stored_one():
	away, deputy, outsider = (
		factories.make_user(f"{who}@city.example", DEPARTMENT).name for who in ("away", "deputy", "outsider")
	)
	with factories.acting_as(away):
		delegation = frappe.get_doc(
			{
				"doctype": "Approval Delegation",
				"delegator": away,
				"delegate": deputy,
				"from_date": frappe.utils.nowdate(),
				"to_date": frappe.utils.nowdate(),
				"reason": "In hospital.",
			}
		).insert()
	copy = frappe.get_doc(delegation.as_dict())
	copy.set("__islocal", 1)
	assert copy.is_new()
	assert frappe.has_permission("Approval Delegation", "read", copy, user=deputy)
	assert not frappe.has_permission("Approval Delegation", "read", copy, user=outsider)
