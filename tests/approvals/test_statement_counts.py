"""Pages and lists ask the database a fixed number of questions, however many rows there are."""

import frappe
import pytest

from city_diplomacy.access.rights import DEPARTMENT, LEGAL
from city_diplomacy.partnership_approvals.api import form
from city_diplomacy.partnership_approvals.engine import escalate
from city_diplomacy.partnership_approvals.notices import deliver, notify
from city_diplomacy.partnership_approvals.routing import planning
from city_diplomacy.partnership_approvals.views import approvals
from city_diplomacy.partnerships.agreements import signing
from tests import factories
from tests.approvals import scenes
from tests.desk.counting import counted_statements

pytestmark = pytest.mark.real_site


def departments(count: int) -> list[dict[str, str]]:
	rows = []
	for number in range(count):
		head = factories.make_user(f"head.{count}.{number}@city.example", DEPARTMENT).name
		rows.append({"department": factories.make_department(f"Office {count}.{number}", head=head).name})
	return rows


def with_departments(count: int):
	return scenes.under_way(departments=departments(count), title=f"{count} departments")


@pytest.fixture
def policy():
	return scenes.make_policy(
		scenes.rule("Affected department", asked_of="Departments of the Document", table_field="departments")
	)


def count_of(act) -> int:
	"""Statements of the second time: the first fills the caches every request finds filled."""
	act()
	for forgotten in ("fullnames", "role_permissions"):
		if hasattr(frappe.local, forgotten):
			setattr(frappe.local, forgotten, {})
	with counted_statements() as sent:
		act()
	return len(sent)


def test_the_view_of_a_route(policy):
	few, many = with_departments(2), with_departments(20)
	for agreement in (few, many):
		for row in factories.clearances_of(agreement)[:-1]:
			factories.decide(row)
	reader = factories.clearances_of(many)[0].put_to
	frappe.db.set_value("MOU", few.name, "sponsor", reader)
	for user in (scenes.office(), reader):
		with factories.acting_as(user):
			few_doc, many_doc = frappe.get_doc("MOU", few.name), frappe.get_doc("MOU", many.name)
			assert count_of(lambda doc=many_doc: approvals.view(doc)) == count_of(
				lambda doc=few_doc: approvals.view(doc)
			)


def test_the_preview_of_a_route(policy):
	few, many = with_departments(1), with_departments(10)
	assert count_of(lambda: planning.preview(many)) == count_of(lambda: planning.preview(few))


def test_the_inbox():
	person = factories.make_user("asked.often@city.example").name
	scenes.make_policy(scenes.rule("Attorney", user=person))
	scenes.under_way()
	few = count_of(lambda: approvals.inbox(person))
	for number in range(9):
		scenes.under_way(title=f"Understanding {number}")
	assert len(approvals.inbox(person)) == 10
	assert count_of(lambda: approvals.inbox(person)) == few


def test_the_list_of_agreements():
	def listed():
		return frappe.get_list("MOU", fields=["name", "title", "workflow_state"], limit_page_length=0)

	with factories.acting_as(scenes.office()):
		factories.make_agreement()
		few = count_of(listed)
		for number in range(9):
			factories.make_agreement(title=f"Understanding {number}")
		assert len(listed()) == 10
		assert count_of(listed) == few


def test_telling_people_what_is_asked():
	people = [factories.make_user(f"told.{number}@city.example", LEGAL).name for number in range(10)]
	scenes.make_policy(*(scenes.rule(f"Seat {number}", user=user) for number, user in enumerate(people)))
	agreement = scenes.without_workers(scenes.under_way)
	rows = factories.clearances_of(agreement)

	def tell(some):
		return lambda: scenes.without_workers(lambda: notify.ask(some, agreement))

	assert count_of(tell(rows)) == count_of(tell(rows[:2])) == 3, "absences, to-dos and notices, one each"


def test_delivering_nothing():
	deliver.deliver()
	assert count_of(deliver.deliver) == 1


# the scheduler's batches


def test_one_agreement_more_that_ends_costs_its_locks_and_its_own_rows():
	def ended(count: int) -> list[str]:
		names = [scenes.in_force(title=f"{count}, number {number}").name for number in range(count)]
		for name in names:
			frappe.db.set_value("MOU", name, "expiry_date", frappe.utils.add_days(frappe.utils.nowdate(), -1))
		return names

	def sent_for(names: list[str]) -> int:
		with counted_statements() as sent:
			scenes.without_workers(lambda: signing.expire_batch(names))
		return len(sent)

	sent_for(ended(1))
	few, many = sent_for(ended(2)), sent_for(ended(6))
	# Two locks, and the rows of route and document.
	assert (many - few) / 4 <= 4


def test_one_late_clearance_more_costs_its_locks_and_its_own_rows(policy):
	def late(count: int) -> list[str]:
		rows = []
		for number in range(count):
			rows += factories.clearances_of(
				scenes.under_way(departments=departments_of_one, title=f"{count}, number {number}")
			)
		due = frappe.utils.add_days(frappe.utils.nowdate(), -2)
		for row in rows:
			frappe.db.set_value("Approval Clearance", row.name, {"due_date": due, "next_escalation": due})
		return [row.name for row in rows]

	def sent_for(names: list[str]) -> int:
		with counted_statements() as sent:
			scenes.without_workers(lambda: escalate.escalate_batch(names))
		return len(sent)

	departments_of_one = departments(1)
	sent_for(late(1))
	few, many = sent_for(late(2)), sent_for(late(6))
	# Three locks, and the rows of clearance and route.
	assert (many - few) / 4 <= 5


# pages and forms


def count_of_page(browser, path: str) -> int:
	"""Statements of a page that was opened before, as the web server counts them."""

	def opened():
		answer = browser.get(path)
		assert answer.status_code == 200, answer.text

	# The first page after signing in notes when the person was active, and their account is read once more after that.
	opened()
	return count_of(opened)


def decided_but_one(agreement) -> None:
	for row in factories.clearances_of(agreement)[:-1]:
		factories.decide(row)


def test_the_page_of_a_clearance_and_of_an_agreement(policy, client):
	few, many = with_departments(2), with_departments(20)
	for agreement in (few, many):
		decided_but_one(agreement)
	browser = client(scenes.manager())
	for address in (
		lambda agreement: f"/clearance/{factories.clearances_of(agreement, 'Pending')[0].name}",
		lambda agreement: f"/agreement/{agreement.name}",
	):
		assert count_of_page(browser, address(many)) == count_of_page(browser, address(few))


def test_the_pages_with_lists(client):
	person = factories.make_user("asked.often@city.example", DEPARTMENT).name
	scenes.make_policy(scenes.rule("Attorney", user=person))
	scenes.under_way()
	browser = client(person)
	paths = ("/clearances", "/agreements", "/partners")
	few = [count_of_page(browser, path) for path in paths]
	with factories.acting_as("Administrator"):
		for number in range(9):
			factories.make_partner_city(f"Harbor Town {number}", "Japan")
	for number in range(9):
		scenes.under_way(title=f"Understanding {number}")
	assert [count_of_page(browser, path) for path in paths] == few


def test_the_form_of_an_agreement(policy):
	few, many = with_departments(2), with_departments(20)
	for agreement in (few, many):
		decided_but_one(agreement)
	with factories.acting_as(scenes.manager()):
		counts = {
			agreement.name: count_of(lambda name=agreement.name: form.for_form("MOU", name))
			for agreement in (few, many)
		}
	assert counts[many.name] == counts[few.name]
