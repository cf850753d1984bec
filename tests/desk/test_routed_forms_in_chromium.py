"""The forms of other routed documents in Chromium: a network membership, and a project of ERPNext."""

import importlib.util
from collections.abc import Iterator

import frappe
import pytest

from city_diplomacy.access.rights import DEPARTMENT, MANAGER, OFFICER
from city_diplomacy.partnership_approvals.engine import decide
from city_diplomacy.partnership_approvals.ledger import entries
from tests import factories
from tests.approvals.switched_on import committed_switch, policy_for
from tests.desk.browser import CHROMIUM, chromium, page_of, web_server

pytestmark = [
	pytest.mark.real_site,
	pytest.mark.skipif(
		not CHROMIUM or not importlib.util.find_spec("playwright"),
		reason="Chromium or Playwright is not on this machine",
	),
]


@pytest.fixture
def browse(committed, ground) -> Iterator:
	"""A function that answers a page of Desk, signed in as somebody."""
	with web_server() as address, chromium() as browser:
		yield lambda person, width=1280: page_of(browser, address, ground.new_session(person), width)


def membership(author: str):
	with factories.acting_as(author):
		return factories.make_membership(factories.make_city_network("Port Circle"), basis="Associate")


def project(author: str):
	with factories.acting_as(author):
		return frappe.get_doc(
			{
				"doctype": "Project",
				"project_name": "Harbor study",
				"company": factories.our_company(),
				"estimated_costing": 50000,
				"expected_end_date": "2030-01-31",
			}
		).insert()


def open_form(page, doc) -> None:
	page.goto(f"/app/{frappe.scrub(doc.doctype).replace('_', '-')}/{doc.name}")
	page.wait_for_function("name => window.cur_frm && cur_frm.docname === name", arg=doc.name)
	page.wait_for_selector(".form-dashboard-section .cd-route, .form-dashboard .cd-route")


def press(page, label: str) -> None:
	page.locator(".page-actions button:visible", has_text=label).first.click()


def stands_in(page, state: str) -> None:
	page.wait_for_function("state => cur_frm.doc.workflow_state === state", arg=state)


def yes(page) -> None:
	page.locator(".modal.show button:visible", has_text="Yes").click()


@pytest.mark.parametrize(
	("doctype", "make", "role"),
	[("Network Membership", membership, OFFICER), ("Project", project, "Projects User")],
)
def test_it_goes_from_draft_to_its_standing_by_the_buttons_of_its_form(browse, doctype, make, role):
	author = factories.make_user("planner@routed.example", role).name
	reviewer = factories.make_user("finance@routed.example", DEPARTMENT).name
	manager = factories.make_user("manager@routed.example", MANAGER, "Projects Manager").name
	with committed_switch(doctype):
		policy_for(doctype, reviewer)
		doc = make(author)
		frappe.db.commit()

		page = browse(author)
		open_form(page, doc)
		page.locator(".cd-route").get_by_text("Who will be asked").wait_for()
		# ERPNext's form has a group of buttons of that name, too.
		page.locator(".actions-btn-group button:visible").first.click()
		page.locator(".actions-btn-group .dropdown-menu a:visible", has_text="Submit for Intake").click()
		stands_in(page, "Intake Review")
		press(page, "Start Clearance")
		yes(page)
		stands_in(page, "In Clearance")
		page.locator(".form-message", has_text="Waiting for Finance").wait_for()

		frappe.db.rollback()
		(row,) = frappe.get_all("Approval Clearance", {"reference_name": doc.name}, pluck="name")
		with factories.acting_as(reviewer):
			decide.decide(row, "Clear")
		frappe.db.commit()

		page = browse(manager)
		open_form(page, doc)
		press(page, "Complete Approval")
		yes(page)
		stands_in(page, "Active")
		page.locator(".page-actions button:visible", has_text="Standing").first.click()
		page.locator(".page-actions .dropdown-menu a:visible", has_text="Suspend").click()
		page.locator(".modal.show textarea").fill("The port waits for its budget.")
		page.locator(".modal.show .modal-footer button:visible", has_text="Suspend").click()
		stands_in(page, "Suspended")

		frappe.db.rollback()
		assert entries.verify(doctype, doc.name)["findings"] == []


def test_a_form_of_what_is_not_routed_here_shows_none_of_it(browse):
	author = factories.make_user("planner@routed.example", OFFICER).name
	doc = membership(author)
	frappe.db.commit()
	page = browse(author)
	page.goto(f"/app/network-membership/{doc.name}")
	page.wait_for_function("name => window.cur_frm && cur_frm.docname === name", arg=doc.name)
	page.wait_for_load_state("networkidle")
	assert page.locator(".cd-route").count() == 0
	assert page.locator(".page-actions button:visible", has_text="Start Clearance").count() == 0
