"""The trade officer's walk: an enquiry, a stage refused with what is missing, a referral, a screening explained and
decided, an Opportunity, a win that the company confirms on a phone. Nothing is typed twice."""

import importlib.util
import os

import frappe
import pytest

from city_diplomacy.access.rights import TRADE
from city_diplomacy.trade_promotion import hs_nomenclature
from tests import factories
from tests.desk.browser import CHROMIUM, PATIENCE, chromium, let_mails_wait, page_of, press, web_server
from tests.desk.test_walk_in_chromium import choose, fill, save
from tests.guest_links.sending import token_of

pytestmark = [
	pytest.mark.real_site,
	pytest.mark.skipif(
		not CHROMIUM or not importlib.util.find_spec("playwright"),
		reason="Chromium or Playwright is not on this machine",
	),
]
COMPANY = "Walked Harbor Cranes"
RESTRICTED = "id,name,kind,country\n7,WALKED HARBOR CRANES OOO,organisation,RU\n"


def picture(page, name: str) -> None:
	if folder := os.environ.get("CITY_DIPLOMACY_PICTURES"):
		page.screenshot(path=f"{folder}/{name}_{page.viewport_size['width']}.png", full_page=True)


def stored(doctype: str, *fields: str, **filters: str):
	frappe.db.rollback()
	return frappe.db.get_value(doctype, filters, fields if len(fields) > 1 else fields[0])


def opened(page, doctype: str) -> str:
	page.wait_for_function("doctype => window.cur_frm && cur_frm.doctype === doctype", arg=doctype)
	return page.evaluate("() => cur_frm.docname")


def open_lead(page, name: str) -> None:
	page.goto(f"/app/trade-lead/{name}")
	page.wait_for_function("name => window.cur_frm && cur_frm.docname === name", arg=name)
	page.locator(".page-actions .dropdown-item", has_text="Export Win").first.wait_for(state="attached")


@pytest.mark.parametrize("width", [1366, 390], ids=["desktop", "phone"])
def test_the_officer_walks_from_an_enquiry_to_a_confirmed_win(committed, ground, width):
	officer = factories.make_person(TRADE).name
	hs_nomenclature.load(officer)
	factories.make_restricted_party_list("Walk list", content=RESTRICTED)
	let_mails_wait()
	frappe.db.commit()
	with web_server() as address, chromium() as browser:
		page = page_of(browser, address, ground.new_session(officer), width=width)
		lead = enter_enquiry(page)
		is_refused_with_what_is_missing(page, lead)
		fill_in_and_move(page, lead)
		refer(page, lead)
		screen(page, lead)
		make_opportunity(page, lead)
		win = draft_and_claim(page, lead)
		answer_on_a_phone(browser, address, ask_company(page, win))
		look_at_the_figures(page, win)


def enter_enquiry(page) -> str:
	page.goto("/app/trade-lead/new")
	page.locator(".form-layout [data-fieldname='company_name'] input:visible").wait_for()
	page.wait_for_timeout(1000)
	fill(page, "company_name", COMPANY)
	choose(page, "market", "Japan")
	save(page)
	assert stored("Trade Lead", "stage", company_name=COMPANY) == "Enquiry"
	for hidden in ("investment_type", "air_route"):
		assert not page.locator(f".form-layout [data-fieldname='{hidden}']").first.is_visible()
	picture(page, "trade_lead")
	return page.evaluate("() => cur_frm.docname")


def is_refused_with_what_is_missing(page, lead: str) -> None:
	page.evaluate("() => cur_frm.set_value('stage', 'Market Chosen')")
	page.locator(".page-actions .primary-action:visible", has_text="Save").click()
	refusal = page.locator(".modal.show .msgprint")
	refusal.wait_for()
	said = refusal.inner_text()
	assert f"{COMPANY} cannot be at Market Chosen yet" in said
	for missing in ("Experience", "HS code", "Interest in markets", "Estimated value per year"):
		assert missing in said
	picture(page, "trade_stage_refused")
	page.locator(".modal.show .btn-modal-close:visible").first.click()
	page.wait_for_selector(".modal.show", state="hidden")
	assert stored("Trade Lead", "stage", name=lead) == "Enquiry"


def fill_in_and_move(page, lead: str) -> None:
	page.evaluate(
		"""async () => {
			await cur_frm.set_value({experience: "Never exported", hs_code: "842611", annual_value: 80000,
				shipment_value: 9000, currency: "USD", stage: "Market Chosen"});
			cur_frm.add_child("market_interests", {market: "Japan", interest: "Interested"});
			cur_frm.refresh_field("market_interests");
		}"""
	)
	save(page)
	assert stored("Trade Lead", "stage", name=lead) == "Market Chosen"
	page.get_by_text("Automated Export System").first.wait_for()
	picture(page, "trade_lead_export")


def refer(page, lead: str) -> None:
	open_lead(page, lead)
	press(page, "Trade Referral", group="Create")
	opened(page, "Trade Referral")
	assert page.evaluate("() => cur_frm.doc.trade_lead") == lead
	page.evaluate("() => cur_frm.set_value({referred_to_kind: 'Bank', referred_to: 'Harbor Bank'})")
	fill(page, "asked_for", "Credit for the first container.")
	save(page)
	press(page, "Close")
	dialog = page.locator(".modal.show")
	dialog.locator("[data-fieldname='outcome'] textarea").fill("A credit line was granted.")
	dialog.locator(".modal-footer button:visible", has_text="Close and Record the Engagement").click()
	page.wait_for_function("() => cur_frm.doc.status === 'Closed' && cur_frm.doc.engagement")
	assert (
		stored("Partner Engagement", "outcome", subject=["like", f"{COMPANY}%"])
		== "A credit line was granted."
	)


def screen(page, lead: str) -> None:
	open_lead(page, lead)
	press(page, "Screening", group="Create")
	opened(page, "Party Screening")
	page.get_by_text("has the same words as", exact=False).first.wait_for()
	picture(page, "trade_screening")
	page.get_by_role("button", name="Decide").first.click()
	dialog = page.locator(".modal.show")
	dialog.locator("select").select_option("False Match")
	dialog.locator("textarea").fill("A company of the same name in another country.")
	dialog.locator(".modal-footer button:visible", has_text="Decide").click()
	page.wait_for_function("() => cur_frm.doc.state === 'Cleared'")


def make_opportunity(page, lead: str) -> None:
	open_lead(page, lead)
	press(page, "Opportunity", group="Create")
	opened(page, "Opportunity")
	open_lead(page, lead)
	page.get_by_text("In ERPNext's Opportunity").first.wait_for()
	picture(page, "trade_lead_opportunity")


def draft_and_claim(page, lead: str) -> str:
	press(page, "Export Win", group="Create")
	opened(page, "Export Win")
	values = page.evaluate(
		"() => [cur_frm.doc.company_name, cur_frm.doc.market, cur_frm.doc.won_values[0].year_1]"
	)
	assert values == [COMPANY, "Japan", 80_000]
	fill(page, "what_was_won", "Two cranes for a terminal.")
	fill(page, "contact_email", "owner@walked-cranes.example")
	save(page)
	page.reload()
	press(page, "Claim")
	page.wait_for_function("() => window.cur_frm && cur_frm.doc.status === 'Claimed'")
	return page.evaluate("() => cur_frm.docname")


def ask_company(page, win: str) -> str:
	press(page, "Confirm a win", group="Send a Link")
	dialog = page.locator(".modal.show")
	dialog.locator(".modal-footer button:visible", has_text="Send").click()
	page.wait_for_function("() => cur_frm.doc.status === 'Sent'")
	picture(page, "export_win_sent")
	return token_of(stored("Guest Link", "name", reference_name=win))


def answer_on_a_phone(browser, address: str, token: str) -> None:
	context = browser.new_context(
		base_url=address, viewport={"width": 390, "height": 844}, is_mobile=True, java_script_enabled=False
	)
	page = context.new_page()
	page.set_default_timeout(PATIENCE * 1000)
	page.goto(f"/link/{token}")
	page.get_by_text("Two cranes for a terminal.").wait_for()
	picture(page, "export_win_phone")
	page.get_by_label("Yes, we agree").check()
	page.get_by_label("How much of it would have happened").select_option("21 to 40 %")
	page.get_by_role("button", name="Send").click()
	page.get_by_role("heading", name="Thank you").wait_for()
	context.close()


def look_at_the_figures(page, win: str) -> None:
	frappe.db.rollback()
	(row,) = frappe.get_doc("Export Win", win).won_values
	assert (row.claimed, row.confirmed, row.anyway) == (80_000, 80_000, 24_000)
	page.goto("/app/query-report/Export Wins by Year?market=Japan")
	page.locator(".dt-cell", has_text="Japan").first.wait_for()
	picture(page, "export_wins_by_year")
	page.goto("/app/trade-lead/view/kanban/Export Leads")
	page.locator(".kanban-column", has_text="Market Chosen").first.wait_for()
	picture(page, "trade_board")
	page.goto("/app/trade")
	page.locator(".number-widget-box .number").first.wait_for()
	picture(page, "trade_workspace")
