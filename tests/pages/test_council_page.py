"""The page on which the council's clerk records what the council did."""

import frappe
import pytest
from frappe.utils import add_days, nowdate

from city_diplomacy.access.rights import CLERK, DEPARTMENT
from city_diplomacy.partnership_approvals import api
from city_diplomacy.partnership_approvals.ledger import entries
from tests import factories
from tests.pages.reading import open_page

RECORD = "city_diplomacy.partnership_approvals.api.council.record_council_action"
GIVEN = {
	"outcome": "Adopted",
	"file_number": "26-0012",
	"council_meeting_date": "2026-01-13",
	"instrument": "Resolution",
	"instrument_number": "2026-7",
	"ayes": "",
	"noes": "",
	"votes": [{"member": "Ana Ruiz", "vote": "Aye"}, {"member": "Tom Okafor", "vote": "No"}, {"member": "Li Wu", "vote": "Aye"}],
	"amendments": [],
	"notes": "",
}  # fmt: skip


@pytest.fixture
def clerk():
	return factories.make_person(CLERK).name


@pytest.fixture
def before_council(in_clearance, clerk):
	"""The clearance of the council; attorney and mayor have cleared."""
	for _stage in range(2):
		factories.decide_all(in_clearance)
	return factories.clearances_of(in_clearance, "Pending")[0]


def test_the_council_s_clearance_leads_to_it(client, before_council, clerk):
	page = open_page(client(clerk), f"/clearance/{before_council.name}")
	assert page.all("a", href=f"/council-action/{before_council.name}")


def test_a_clearance_of_others_does_not(client, asked, attorney):
	assert "council-action" not in str(open_page(client(attorney), f"/clearance/{asked.name}").elements)
	open_page(client(attorney), f"/council-action/{asked.name}", status=404)


def test_it_offers_the_five_outcomes_the_texts_and_no_member_a_question(client, before_council, clerk):
	page = open_page(client(clerk), f"/council-action/{before_council.name}")
	assert [option["value"] for option in page.all("input", type="radio")] == [
		"Adopted",
		"Adopted as Amended",
		"Rejected",
		"Continued",
		"Referred to Committee",
	]
	assert [field["value"] for field in page.all("input", type="hidden")] == [
		"title",
		"purpose",
		"signing_authority",
		"governing_law",
		"recitals",
	]
	assert "Whereas ports matter" in page.text
	assert not page.all("input", type="email")


def test_its_fields_are_labelled_its_markup_is_whole_and_every_id_is_used_once(client, before_council, clerk):
	page = open_page(client(clerk), f"/council-action/{before_council.name}")
	labelled = {label.get("for") for label in page.all("label")}
	fields = [field for tag in ("input", "select", "textarea") for field in page.all(tag)]
	assert [f for f in fields if f.get("type") != "hidden" and f.get("id") not in labelled] == []
	assert len(page.ids()) == len(set(page.ids()))
	assert page.badly_closed == []
	assert len(page.all("h1")) == 1
	assert "None" not in page.text


def test_recording_through_the_page_answers_the_question_once(client, before_council, clerk):
	browser = client(clerk)
	open_page(browser, f"/council-action/{before_council.name}")
	first, again = (browser.call(RECORD, clearance=before_council.name, **GIVEN) for _click in range(2))
	assert first.status_code == again.status_code == 200
	assert first.json["message"]["workflow_state"] == "Ready to Sign"
	assert first.json["message"]["council_action"] == again.json["message"]["council_action"]
	assert frappe.db.count("Council Action", {"clearance": before_council.name}) == 1
	page = open_page(browser, f"/council-action/{before_council.name}")
	assert not page.all("form")
	assert "File 26-0012" in page.text


def test_what_was_continued_is_told_and_the_members_are_remembered(client, before_council, clerk):
	browser = client(clerk)
	given = {**GIVEN, "outcome": "Continued", "instrument": "", "instrument_number": ""}
	answer = browser.call(RECORD, clearance=before_council.name, **given)
	assert "stays open" in answer.json["message"]["message"]
	page = open_page(browser, f"/council-action/{before_council.name}")
	assert "Continued" in page.text
	assert "Ana Ruiz" in [field.get("value") for field in page.all("input", type="text")]


def test_a_refusal_comes_as_a_sentence(client, before_council, clerk):
	answer = client(clerk).call(RECORD, clearance=before_council.name, **{**GIVEN, "ayes": "7"})
	assert 400 <= answer.status_code < 500
	assert "do not agree" in answer.json["_server_messages"]


def test_it_is_post_only(client, before_council, clerk):
	answer = client(clerk).get(f"/api/method/{RECORD}", clearance=before_council.name)
	assert answer.status_code in (403, 405)
	assert frappe.db.count("Council Action", {"clearance": before_council.name}) == 0


def away(giver: str, taker: str, first_day: int = 0) -> None:
	"""`giver` is away for a week from `first_day` on, counted from today, and `taker` answers for them."""
	with factories.acting_as(giver):
		api.delegate(taker, add_days(nowdate(), first_day), add_days(nowdate(), first_day + 7), "On leave.")


@pytest.fixture
def deputy():
	"""Somebody who is not a clerk."""
	return factories.make_user("deputy.clerk@city.example", DEPARTMENT).name


def test_whoever_stands_in_for_the_clerk_records_it_in_the_clerk_s_name(
	client, before_council, clerk, deputy
):
	away(clerk, deputy)
	browser = client(deputy)
	page = open_page(browser, f"/clearance/{before_council.name}")
	assert page.all("a", href=f"/council-action/{before_council.name}")
	assert open_page(browser, f"/council-action/{before_council.name}").all("form")

	first, again = (browser.call(RECORD, clearance=before_council.name, **GIVEN) for _click in range(2))

	assert first.status_code == again.status_code == 200
	assert first.json["message"]["council_action"] == again.json["message"]["council_action"]
	before_council.reload()
	assert (before_council.decision, before_council.decided_by) == ("Clear", deputy)
	assert before_council.acting_for == clerk
	assert entries.verify("MOU", before_council.reference_name)["findings"] == []


def test_whoever_stands_in_for_a_clerk_who_prepared_the_agreement_records_nothing(
	client, before_council, clerk, deputy
):
	agreement = frappe.get_doc("MOU", before_council.reference_name)
	with factories.acting_as(agreement.owner):
		agreement.update({"sponsor": clerk}).save()
	away(clerk, deputy)
	page = open_page(client(deputy), f"/council-action/{before_council.name}")
	assert not page.all("form")
	assert "nobody can clear it in that name" in page.text
	answer = client(deputy).call(RECORD, clearance=before_council.name, **GIVEN)
	assert 400 <= answer.status_code < 500
	assert frappe.db.count("Council Action", {"clearance": before_council.name, "docstatus": 1}) == 0
	assert factories.clearances_of(agreement, "Pending")


@pytest.mark.parametrize("first_day", [1, None])
def test_before_he_stands_in_or_without_it_he_records_nothing(
	client, before_council, clerk, deputy, first_day
):
	if first_day is not None:
		away(clerk, deputy, first_day)
	answer = client(deputy).call(RECORD, clearance=before_council.name, **GIVEN)
	assert answer.status_code == 403
	assert frappe.db.count("Council Action", {"clearance": before_council.name}) == 0


def test_standing_in_for_somebody_else_gives_no_seat_of_the_council(client, before_council, attorney, deputy):
	away(attorney, deputy)
	answer = client(deputy).call(RECORD, clearance=before_council.name, **GIVEN)
	assert answer.status_code == 403
	assert frappe.db.count("Council Action", {"clearance": before_council.name}) == 0


def test_others_are_told_why_they_get_no_form(client, before_council, manager):
	page = open_page(client(manager), f"/council-action/{before_council.name}")
	assert not page.all("form")
	assert "clerk records" in page.text


def test_an_outsider_learns_nothing_and_changes_nothing(client, before_council, outsider):
	open_page(client(outsider), f"/council-action/{before_council.name}", status=404)
	answer = client(outsider).call(RECORD, clearance=before_council.name, **GIVEN)
	assert answer.status_code == 403
	assert factories.clearances_of(frappe._dict(name=before_council.reference_name), "Pending")


def test_a_guest_is_sent_to_sign_in(client, before_council):
	answer = client().get(f"/council-action/{before_council.name}")
	assert answer.status_code == 302
	assert "redirect-to=/council-action/" in answer.headers["Location"]
