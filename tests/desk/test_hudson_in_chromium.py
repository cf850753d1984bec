"""The administrator's guide, followed step by step in Chromium: Hudson's route is made from the composite, without code.

With CITY_DIPLOMACY_PICTURES set to a folder, the pictures of docs/administrator.md are taken on the way.
"""

import importlib.util
import os
from collections.abc import Iterator

import frappe
import pytest

from city_diplomacy.access.rights import CLERK, LEGAL, POLICY_ADMIN
from city_diplomacy.partnership_approvals.policies import check as policy_check
from city_diplomacy.partnership_approvals.routing import planning
from tests import factories
from tests.approvals import scenes
from tests.desk.browser import CHROMIUM, chromium, page_of, web_server

pytestmark = [
	pytest.mark.real_site,
	pytest.mark.skipif(
		not CHROMIUM or not importlib.util.find_spec("playwright"),
		reason="Chromium or Playwright is not on this machine",
	),
]

COMPOSITE = "Composite of US Practice"
PICTURES = os.environ.get("CITY_DIPLOMACY_PICTURES")
# What the guide's reader writes; the rest they choose.
WHY = "The council says first whether the city wants this tie; the clerk records its vote."


class PolicyForm:
	"""The form of a routing policy, by what the guide calls its parts."""

	def __init__(self, page):
		self.page = page

	def new_version_of(self, policy: str, title: str) -> None:
		self.page.goto(f"/app/routing-policy/{policy}")
		self._button("New Version")
		self.page.wait_for_function("() => cur_frm && cur_frm.doc.docstatus === 0 && cur_frm.policy_choices")
		self.page.locator("input[data-fieldname='title']:visible").fill(title)

	def _button(self, label: str) -> None:
		self.page.locator(".page-actions button:visible", has_text=label).first.click()

	def table(self, name: str):
		return self.page.locator(f".frappe-control[data-fieldname='{name}']")

	def delete_rules(self, *seats: str) -> None:
		rules = self.table("rules")
		for seat in seats:
			rules.locator(".grid-body .grid-row", has_text=seat).first.locator(".grid-row-check").click()
		rules.locator(".grid-remove-rows").click()

	def add_row(self, table: str) -> int:
		"""Answers its number, from 1."""
		rows = self.table(table).locator(".grid-body .grid-row")
		before = rows.count()
		self.table(table).locator(".grid-add-row").click()
		rows.nth(before).wait_for()
		return before + 1

	def open_rule(self, number: int) -> None:
		row = self.table("rules").locator(f".grid-body .grid-row[data-idx='{number}']")
		row.locator(".btn-open-row").click()
		self._rule().wait_for()
		# Frappe puts the cursor into the first field a moment later; who reads the guide is no faster.
		self.page.wait_for_function("() => document.activeElement.closest('.grid-row-open .form-in-grid')")

	def close_rule(self) -> None:
		for _click in range(10):
			self._rule().locator(".grid-collapse-row").first.click()
			# What is still being looked up for a field draws the open row anew; a reader clicks again.
			self.page.wait_for_timeout(500)
			if not self._rule().is_visible():
				return
		raise AssertionError("the row of the rule does not close")

	def write(self, field: str, words: str) -> None:
		control = self.rule_field(field).locator("input:visible, textarea:visible").first
		control.fill(words)
		control.press("Tab")

	def tick(self, field: str) -> None:
		self.rule_field(field).locator("input[type='checkbox']:visible").check()

	def select(self, field: str, option: str) -> None:
		self.rule_field(field).locator("select").select_option(option)

	def pick(self, field: str, typed: str) -> None:
		"""Type into a link and take what is offered."""
		control = self.rule_field(field).locator("input:visible").first
		control.click()
		control.fill("")
		control.press_sequentially(typed, delay=20)
		self.rule_field(field).locator("[role='option']", has_text=typed).first.click()

	def number_of(self, seat: str) -> int:
		return self.page.evaluate("seat => cur_frm.doc.rules.find(row => row.seat === seat).idx", seat)

	def save(self) -> None:
		self.page.locator(".page-actions .primary-action:visible", has_text="Save").click()
		self._unless_refused("() => !cur_frm.is_dirty() && !cur_frm.is_new()")

	def submit(self) -> None:
		self.page.locator(".page-actions .primary-action:visible", has_text="Submit").click()
		self._yes()
		self._unless_refused("() => cur_frm.doc.docstatus === 1")

	def activate(self) -> None:
		self._button("Activate")
		self._yes()
		self._unless_refused("() => cur_frm.doc.status === 'Active'")

	def _yes(self) -> None:
		self.page.locator(".modal.show button:visible", has_text="Yes").click()

	def _unless_refused(self, done: str) -> None:
		self.page.wait_for_function(
			f"() => ({done})() || document.querySelector('.modal.show .msgprint .indicator.red, .msgprint li')"
		)
		assert self.page.evaluate(done), self.page.locator(".modal.show .msgprint").inner_text()

	def _rule(self):
		return self.table("rules").locator(".grid-row-open .form-in-grid")

	def rule_field(self, name: str):
		return self._rule().locator(f".frappe-control[data-fieldname='{name}']").first

	def picture(self, name: str, shown) -> None:
		"""Take a picture with what is `shown` in the middle, if pictures are wanted."""
		if PICTURES:
			# Desk is still scrolling to where the reader has been.
			self.page.wait_for_timeout(1500)
			shown.evaluate("element => element.scrollIntoView({ block: 'center', behavior: 'instant' })")
			self.page.screenshot(path=f"{PICTURES}/{name}.png")


@pytest.fixture
def form(committed, ground) -> Iterator[PolicyForm]:
	active = frappe.get_all("Routing Policy", {"document_type": "MOU", "status": "Active"}, pluck="name")
	administrator = factories.make_user("guide.reader@city.example", POLICY_ADMIN).name
	# Without somebody who can answer, the checker refuses the policy.
	for role in (LEGAL, CLERK):
		factories.make_person(role)
	frappe.db.commit()
	with web_server() as address, chromium() as browser:
		yield PolicyForm(page_of(browser, address, ground.new_session(administrator)))
	frappe.db.rollback()
	for name in active:
		frappe.db.set_value("Routing Policy", name, "status", "Active", update_modified=False)
	frappe.db.commit()


@pytest.fixture
def composite() -> str:
	"""The composite as it came with the app."""
	return frappe.get_all("Routing Policy", {"title": COMPOSITE, "docstatus": 1}, pluck="name")[0]


def route_by(policy: str) -> list[tuple]:
	"""Who is asked about one and the same draft, in which order and when."""
	agreement = scenes.draft_by(scenes.office(), title="Seen by both", council_must_adopt=1)
	return [
		(stage.number, stage.state, question.seat, question.role, question.rule.mandatory)
		for stage in planning.plan(policy, agreement)
		for question in stage.questions
	]


def test_hudson_is_made_from_the_composite_by_following_the_guide(form, composite):
	form.new_version_of(composite, "Hudson by Hand")
	form.delete_rules("Finance", "Affected department", "Ethics", "Mayor or City Manager")

	form.open_rule(form.number_of("City Attorney"))
	form.write("stage", "2")
	form.write("seat", "City Solicitor")
	form.picture("policy_rule", form.rule_field("seat"))
	form.close_rule()

	form.open_rule(form.number_of("City Council, through its clerk"))
	form.write("seat", "City Council")
	form.write("applies_when", "")
	form.close_rule()

	form.open_rule(form.add_row("rules"))
	form.write("stage", "1")
	form.pick("workflow_state", "Council Decision")
	form.write("seat", "City Council")
	form.select("asked_of", "Role")
	form.pick("role", CLERK)
	for check in ("mandatory", "recorded_decision_allowed"):
		form.tick(check)
	form.write("why", WHY)
	form.close_rule()
	form.save()
	form.submit()
	form.activate()

	frappe.db.rollback()
	(made,) = frappe.get_all("Routing Policy", {"title": "Hudson by Hand"}, ["name", "status"])
	assert made.status == "Active"
	assert policy_check.findings_of(made.name) == []
	hudson = [
		(1, "Council Decision", "City Council", CLERK, True),
		(2, "In Clearance", "City Solicitor", LEGAL, True),
		(3, "Council Decision", "City Council", CLERK, True),
	]
	assert route_by(made.name) == hudson
	frappe.db.rollback()


def test_a_condition_is_chosen_and_not_typed(form, composite):
	form.new_version_of(composite, "With a Large Sum")
	conditions = form.table("conditions")
	form.page.get_by_text("Conditions", exact=True).first.click()
	row = conditions.locator(f".grid-body .grid-row[data-idx='{form.add_row('conditions')}']")
	row.locator("[data-fieldname='condition_name']").first.click()
	row.locator("input[data-fieldname='condition_name']").fill("Large sum")
	row.locator(".col[data-fieldname='field']").click()
	field = row.locator("input[data-fieldname='field']:visible")
	field.press_sequentially("Finan", delay=50)
	form.page.locator(".awesomplete li:visible", has_text="Financial value").first.wait_for()
	form.picture("policy_conditions", field)
	form.page.keyboard.press("Enter")
	row.locator("select[data-fieldname='operator']").focus()
	row.locator("select[data-fieldname='operator']").select_option("is more than")
	row.locator(".col[data-fieldname='value']").click()
	row.locator("input[data-fieldname='value']").fill("100000")
	form.page.evaluate("() => document.activeElement.blur()")
	form.save()

	frappe.db.rollback()
	made = frappe.get_doc("Routing Policy", {"title": "With a Large Sum"})
	last = made.conditions[-1]
	assert (last.condition_name, last.field, last.operator, last.value) == (
		"Large sum",
		"financial_value",
		"is more than",
		"100000",
	)
