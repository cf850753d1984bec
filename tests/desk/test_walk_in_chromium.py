"""An agreement from draft to signature, by the hands of those it is for: Desk for the office, pages for the rest."""

import importlib.util
from collections.abc import Iterator

import frappe
import pytest

from city_diplomacy.access.rights import CLERK, LEGAL, MANAGER, MAYOR, OFFICER, TRADE
from city_diplomacy.partnership_approvals.ledger import entries
from tests import factories
from tests.approvals import scenes
from tests.desk.browser import CHROMIUM, chromium, page_of, press, web_server

pytestmark = [
	pytest.mark.real_site,
	pytest.mark.skipif(
		not CHROMIUM or not importlib.util.find_spec("playwright"),
		reason="Chromium or Playwright is not on this machine",
	),
]
CHECKS = ("duplicates_checked", "tier_checked", "jurisdiction_checked")


class Walk:
	"""The people of a small office, each before a browser of their own."""

	def __init__(self, browser, address: str, ground):
		self._browser, self._address, self._ground = browser, address, ground

	def as_(self, person: str, width: int = 1280):
		return page_of(self._browser, self._address, self._ground.new_session(person), width)


@pytest.fixture
def walk(committed, ground) -> Iterator[Walk]:
	people = {
		role: factories.make_person(role).name for role in (OFFICER, MANAGER, LEGAL, MAYOR, CLERK, TRADE)
	}
	policy = scenes.committed_policy(
		scenes.rule("City Attorney", role=LEGAL, mandatory=1),
		scenes.rule("Mayor", role=MAYOR, mandatory=1, stage=2, workflow_state="Mayor's Decision"),
		scenes.rule("City Clerk", role=CLERK, mandatory=1, stage=3, workflow_state="Council Decision"),
		title="Walked in Chromium",
	)
	with policy, web_server() as address, chromium() as browser:
		walk = Walk(browser, address, ground)
		walk.people = people
		yield walk


def fill(page, fieldname: str, value: str) -> None:
	page.locator(f".form-layout [data-fieldname='{fieldname}'] :is(input, textarea):visible").first.fill(
		value
	)


def choose(page, fieldname: str, value: str) -> None:
	"""Type into a link field and take the suggestion that is offered."""
	field = page.locator(f".form-layout [data-fieldname='{fieldname}'] input:visible").first
	field.click()
	field.press_sequentially(value, delay=20)
	page.locator(".awesomplete [role='option']", has_text=value).first.click()
	# Taken once the server has confirmed the link; saved before, the field would be empty.
	page.wait_for_function("name => cur_frm.doc[name]", arg=fieldname)


def save(page) -> None:
	page.evaluate("() => document.activeElement.blur()")
	page.locator(".page-actions .primary-action:visible", has_text="Save").click()
	page.wait_for_function(
		"() => (!cur_frm.is_new() && !cur_frm.is_dirty()) || document.querySelector('.modal.show .msgprint')"
	)
	refusal = page.locator(".modal.show .msgprint")
	assert not refusal.count(), refusal.inner_text()


def open_form(page, name: str) -> None:
	page.goto(f"/app/mou/{name}")
	page.wait_for_function("name => cur_frm && cur_frm.docname === name && cur_frm.doc.title", arg=name)
	page.wait_for_selector(".cd-route")


def answer_dialog(page, button: str, **fields: str) -> None:
	dialog = page.locator(".modal.show")
	for fieldname, value in fields.items():
		dialog.locator(f"[data-fieldname='{fieldname}'] :is(input, textarea, select)").first.fill(value)
	dialog.locator(f".modal-footer button:visible:has-text('{button}')").first.click()
	page.wait_for_selector(".modal.show", state="hidden")


def decide_on_page(walk: Walk, person: str, agreement: str, width: int = 1280) -> None:
	frappe.db.rollback()
	(clearance,) = frappe.get_all(
		"Approval Clearance", {"reference_name": agreement, "state": "Pending"}, pluck="name"
	)
	page = walk.as_(person, width)
	page.goto(f"/clearance/{clearance}")
	if (aside := page.get_by_text("There is no meeting to record")).count():
		aside.click()
	page.get_by_label("Clear", exact=False).first.check()
	page.get_by_role("button", name="Send my decision").click()
	page.get_by_role("heading", name="Done").wait_for()
	page.context.close()


def state_of(agreement: str) -> str:
	frappe.db.rollback()
	return frappe.db.get_value("MOU", agreement, "workflow_state")


def test_an_agreement_goes_from_draft_to_signature_and_through_its_standings(walk):
	officer = walk.as_(walk.people[OFFICER])
	officer.goto("/app/mou/new")
	officer.wait_for_selector(".form-layout [data-fieldname='title'] input")
	fill(officer, "title", "Understanding on shore power")
	choose(officer, "agreement_type", "Test Understanding")
	# The form has put the city's own side there already.
	officer.evaluate(
		"party => Object.assign(cur_frm.add_child('parties'), party)",
		{"side": "Counterpart", "party_type": "Partner City", "party": "Nagoya, Japan"},
	)
	officer.evaluate("purpose => cur_frm.set_value('purpose', purpose)", "Learn from each other's ports.")
	officer.evaluate("sponsor => cur_frm.set_value('sponsor', sponsor)", walk.people[OFFICER])
	save(officer)
	agreement = officer.evaluate("() => cur_frm.docname")

	press(officer, "Submit for Intake", group="Actions")
	officer.wait_for_function("() => cur_frm.doc.workflow_state === 'Intake Review'")
	officer.get_by_role("tab", name="Intake").click()
	for check in CHECKS:
		officer.locator(f"input[type='checkbox'][data-fieldname='{check}']").check()
	factories.make_party_screening(frappe.get_doc("Partner City", "Nagoya, Japan"))
	frappe.db.commit()
	save(officer)
	press(officer, "Start Clearance")
	officer.locator(".modal.show button:visible", has_text="Yes").click()
	officer.wait_for_function("() => cur_frm.doc.workflow_state === 'In Clearance'")

	decide_on_page(walk, walk.people[LEGAL], agreement)
	assert state_of(agreement) == "Mayor's Decision"
	decide_on_page(walk, walk.people[MAYOR], agreement, width=390)
	decide_on_page(walk, walk.people[CLERK], agreement)
	assert state_of(agreement) == "Ready to Sign"

	manager = walk.as_(walk.people[MANAGER])
	open_form(manager, agreement)
	press(manager, "Sign")
	answer_dialog(manager, "Sign")
	manager.wait_for_function("() => cur_frm.doc.workflow_state === 'Active'")

	for label, state in (("Suspend", "Suspended"), ("Reinstate", "Active"), ("Terminate", "Terminated")):
		open_form(manager, agreement)
		press(manager, label, group="Standing")
		answer_dialog(manager, label, reason="An election there.")
		manager.wait_for_function("state => cur_frm.doc.workflow_state === state", arg=state)
	assert state_of(agreement) == "Terminated"
	assert entries.verify("MOU", agreement)["findings"] == []


def test_an_agreement_is_sent_back_and_withdrawn_with_reasons(walk):
	with factories.acting_as(walk.people[OFFICER]):
		agreement = factories.start_clearance(factories.make_agreement()).name
	frappe.db.commit()
	officer = walk.as_(walk.people[OFFICER])
	open_form(officer, agreement)
	press(officer, "Send Back to Draft", group="Approval")
	answer_dialog(officer, "Send Back", reason="The annex is missing.")
	officer.wait_for_function("() => cur_frm.doc.workflow_state === 'Draft'")
	open_form(officer, agreement)
	press(officer, "Withdraw", group="Approval")
	answer_dialog(officer, "Withdraw", reason="The other side lost interest.")
	officer.wait_for_function("() => cur_frm.doc.workflow_state === 'Withdrawn'")
	assert state_of(agreement) == "Withdrawn"


def test_the_door_for_agreements_from_before_asks_for_a_source_and_a_reason(walk):
	manager = walk.as_(walk.people[MANAGER])
	manager.goto("/app/mou")
	manager.get_by_role("button", name="Record Existing").click()
	dialog = manager.locator(".modal.show")
	dialog.get_by_text("Nobody is asked; the record says so for good.").wait_for()
	dialog.locator(".modal-footer button:visible:has-text('Record')").first.click()
	manager.locator(".modal.show .msgprint").get_by_text("Why it is recorded without clearances").wait_for()


def test_a_trade_lead_becomes_a_lead_of_erpnext_once(walk):
	with factories.acting_as(walk.people[TRADE]):
		lead = factories.make_trade_lead("Harbor Robotics", "Japan").name
		factories.make_party_screening(frappe.get_doc("Trade Lead", lead))
	frappe.get_doc("User", walk.people[TRADE]).add_roles("Sales User", "Sales Manager")
	frappe.db.commit()
	trade = walk.as_(walk.people[TRADE])
	trade.goto(f"/app/trade-lead/{lead}")
	trade.wait_for_function("name => cur_frm && cur_frm.docname === name", arg=lead)
	press(trade, "Lead", group="Create")
	trade.wait_for_function("() => cur_frm.doctype === 'Lead'")
	frappe.db.rollback()
	assert frappe.db.get_value("Trade Lead", lead, "lead") == trade.evaluate("() => cur_frm.docname")
	trade.goto(f"/app/trade-lead/{lead}")
	trade.wait_for_function("name => cur_frm && cur_frm.docname === name && cur_frm.doc.lead", arg=lead)
	offered = trade.locator(".inner-group-button .dropdown-menu a").all_inner_texts()
	# Who pressed it first made it; a colleague is let in by the same button.
	assert {label.strip() for label in offered} >= {"Lead", "Opportunity"}
