"""On a phone, without script: the organisation opens its link, corrects its entry and is thanked."""

import importlib.util
import os

import frappe
import pytest

from city_diplomacy.access.rights import COMMUNITY
from city_diplomacy.domain.guest_links.links import LinkStatus
from city_diplomacy.guest_links import links
from tests import factories
from tests.desk.browser import CHROMIUM, PATIENCE, chromium, page_of, web_server
from tests.guest_links.sending import MARKER, entry, link_of, send

pytestmark = [
	pytest.mark.real_site,
	pytest.mark.skipif(
		not CHROMIUM or not importlib.util.find_spec("playwright"),
		reason="Chromium or Playwright is not on this machine",
	),
]
PHONE = {"width": 375, "height": 740}


def picture(page, name: str) -> None:
	if folder := os.environ.get("CITY_DIPLOMACY_PICTURES"):
		page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def test_an_organisation_answers_on_a_phone_and_the_officer_decides_in_desk(committed, ground):
	officer = factories.make_user("community.phone@city.example", COMMUNITY).name
	with factories.acting_as(officer):
		doc = entry("Harbor Society on a Phone", kind="Cultural centre")
		link, token = send(doc)
	frappe.db.commit()
	with web_server() as address, chromium() as browser:
		_answer_on_a_phone(browser, address, token)
		frappe.db.rollback()
		assert (link_of(link).status, link_of(link).to_decide) == (LinkStatus.ANSWERED, 1)
		_decide_in_desk(page_of(browser, address, ground.new_session(officer), width=1366), doc, link)
	frappe.db.rollback()
	doc.reload()
	assert (doc.phone, doc.verified_through) == ("+1 555 0199", link)


def _answer_on_a_phone(browser, address: str, token: str) -> None:
	context = browser.new_context(
		base_url=address, viewport=PHONE, is_mobile=True, has_touch=True, java_script_enabled=False
	)
	page = context.new_page()
	page.set_default_timeout(PATIENCE * 1000)
	page.goto(f"/link/{token}")
	picture(page, "guest_link_phone")
	assert MARKER not in page.content()
	assert page.locator("nav").count() == 0
	assert page.get_by_label("Organisation name").input_value() == "Harbor Society on a Phone"
	widest = page.locator("main").bounding_box()["width"]
	assert widest <= PHONE["width"]
	for button in page.locator("button").all():
		assert button.bounding_box()["height"] >= 44
	page.get_by_label("Phone").fill("+1 555 0199")
	page.get_by_role("button", name="Send").click()
	page.get_by_role("heading", name="Thank you").wait_for()
	picture(page, "guest_link_thanks")
	page.goto(f"/link/{token}")
	page.get_by_role("heading", name="You have already answered").wait_for()
	context.close()


def _decide_in_desk(page, doc, link: str) -> None:
	page.goto(f"/app/diaspora-organisation/{doc.name}")
	page.locator(".guest-links li").first.wait_for()
	picture(page, "guest_link_desk")
	assert "Answered" in page.locator(".guest-links li").first.inner_text()
	page.get_by_role("button", name="Decide on Corrections (1)").click()
	page.wait_for_function("name => cur_frm && cur_frm.docname === name", arg=link)
	page.locator(".inner-group-button", has_text="Accept").first.click()
	picture(page, "guest_link_decide")
	page.locator(".dropdown-item:visible", has_text="Phone").first.click()
	page.locator(".modal.show .btn-primary:visible").first.click()
	page.wait_for_function("() => cur_frm.doc.to_decide === 0")
	assert frappe.db.count(links.DOCTYPE, {"name": link}) == 1
