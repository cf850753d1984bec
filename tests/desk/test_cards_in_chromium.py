"""The officer clicks each card and shortcut of the start page, and finds as many rows as it said.

Whoever set the site up and has none of our roles yet finds it without a word of refusal.
"""

import importlib.util
from datetime import timedelta

import frappe
import pytest
from frappe.utils import getdate, nowdate

from city_diplomacy.access.rights import OFFICER
from tests import factories
from tests.desk.browser import CHROMIUM, chromium, page_of, web_server

pytestmark = [
	pytest.mark.real_site,
	pytest.mark.skipif(
		not CHROMIUM or not importlib.util.find_spec("playwright"),
		reason="Chromium or Playwright is not on this machine",
	),
]
START = "/app/city-diplomacy"
SETTLING = 15  # seconds
LISTS = ("Agreements in Clearance", "Overdue Clearances", "Commitments Due in 30 Days", "Waiting for Me")


def open_start(page) -> None:
	"""The start page, once every card has its number."""
	page.goto(START)
	page.wait_for_function(
		"""() => {
			const cards = document.querySelectorAll(".number-widget-box");
			return cards.length && [...cards].every((card) => card.querySelector(".number"));
		}"""
	)


def rows_of_list(page, expected: int) -> int:
	"""The rows of the list that is shown, once they are as many as expected or will not become so any more."""
	page.wait_for_function(
		"() => window.cur_list && frappe.get_route()[0] === 'List' && !frappe.route_options"
	)
	rows = page.locator(".list-row-container .list-row:visible")
	for _second in range(SETTLING):
		if rows.count() == expected and page.evaluate("() => cur_list.data.length") == expected:
			break
		page.wait_for_timeout(1000)
	return rows.count()


def test_each_card_opens_as_many_rows_as_it_says(committed, ground):
	officer = factories.make_person(OFFICER).name
	today = getdate(nowdate())
	with factories.acting_as(officer):
		for days in (None, -3, 10, 90):
			due = None if days is None else today + timedelta(days)
			factories.make_commitment(f"Promise {days}", due_date=due)
	frappe.db.commit()
	with web_server() as address, chromium() as browser:
		page = page_of(browser, address, ground.new_session(officer), 1366)
		seen = {}
		for label in LISTS:
			open_start(page)
			card = page.locator(".number-widget-box", has_text=label)
			said = int(card.locator(".number").inner_text())
			card.locator(".widget-body").click()
			seen[label] = (said, rows_of_list(page, said))
	assert all(said == shown for said, shown in seen.values()), seen
	assert seen["Commitments Due in 30 Days"] == (2, 2)


def test_each_shortcut_opens_as_many_rows_as_it_says(committed, ground):
	officer = factories.make_person(OFFICER).name
	with factories.acting_as(officer):
		for status in ("Open", "Dropped"):
			factories.make_commitment(f"Promise {status}", status=status)
	frappe.db.commit()
	are_open = frappe.db.count("Partnership Commitment", {"status": ["in", ["Open", "In Progress"]]})
	with web_server() as address, chromium() as browser:
		page = page_of(browser, address, ground.new_session(officer), 1366)
		open_start(page)
		shortcut = page.locator(".shortcut-widget-box", has_text="Commitments")
		said = shortcut.locator(".indicator-pill").inner_text()
		shortcut.click()
		assert (said, rows_of_list(page, are_open)) == (f"{are_open} open", are_open)


def test_whoever_set_the_site_up_is_refused_nothing(committed, ground):
	administrator = factories.make_person("System Manager").name
	frappe.db.commit()
	with web_server() as address, chromium() as browser:
		page = page_of(browser, address, ground.new_session(administrator), 1366)
		open_start(page)
		for chart in page.locator(".dashboard-widget-box").all():
			chart.get_by_text("No Data").wait_for()
		assert page.locator(".dashboard-widget-box").count() == 2
		assert not page.locator(".msgprint:visible").count()
		assert page.locator(".links-widget-box a", has_text="Settings").is_visible()
