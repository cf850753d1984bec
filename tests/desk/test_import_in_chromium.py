"""In Chromium: an officer with no other role looks at a table, decides, imports it and takes it back."""

import importlib.util
import os

import frappe
import pytest

from city_diplomacy.access.rights import OFFICER
from tests import factories
from tests.desk.browser import CHROMIUM, chromium, page_of, press, web_server
from tests.imports.tables import csv_of, new_import

pytestmark = [
	pytest.mark.real_site,
	pytest.mark.skipif(
		not CHROMIUM or not importlib.util.find_spec("playwright"),
		reason="Chromium or Playwright is not on this machine",
	),
]
TABLE = csv_of(
	["City name", "Country", "Population"],
	["Nagoya", "Japan", "2,332,000"],
	["Bombay", "India", "12,400,000"],
	["Busan", "Atlantis", "3,400,000"],
	["Kobe", "Japan", "many"],
)


def picture(page, name: str) -> None:
	if folder := os.environ.get("CITY_DIPLOMACY_PICTURES"):
		page.screenshot(path=f"{folder}/{name}.png", full_page=True)


@pytest.mark.parametrize("width", [1366, 390], ids=["desktop", "phone"])
def test_an_officer_brings_in_a_table(committed, ground, width):
	officer = factories.make_person(OFFICER).name
	factories.make_partner_city("Mumbai", "India")
	with factories.acting_as(officer):
		doc = new_import("Partner City", TABLE)
	frappe.db.commit()
	with web_server() as address, chromium() as browser:
		page = page_of(browser, address, ground.new_session(officer), width=width)
		page.goto("/app/partner-city")
		press(page, "Import a Table")
		page.wait_for_url("**/register-import/new*")
		page.locator("[data-fieldname='register'] input:visible").first.wait_for()
		page.goto(f"/app/register-import/{doc.name}")
		press(page, "Preview")
		rows = page.locator("[data-fieldname='preview'] tbody tr")
		page.wait_for_function("cur_frm && cur_frm.doc.status === 'Ready'")
		rows.nth(3).wait_for()
		picture(page, f"import-preview-{width}")
		assert "Atlantis" in rows.nth(2).inner_text()
		page.locator("[data-outcome='Refused']").click()
		page.wait_for_function("document.querySelectorAll('[data-fieldname=preview] tbody tr').length === 2")
		picture(page, f"import-refused-{width}")
		page.locator("[data-outcome='']").click()
		page.locator("[data-decision='Update That One']").click()
		page.wait_for_function("cur_frm.doc.doubles === 0")
		press(page, "Import 2 Lines")
		page.wait_for_function("cur_frm.doc.status === 'Imported'")
		page.locator("text=Added").first.wait_for()
		picture(page, f"import-done-{width}")
		press(page, "Take Back")
		page.locator(".modal.show .btn-primary").click()
		page.wait_for_function("cur_frm.doc.status === 'Undone'")
	frappe.db.rollback()
	assert not frappe.db.exists("Partner City", "Nagoya, Japan")
