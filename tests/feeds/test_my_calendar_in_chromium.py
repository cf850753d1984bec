"""Somebody gets the address of their calendar in Desk, another program reads it, and it is revoked."""

import importlib.util
import os

import frappe
import pytest
import vobject

from city_diplomacy.access.rights import OFFICER
from tests import factories
from tests.desk.browser import CHROMIUM, chromium, page_of, press, web_server

pytestmark = [
	pytest.mark.real_site,
	pytest.mark.skipif(
		not CHROMIUM or not importlib.util.find_spec("playwright"),
		reason="Chromium or Playwright is not on this machine",
	),
]


def picture(page, name: str) -> None:
	if folder := os.environ.get("CITY_DIPLOMACY_PICTURES"):
		page.screenshot(path=f"{folder}/{name}_{page.viewport_size['width']}.png")


@pytest.mark.parametrize("width", [1366, 390], ids=["desktop", "phone"])
def test_an_address_is_made_read_and_revoked(committed, ground, width):
	officer = factories.make_person(OFFICER).name
	day = frappe.utils.add_days(frappe.utils.today(), 5)
	factories.make_commitment("Send the figures", due_date=day)
	frappe.db.commit()
	with web_server() as address, chromium() as browser:
		page = page_of(browser, address, ground.new_session(officer), width=width)
		path = get_address(page)
		program = browser.new_context(base_url=address)
		answer = program.request.get(path)
		assert answer.status == 200
		assert answer.headers["content-type"].startswith("text/calendar")
		titles = {event.summary.value for event in vobject.readOne(answer.text()).vevent_list}
		assert "Due: Send the figures" in titles
		unchanged = program.request.get(path, headers={"If-None-Match": answer.headers["etag"]})
		assert unchanged.status == 304
		revoke(page, officer)
		gone = program.request.get(path)
		assert (gone.status, gone.text()) == (404, "Not found")


def get_address(page) -> str:
	page.goto("/app/calendar-feed")
	page.locator(".page-head", has_text="Calendar Feed").wait_for()
	page.wait_for_function("() => window.cur_list && cur_list.doctype === 'Calendar Feed' && !cur_list.start")
	press(page, "Get My Address")
	page.locator(".modal.show .btn-primary:visible", has_text="Yes").click()
	shown = page.locator(".modal.show [data-fieldname='address'] textarea")
	shown.wait_for()
	picture(page, "calendar_feed")
	address = shown.input_value()
	page.keyboard.press("Escape")
	assert "/api/method/city_diplomacy.calendar_feeds.api.feed?token=" in address
	return "/api/" + address.partition("/api/")[2]


def revoke(page, person: str) -> None:
	frappe.db.rollback()
	name = frappe.db.get_value("Calendar Feed", {"user": person})
	page.goto(f"/app/calendar-feed/{name}")
	page.wait_for_function("name => window.cur_frm && cur_frm.docname === name", arg=name)
	press(page, "Revoke")
	page.locator(".modal.show .btn-primary:visible", has_text="Yes").click()
	page.wait_for_function("() => cur_frm.doc.status === 'Revoked'")
	picture(page, "calendar_feed_form")
	assert "token_hash" not in page.inner_text(".form-layout")
