"""In Chromium: a lead becomes an opportunity, a city is found by another spelling, residents read the directory."""

import importlib.util
import os
from contextlib import contextmanager

import frappe
import pytest

from city_diplomacy.access.rights import TRADE
from city_diplomacy.trade_promotion import hs_nomenclature
from tests import factories
from tests.desk.browser import CHROMIUM, chromium, page_of, web_server
from tests.desk.test_walk_in_chromium import choose, fill, save

pytestmark = [
	pytest.mark.real_site,
	pytest.mark.skipif(
		not CHROMIUM or not importlib.util.find_spec("playwright"),
		reason="Chromium or Playwright is not on this machine",
	),
]


@pytest.fixture
def officer(committed, ground):
	"""The trade officer's page in Desk."""
	person = factories.make_person(TRADE).name
	hs_nomenclature.load(person)
	factories.make_partner_city("München", "Germany")
	frappe.db.commit()
	with web_server() as address, chromium() as browser:
		yield page_of(browser, address, ground.new_session(person), width=1366)


def picture(page, name: str) -> None:
	if folder := os.environ.get("CITY_DIPLOMACY_PICTURES"):
		page.screenshot(path=f"{folder}/{name}.png")


@contextmanager
def directory_switched_on():
	before = frappe.db.get_single_value("City Diplomacy Settings", "use_public_directory")
	_switch_directory(1)
	try:
		yield
	finally:
		frappe.db.rollback()
		_switch_directory(before)


def _switch_directory(on) -> None:
	frappe.db.set_single_value("City Diplomacy Settings", "use_public_directory", on)
	frappe.clear_document_cache("City Diplomacy Settings", "City Diplomacy Settings")
	frappe.db.commit()


def test_the_trade_officer_converts_a_lead(officer):
	officer.goto("/app/trade-lead/new")
	officer.locator(".form-layout [data-fieldname='company_name'] input:visible").wait_for()
	officer.wait_for_function("() => !cur_frm.doc.market")
	officer.wait_for_timeout(1000)
	assert officer.evaluate("() => cur_frm.doc.market || ''") == ""
	fill(officer, "company_name", "Harbor Robotics")
	choose(officer, "market", "Germany")
	code = officer.locator(".form-layout [data-fieldname='hs_code'] input:visible").first
	code.click()
	code.press_sequentially("coffee roasted", delay=20)
	officer.locator(".awesomplete [role='option']", has_text="090121").first.click()
	officer.wait_for_function("() => cur_frm.doc.hs_code === '090121'")
	picture(officer, "trade-lead-new")
	save(officer)
	factories.make_party_screening(frappe.get_doc("Trade Lead", officer.evaluate("() => cur_frm.docname")))
	frappe.db.commit()
	officer.get_by_role("button", name="Create").first.click()
	officer.locator(".dropdown-menu.show a", has_text="Opportunity").click()
	officer.wait_for_function(
		"() => window.cur_frm && cur_frm.doctype === 'Opportunity' && !cur_frm.is_new()"
	)
	officer.locator("[data-fieldname='party_name']").first.wait_for()
	picture(officer, "opportunity")
	assert officer.evaluate("() => cur_frm.perm[0].write")
	officer.reload()
	officer.wait_for_function("() => window.cur_frm && cur_frm.doctype === 'Opportunity' && cur_frm.docname")


def test_a_list_and_the_search_bar_find_a_city_by_another_spelling(officer):
	officer.goto("/app/partner-city")
	officer.locator(".list-row").first.wait_for()
	box = officer.locator(".standard-filter-section [data-fieldname='search_names'] input")
	box.fill("Muenchen")
	officer.locator(".list-row", has_text="München").first.wait_for()
	assert not officer.locator(".standard-filter-section [data-fieldname='city_name']").first.is_visible()
	picture(officer, "list-any-name")
	# Frappe 16 opens its search bar from the sidebar.
	officer.locator("#navbar-search:visible, #navbar-modal-search:visible").first.click()
	officer.locator("#navbar-search:visible").press_sequentially("Muenchen", delay=30)
	officer.locator(".awesomplete li", has_text="Search for").first.click()
	officer.locator(".search-dialog .result", has_text="München").first.wait_for()
	picture(officer, "search-bar")


def test_residents_read_the_directory_at_a_desk_and_on_a_phone(committed):
	consents = [
		{"shown_field": shown, "given_on": "2026-01-10", "given_by": "The chair"}
		for shown in ("E-mail", "Website", "Size", "Neighbourhoods")
	]
	factories.make_diaspora_organisation(
		"Münchner Verein",
		email="office@verein.example",
		website="https://verein.example",
		size_range="50 to 249",
		neighbourhoods="Harbor side",
		heritage_countries=[{"country": "Germany"}],
		consents=consents,
	)
	with directory_switched_on(), web_server() as address, chromium() as browser:
		for width in (1366, 390):
			page = browser.new_context(base_url=address, viewport={"width": width, "height": 844}).new_page()
			page.goto("/organisations?q=Muenchner")
			page.locator("text=office@verein.example").wait_for()
			picture(page, f"directory-{width}")
			assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
