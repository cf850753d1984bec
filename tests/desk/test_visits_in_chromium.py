"""The chief of protocol opens a request, reads why triage proposes what it does, declines, and reads the briefing book."""

import importlib.util
import os

import frappe
import pytest

from city_diplomacy.access.rights import PROTOCOL
from tests import factories
from tests.desk.browser import CHROMIUM, chromium, page_of, press, web_server
from tests.protocol.factories import delegate, item, make_delegation_visit, make_visit_triage_rule

pytestmark = [
	pytest.mark.real_site,
	pytest.mark.skipif(
		not CHROMIUM or not importlib.util.find_spec("playwright"),
		reason="Chromium or Playwright is not on this machine",
	),
]
NAME = "山田 花子"


def picture(page, name: str) -> None:
	if folder := os.environ.get("CITY_DIPLOMACY_PICTURES"):
		page.screenshot(path=f"{folder}/{name}_{page.viewport_size['width']}.png", full_page=True)


@pytest.mark.parametrize("width", [1366, 390], ids=["desktop", "phone"])
def test_the_chief_declines_a_request_and_reads_the_book(committed, ground, width):
	chief = factories.make_person(PROTOCOL).name
	make_visit_triage_rule(f"Long notice {width}", threshold=9_000, consequence="Decline")
	visit = make_delegation_visit(
		f"Port of Sakata {width}",
		requester_email="sato@sakata.example",
		delegates=[delegate(NAME, name_as_spoken="yah-MAH-dah", is_head=1)],
		programme=[item("Harbour tour", "10:00", "11:00")],
	)
	frappe.db.commit()
	wrong: list[str] = []
	with web_server() as address, chromium() as browser:
		page = page_of(browser, address, ground.new_session(chief), width=width)
		page.on("pageerror", lambda error: wrong.append(str(error)))
		page.goto(f"/app/delegation-visit/{visit.name}")
		page.wait_for_function("name => window.cur_frm && cur_frm.docname === name", arg=visit.name)
		page.locator("[data-fieldname='triage_view'] td", has_text="9000 are needed").wait_for()
		picture(page, "visit")
		press(page, "Decline", "Decide")
		dialog = page.locator(".modal-dialog:visible")
		dialog.locator("[data-fieldname='letter_reason'] textarea").fill("The council is in recess.")
		dialog.locator(".btn-primary:visible").first.click()
		page.wait_for_function("() => cur_frm.doc.status === 'Declined'")
		press(page, "Letter to the Requester")
		letter = page.locator(".modal-dialog:visible [data-fieldname='message'] textarea")
		letter.wait_for()
		page.wait_for_timeout(500)
		assert "The council is in recess." in letter.input_value()
		picture(page, "visit_letter")
		page.goto(f"/api/method/city_diplomacy.diplomatic_protocol.briefing.api.page?visit={visit.name}")
		page.get_by_text("yah-MAH-dah").wait_for()
		assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
		picture(page, "briefing_book")
	assert wrong == []
