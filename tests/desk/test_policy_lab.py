"""The Policy Lab in Chromium: an administrator sees what a policy does before they switch it on."""

import importlib.util
from collections.abc import Iterator

import frappe
import pytest

from city_diplomacy.access.rights import MANAGER, OFFICER, POLICY_ADMIN
from city_diplomacy.partnership_approvals.policies import rehearsals
from tests import factories
from tests.approvals import scenes
from tests.approvals.shadow_scenes import BIG, attorney, council, draft_of, drafted, mayor
from tests.desk.browser import CHROMIUM, chromium, page_of, web_server

pytestmark = [
	pytest.mark.real_site,
	pytest.mark.skipif(
		not CHROMIUM or not importlib.util.find_spec("playwright"),
		reason="Chromium or Playwright is not on this machine",
	),
]


class Lab:
	"""A draft policy with an agreement to try it on, and the people who may look at it."""

	def __init__(self, browser, address: str, ground):
		self._browser, self._address, self._ground = browser, address, ground
		self.policy = draft_of(attorney(), mayor(), council(when=BIG)).name
		self.agreement = drafted(title="Seen in the lab").name
		self.people = {role: factories.make_person(role).name for role in (POLICY_ADMIN, MANAGER, OFFICER)}
		frappe.db.commit()

	def open_as(self, role: str, width: int = 1280, path: str = ""):
		session = self._ground.new_session(self.people[role])
		page = page_of(self._browser, self._address, session, width)
		page.goto(f"/app/policy-lab/{path or self.policy}")
		return page


@pytest.fixture
def lab(committed, ground) -> Iterator[Lab]:
	frappe.db.commit()
	with web_server() as address, chromium() as browser:
		yield Lab(browser, address, ground)


def section(page, title: str):
	return page.locator(".cd-lab-section", has=page.get_by_role("heading", name=title, exact=True))


def test_an_administrator_sees_tries_imagines_and_runs_a_policy(lab):
	page = lab.open_as(POLICY_ADMIN)
	drawing = section(page, lab.policy)
	drawing.get_by_text("If Financial value is more than 100000").wait_for()
	assert drawing.locator(".cd-stage").count() == 3

	imagined = section(page, "Imagine an agreement")
	imagined.locator("[data-fieldname='financial_value'] input").fill("250000")
	imagined.get_by_role("button", name="Show Its Way").click()
	imagined.locator(".cd-seat", has_text="City Council").wait_for()

	tried = section(page, "Try on an agreement")
	tried.locator("input").click()
	tried.locator("input").press_sequentially(lab.agreement, delay=20)
	page.locator(".awesomplete [role='option']", has_text=lab.agreement).first.click()
	tried.locator(".cd-seat", has_text="City Attorney").wait_for()
	assert tried.locator(".cd-seat", has_text="City Council").count() == 0

	shadow = section(page, "Run in the shadow")
	shadow.get_by_role("button", name="Run", exact=True).click()
	shadow.get_by_text("It waits for a worker.").wait_for()
	frappe.db.commit()
	(name,) = frappe.get_all(rehearsals.RUN, {"policy": lab.policy}, pluck="name")
	scenes.without_workers(lambda: rehearsals.run(name))
	frappe.db.commit()
	done = f"All {frappe.db.count('MOU')} looked at."
	shadow.get_by_text(done).wait_for()
	shadow.locator(".cd-lab-table tbody a").first.wait_for()

	# A page that is opened again shows the run again.
	page.reload()
	section(page, "Run in the shadow").get_by_text(done).wait_for()


def test_the_manager_looks_and_does_not_run(lab):
	page = lab.open_as(MANAGER, width=390)
	shadow = section(page, "Run in the shadow")
	shadow.get_by_text("was not run in the shadow yet").wait_for()
	assert shadow.get_by_role("button", name="Run", exact=True).count() == 0
	assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")


def test_the_officer_is_not_let_in(lab):
	page = lab.open_as(OFFICER)
	page.get_by_text("Not permitted").first.wait_for()
	assert page.locator(".cd-lab-section").count() == 0
