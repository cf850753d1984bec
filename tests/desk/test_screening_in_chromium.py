"""In Chromium: a trade officer imports a list, screens a company, reads why, and decides."""

import importlib.util
import os

import frappe
import pytest

from city_diplomacy.access.rights import TRADE
from tests import factories
from tests.desk.browser import CHROMIUM, chromium, page_of, web_server

pytestmark = [
	pytest.mark.real_site,
	pytest.mark.skipif(
		not CHROMIUM or not importlib.util.find_spec("playwright"),
		reason="Chromium or Playwright is not on this machine",
	),
]
LIST = (
	"id,name,aliases,kind,country,programme\n1,NOVATECH MARINE OOO,Novateh Morskoi,organisation,RU,RUSSIA-EO\n"
	"2,Odd,,dragon,,\n"
)


@pytest.fixture(params=[1366, 390])
def officer(request, committed, ground):
	"""The trade officer's page in Desk, on a desktop and on a telephone."""
	person = factories.make_person(TRADE).name
	with factories.acting_as(person):
		factories.make_restricted_party_list("Walk list", file=factories.make_file("list.csv", LIST).file_url)
		factories.make_trade_lead("Novatech Marine Ltd")
	frappe.db.commit()
	with web_server() as address, chromium() as browser:
		yield page_of(browser, address, ground.new_session(person), width=request.param)


def picture(page, name: str) -> None:
	if folder := os.environ.get("CITY_DIPLOMACY_PICTURES"):
		page.screenshot(path=f"{folder}/{name}-{page.viewport_size['width']}.png", full_page=True)


def imported() -> bool:
	frappe.db.rollback()
	return frappe.db.get_value("Restricted Party List", "Walk list", "status") == "Imported"


def test_a_trade_officer_imports_screens_and_decides(officer):
	officer.goto("/app/restricted-party-list/Walk list")
	officer.wait_for_function("() => window.cur_frm && cur_frm.docname === 'Walk list'")
	officer.wait_for_function("() => cur_frm.custom_buttons.Import")
	officer.evaluate("() => cur_frm.custom_buttons.Import.click()")
	for _second in range(60):
		if imported():
			break
		officer.wait_for_timeout(1000)
	assert imported()
	officer.reload()
	officer.get_by_text("“dragon” is no kind of party", exact=False).wait_for()
	picture(officer, "list")

	lead = frappe.db.get_value("Trade Lead", {"company_name": "Novatech Marine Ltd"})
	officer.goto(f"/app/trade-lead/{lead}")
	officer.get_by_text("was not screened against restricted-party lists yet", exact=False).first.wait_for()
	picture(officer, "lead")
	made = officer.evaluate(
		"lead => frappe.xcall('city_diplomacy.trade_promotion.screening.api.screen', "
		"{ subject_type: 'Trade Lead', subject: lead })",
		lead,
	)
	officer.goto(f"/app/party-screening/{made['name']}")
	officer.get_by_text("has the same words as", exact=False).first.wait_for()
	picture(officer, "screening")
	officer.get_by_role("button", name="Decide").first.click()
	dialog = officer.locator(".modal.show")
	dialog.locator("select").select_option("False Match")
	dialog.locator("textarea").fill("Another registration number.")
	dialog.locator(".modal-footer button:visible", has_text="Decide").click()
	officer.get_by_text("“Another registration number.”", exact=False).wait_for()
	assert officer.evaluate("() => cur_frm.doc.state") == "Cleared"
	picture(officer, "decided")
	officer.goto("/app/query-report/Screening Still Open")
	officer.get_by_text("Nothing to show").first.wait_for()
	picture(officer, "report")
