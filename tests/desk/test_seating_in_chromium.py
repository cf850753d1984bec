"""The chief of protocol plans a table in Desk, moves a guest with the keyboard alone, and reads what that breaks."""

import importlib.util
import os

import frappe
import pytest

from city_diplomacy.access.rights import PROTOCOL
from tests import factories
from tests.desk.browser import CHROMIUM, chromium, page_of, web_server
from tests.protocol.factories import make_guest_list, make_invited_guest

pytestmark = [
	pytest.mark.real_site,
	pytest.mark.skipif(
		not CHROMIUM or not importlib.util.find_spec("playwright"),
		reason="Chromium or Playwright is not on this machine",
	),
]
GUESTS = {
	"Mayor of Harborview": {"side": "Host", "is_host": 1, "precedence_class": "Mayor"},
	"Deputy Mayor": {"side": "Host", "precedence_class": "Senior official"},
	"Chief of Protocol": {"side": "Host"},
	"佐藤 春香": {"precedence_class": "Mayor"},
	"محمد بن راشد": {"precedence_class": "Senior official"},
	"Ana Pop": {},
}


def picture(page, name: str) -> None:
	if folder := os.environ.get("CITY_DIPLOMACY_PICTURES"):
		page.screenshot(path=f"{folder}/{name}.png", full_page=True)


@pytest.fixture
def dinner(committed):
	"""(the list, the account of the chief of protocol); the companion of the first guest is among six at a table."""
	chief = factories.make_person(PROTOCOL).name
	with factories.acting_as(chief):
		held = make_guest_list(
			"Walked dinner", tables=[{"table_label": "Head table", "shape": "Round", "seats": 7}]
		)
		guests = {name: make_invited_guest(name, held, **said) for name, said in GUESTS.items()}
		make_invited_guest("Yui Sato", held, accompanies=guests["佐藤 春香"].name)
	frappe.db.commit()
	return held, chief


def seat_of(name: str) -> int:
	frappe.db.rollback()
	return frappe.db.get_value("Invited Guest", {"guest_name": name}, "seat_number")


def test_a_table_is_planned_and_a_guest_moved_with_the_keyboard(dinner, ground):
	held, chief = dinner
	with web_server() as address, chromium() as browser:
		page = page_of(browser, address, ground.new_session(chief), width=1366)
		page.goto(f"/app/guest-list/{held.name}")
		page.get_by_role("tab", name="Seating").click()
		assert not page.evaluate("() => cur_frm.is_dirty()")
		page.get_by_role("button", name="Plan the Seating").click()
		first = page.locator("g.seat[data-seat='2']")
		page.locator("td", has_text="At the right of Mayor of Harborview.").wait_for()
		assert first.get_attribute("aria-label") == "Head table, seat 2: 佐藤 春香"
		assert seat_of("佐藤 春香") == 2
		picture(page, "seating_plan")
		page.locator(f"g.seat[data-seat='{seat_of('Yui Sato')}']").focus()
		page.keyboard.press("Enter")
		dialog = page.locator(".modal.show", has_text="Move a Guest")
		dialog.locator("select[data-fieldname='seat']").wait_for()
		dialog.locator("select[data-fieldname='seat']").select_option('["Head table",3]')
		dialog.get_by_role("button", name="Move", exact=True).press("Enter")
		page.locator(
			".modal.show", has_text="Yui Sato sits beside 佐藤 春香, whom they accompany."
		).wait_for()
		picture(page, "seating_move")
		page.locator(".modal.show").get_by_role("button", name="Yes").press("Enter")
		page.locator("td", has_text="Placed by hand, and kept there.").wait_for()
	assert seat_of("Yui Sato") == 3
