"""Those who decide, each from their own start page before a browser: what came back, what was decided before, the
council's one form, and who did what in Desk's timeline."""

import frappe
import pytest

from city_diplomacy.access.rights import CLERK, LEGAL, MANAGER, MAYOR, OFFICER
from city_diplomacy.demo.word_file import word_document
from tests import factories
from tests.desk.test_walk_in_chromium import (  # noqa: F401
	Walk,
	answer_dialog,
	open_form,
	press,
	pytestmark,
	state_of,
	walk,
)

PHONE = 390
PASSWORD = "a long enough sentence 26"
REASON = "Name the insurer in the text."


@pytest.fixture
def look(tmp_path):
	"""A function that keeps a picture of a whole page in the folder of the test."""

	def take(page, name: str) -> None:
		page.screenshot(path=tmp_path / f"{name}.png", full_page=True)

	return take


def text_of(version: int, clause: str) -> dict:
	file = factories.make_file(
		f"student-exchange-v{version}.docx", word_document(["Student exchange", clause])
	)
	return {"language": "en", "version_number": version, "file": file.file_url, "authentic": 1}


def begun(people: dict[str, str], **fields) -> str:
	with factories.acting_as(people[OFFICER]):
		texts = [text_of(1, "1. Liability. Each party answers for its own people.")]
		agreement = factories.start_clearance(
			factories.make_agreement(title="Student exchange with Nagoya", texts=texts, **fields)
		)
	frappe.db.commit()
	return agreement.name


def returned_and_sent_again(people: dict[str, str]) -> str:
	agreement = begun(people)
	factories.decide(factories.clearances_of(frappe._dict(name=agreement), "Pending")[0], "Return", REASON)
	with factories.acting_as(people[OFFICER]):
		doc = frappe.get_doc("MOU", agreement)
		doc.append(
			"texts", text_of(2, "1. Liability. Each party answers for its own people, insured abroad.")
		)
		doc.save()
	frappe.db.commit()
	return agreement


def clearance_of(agreement: str) -> str:
	frappe.db.rollback()
	return frappe.get_all(
		"Approval Clearance", {"reference_name": agreement, "state": "Pending"}, pluck="name"
	)[0]


def signed_in_by_hand(walk: Walk, person: str, width: int):  # noqa: F811
	"""A page of somebody who went to the site by themselves and signed in with a password."""
	from frappe.utils.password import update_password

	update_password(person, PASSWORD)
	frappe.db.commit()
	page = walk.as_("Guest", width)
	page.goto("/login")
	page.locator("#login_email").fill(person)
	page.locator("#login_password").fill(PASSWORD)
	page.locator(".form-login button[type='submit']").click()
	page.wait_for_url("**/clearances")
	return page


def test_the_attorney_finds_the_second_round_from_their_own_sign_in(walk, look):  # noqa: F811
	agreement = returned_and_sent_again(walk.people)
	with factories.acting_as(walk.people[OFFICER]):
		factories.start_clearance(frappe._dict(name=agreement))
	frappe.db.commit()
	page = signed_in_by_hand(walk, walk.people[LEGAL], PHONE)
	look(page, "clearances-phone")
	page.get_by_role("link", name="Student exchange with Nagoya").first.click()
	page.get_by_role("heading", name="Why it came back").wait_for()
	look(page, "second-round-phone")
	assert page.get_by_text(REASON).is_visible()
	assert page.locator("ins", has_text="insured abroad").is_visible()
	heading = page.locator("#decide-heading").bounding_box()
	brief = page.locator("#brief-heading").bounding_box()
	assert heading["y"] < brief["y"]
	with page.expect_download() as opened:
		page.locator("a[href*='student-exchange-v2']").first.click()
	assert opened.value.suggested_filename.endswith(".docx")
	page.set_viewport_size({"width": 1366, "height": 900})
	look(page, "second-round-desktop")


def test_the_mayor_sees_the_conditions_and_answers_with_a_file_on_a_phone(walk, look, tmp_path):  # noqa: F811
	agreement = begun(walk.people)
	first = factories.clearances_of(frappe._dict(name=agreement), "Pending")[0]
	factories.decide(first, "Clear with Conditions", "Sound.", "The insurer is named before signature.")
	frappe.db.commit()
	opinion = tmp_path / "note.txt"
	opinion.write_text("The mayor's note.")
	page = walk.as_(walk.people[MAYOR], PHONE)
	page.goto(f"/clearance/{clearance_of(agreement)}")
	assert page.get_by_text("The insurer is named before signature.").first.is_visible()
	look(page, "mayor-phone")
	page.get_by_label("Clear", exact=False).first.check()
	page.locator("#attachment").set_input_files(opinion)
	page.get_by_role("button", name="Send my decision").click()
	page.get_by_role("heading", name="Done").wait_for()
	assert state_of(agreement) == "Council Decision"
	kept = frappe.get_all(
		"Approval Clearance", {"reference_name": agreement, "seat": "Mayor"}, pluck="evidence"
	)
	assert kept[0].startswith("/private/files/note")


def test_the_clerk_meets_one_form_and_hears_everything_that_lacks_at_once(walk, look):  # noqa: F811
	agreement = begun(walk.people)
	for _stage in range(2):
		factories.decide(factories.clearances_of(frappe._dict(name=agreement), "Pending")[0])
	frappe.db.commit()
	page = walk.as_(walk.people[CLERK], 1366)
	page.goto("/clearances")
	page.get_by_role("link", name="Student exchange with Nagoya").first.click()
	page.get_by_role("link", name="Record what the council did").wait_for()
	assert not page.get_by_role("button", name="Send my decision").is_visible()
	look(page, "clerk-clearance")
	page.get_by_role("link", name="Record what the council did").click()
	page.get_by_role("button", name="Record it").click()
	alert = page.locator("form .failure[role='alert']:visible")
	assert "Outcome, File number, Council meeting" in alert.inner_text()
	page.get_by_label("Adopted", exact=False).first.check()
	page.get_by_label("File number").fill("26-0412")
	page.get_by_label("Council meeting").fill("2026-11-02")
	page.get_by_label("Instrument", exact=False).first.select_option("Resolution")
	page.get_by_label("Seconded by").fill("Member Two")
	page.get_by_role("button", name="Record it").click()
	page.locator("form .failure li").first.wait_for()
	said = page.locator("form .failure li").all_inner_texts()
	assert len(said) == 3, said
	look(page, "clerk-council")
	with page.expect_navigation():
		page.get_by_role("link", name="Council Agenda Packet").click()
	page.get_by_text("1. Liability. Each party answers for its own people.").wait_for()
	look(page, "clerk-packet")


def test_the_office_reads_on_the_form_who_sent_it_back_and_who_did_what(walk, look):  # noqa: F811
	agreement = returned_and_sent_again(walk.people)
	page = walk.as_(walk.people[OFFICER], 1366)
	open_form(page, agreement)
	page.locator(".cd-sent-back").wait_for()
	assert REASON in page.locator(".form-message, .form-dashboard").first.inner_text()
	page.locator(".new-timeline .timeline-item", has_text="Legal Reviewer").first.wait_for()
	told = page.locator(".new-timeline").inner_text()
	assert "Decided · City Attorney: Return" in told
	assert "Administrator" not in told
	look(page, "form-came-back")


def test_the_manager_is_asked_for_the_signed_copy_where_the_type_wants_it(walk, look):  # noqa: F811
	agreement = begun(walk.people)
	with factories.acting_as("Administrator"):
		factories.clear_every_stage(frappe._dict(name=agreement))
	frappe.db.set_value("Agreement Type", "Test Understanding", "copy_at_signature", 1)
	frappe.clear_document_cache("Agreement Type", "Test Understanding")
	frappe.db.commit()
	try:
		page = walk.as_(walk.people[MANAGER], 1366)
		open_form(page, agreement)
		press(page, "Sign")
		page.locator(".modal.show .control-label.reqd", has_text="Signed copy").wait_for()
		look(page, "sign-dialog")
		page.locator(".modal.show .modal-footer button:visible:has-text('Sign')").first.click()
		page.locator(".modal.show .msgprint", has_text="Signed copy").wait_for()
		assert state_of(agreement) == "Ready to Sign"
	finally:
		frappe.db.rollback()
		frappe.db.set_value("Agreement Type", "Test Understanding", "copy_at_signature", 0)
		frappe.db.commit()
