"""A gift above its threshold, logged by the mayor's office on a page and decided on in Desk; the roster and its reasons."""

import importlib.util
import os

import frappe
import pytest

from city_diplomacy.access.rights import MAYOR, PROTOCOL
from tests import factories
from tests.desk.browser import CHROMIUM, chromium, page_of, press, web_server
from tests.desk.test_walk_in_chromium import answer_dialog
from tests.protocol.factories import head, make_consular_mission, make_gift_threshold

pytestmark = [
	pytest.mark.real_site,
	pytest.mark.skipif(
		not CHROMIUM or not importlib.util.find_spec("playwright"),
		reason="Chromium or Playwright is not on this machine",
	),
]
GIFT = "Walked model ship"


def picture(page, name: str) -> None:
	if folder := os.environ.get("CITY_DIPLOMACY_PICTURES"):
		page.screenshot(path=f"{folder}/{name}_{page.viewport_size['width']}.png", full_page=True)


def stored(*fields: str):
	frappe.db.rollback()
	return frappe.db.get_value("Official Gift", {"gift": GIFT}, fields)


@pytest.mark.parametrize("width", [1366, 390], ids=["desktop", "phone"])
def test_the_mayors_office_logs_a_gift_and_protocol_decides(committed, ground, width):
	mayor, chief = factories.make_person(MAYOR).name, factories.make_person(PROTOCOL).name
	make_gift_threshold("Walked threshold")
	frappe.db.commit()
	with web_server() as address, chromium() as browser:
		page = page_of(browser, address, ground.new_session(mayor), width=width)
		log_gift(page)
		assert stored("status", "owner") == ("To Be Decided", mayor)
		page = page_of(browser, address, ground.new_session(chief), width=width)
		decide(page)
		assert stored("status", "decided_by") == ("Approved", chief)


def log_gift(page) -> None:
	page.goto("/gift")
	page.get_by_role("button", name="Log the gift").click()
	page.locator(".failure", has_text="Please fill in: What it is").wait_for()
	page.fill("#gift", GIFT)
	page.fill("#gift_date", "2026-05-04")
	page.select_option("#official_role", "Elected official")
	page.fill("#other_name", "Hiro Tanaka")
	page.select_option("#source_kind", "City or region")
	page.fill("#value", "500")
	page.select_option("#currency", "USD")
	picture(page, "gift_page")
	page.get_by_role("button", name="Log the gift").click()
	page.locator(".done-panel", has_text="Protocol decides").wait_for()
	assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def decide(page) -> None:
	page.goto(f"/app/official-gift/{stored('name')}")
	page.locator(".form-message", has_text="It is worth more than").wait_for()
	page.locator(".page-actions .dropdown-item", has_text="Approve").first.wait_for(state="attached")
	picture(page, "gift_form")
	press(page, "Approve", "Decide")
	answer_dialog(page, "Approve", words="It becomes the city's.")
	page.wait_for_function("() => cur_frm.doc.status === 'Approved'")


def test_the_roster_says_why(committed, ground):
	chief = factories.make_person(PROTOCOL).name
	make_consular_mission("Walked Consulate of Japan")
	make_consular_mission("Walked Consulate of Peru", "Peru", officers=[head("P", rank="Consul")])
	frappe.db.commit()
	with web_server() as address, chromium() as browser:
		page = page_of(browser, address, ground.new_session(chief), width=1366)
		page.goto("/app/query-report/Consular Roster")
		page.locator(".dt-cell", has_text="Walked Consulate of Peru").first.wait_for()
		picture(page, "roster")
		rows = page.evaluate("() => frappe.query_report.data.map((row) => [row.mission_name, row.rule])")
	names = [name for name, _rule in rows]
	assert names.index("Walked Consulate of Japan") < names.index("Walked Consulate of Peru")
	assert any(rule for _name, rule in rows)
