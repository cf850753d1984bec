"""In Chromium: an administrator sees what a policy does before they switch it on."""

import importlib.util
import re
from collections.abc import Iterator

import frappe
import pytest

from city_diplomacy.access.rights import MANAGER, OFFICER, POLICY_ADMIN
from city_diplomacy.partnership_approvals.api import rehearsals
from tests import factories
from tests.approvals.shadow_scenes import BIG, active, attorney, council, draft_of, drafted, mayor
from tests.desk.browser import CHROMIUM, chromium, page_of, web_server

pytestmark = [
	pytest.mark.real_site,
	pytest.mark.skipif(
		not CHROMIUM or not importlib.util.find_spec("playwright"),
		reason="Chromium or Playwright is not on this machine",
	),
]

PREPARED = "frappe.core.doctype.prepared_report.prepared_report"


class Desk:
	"""A draft policy with an agreement to try it on, and the people who may look at it."""

	def __init__(self, browser, address: str, ground):
		self._browser, self._address, self._ground = browser, address, ground
		active()
		self.policy = draft_of(attorney(), mayor(), council(when=BIG, why="The council adopts.")).name
		self.agreement = drafted(title="Seen in the trial").name
		drafted(title="A costly port", financial_value=500000, currency="USD")
		self.people = {role: factories.make_person(role).name for role in (POLICY_ADMIN, MANAGER, OFFICER)}
		frappe.db.commit()

	def open_as(self, role: str, path: str, width: int = 1280):
		session = self._ground.new_session(self.people[role])
		page = page_of(self._browser, self._address, session, width)
		page.goto(f"/app/{path}")
		return page

	def open_policy_as(self, role: str, width: int = 1280):
		return self.open_as(role, f"routing-policy/{self.policy}", width)


@pytest.fixture
def desk(committed, ground) -> Iterator[Desk]:
	frappe.db.commit()
	with web_server() as address, chromium() as browser:
		yield Desk(browser, address, ground)


def press(page, label: str, width: int = 1280) -> None:
	"""A button of the form; on a phone it is in the menu."""
	if width > 991:
		return page.locator(".page-head").get_by_role("button", name=label, exact=True).click()
	page.locator(".page-head .menu-btn-group button").first.click()
	page.locator(".menu-btn-group .dropdown-item", has_text=label).first.click()


@pytest.mark.parametrize("width", [1280, 390])
def test_an_administrator_imagines_an_agreement_and_tries_one_there_is(desk, width):
	page = desk.open_policy_as(POLICY_ADMIN, width)
	press(page, "What If", width)
	dialog = page.locator(".modal.show")
	dialog.locator("[data-fieldname='financial_value'] input").fill("250000")
	dialog.get_by_role("button", name="Show Its Way").click()
	council_ = dialog.locator(".cd-seat", has_text="City Council")
	council_.get_by_text("The council adopts.").wait_for()
	assert dialog.locator(".cd-stage").count() == 3

	stored = dialog.locator("[data-fieldname='stored_document'] input")
	stored.click()
	stored.press_sequentially(desk.agreement, delay=20)
	page.locator(".awesomplete [role='option']", has_text=desk.agreement).first.click()
	dialog.get_by_role("button", name="Show Its Way").click()
	council_.wait_for(state="detached")
	assert dialog.locator(".cd-stage").count() == 2
	assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")


def test_an_administrator_rehearses_a_policy_and_comes_to_an_agreement(desk, monkeypatch):
	# The job is done here: a worker of another checkout may be the one that takes it.
	monkeypatch.setattr(f"{PREPARED}.enqueue", lambda *args, **options: None)
	with factories.acting_as(desk.people[POLICY_ADMIN]):
		waiting = rehearsals.simulate(desk.policy)
		frappe.get_attr(f"{PREPARED}.generate_report")(waiting["name"])
	frappe.db.commit()
	page = desk.open_policy_as(POLICY_ADMIN)
	press(page, "Rehearse")
	page.get_by_text("Would go another way").wait_for()
	row = page.locator(".dt-row", has_text="A costly port")
	row.get_by_text("City Council would be asked as well").wait_for()
	row.locator("a[data-doctype='MOU']").first.click()
	page.wait_for_url(re.compile("/mou/"))


def test_a_bookmark_of_the_policy_lab_leads_to_the_report(desk):
	page = desk.open_as(MANAGER, f"policy-lab/{desk.policy}")
	page.locator(".page-title", has_text="Policy Rehearsal").first.wait_for()


def test_the_officer_is_not_let_in(desk):
	page = desk.open_policy_as(OFFICER)
	page.locator("[data-fieldname='rules'] .grid-row").first.wait_for()
	assert page.get_by_role("button", name="What If", exact=True).count() == 0
	page.goto("/app/query-report/Policy Rehearsal")
	page.get_by_text("You don't have access to Report").first.wait_for()
