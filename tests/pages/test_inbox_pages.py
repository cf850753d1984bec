"""The inbox of somebody who is asked about more than fits a page: counts of all of it, and a page at a time."""

import frappe
import pytest
from frappe.utils import add_days, nowdate

from city_diplomacy.partnership_approvals.engine import questions
from city_diplomacy.partnership_approvals.views import approvals, inbox_pages
from tests import factories
from tests.approvals import scenes
from tests.pages.reading import as_read, open_page


@pytest.fixture(autouse=True)
def three_on_a_page(monkeypatch):
	monkeypatch.setattr(inbox_pages, "ROWS", 3)


@pytest.fixture
def asked_often():
	"""Somebody asked about five agreements, two of them late, the latest asked first."""
	person = factories.make_user("asked.often@city.example").name
	scenes.make_policy(scenes.rule("Attorney", user=person))
	rows = [
		factories.clearances_of(scenes.under_way(title=f"Understanding {number}"))[0] for number in range(5)
	]
	for number, row in enumerate(rows):
		days = -2 if number in (1, 3) else 5 - number
		frappe.db.set_value("Approval Clearance", row.name, "due_date", add_days(nowdate(), days))
	return person, rows


def names(rows: list[dict]) -> list[str]:
	return [row["clearance"] for row in rows]


def test_the_first_page_begins_with_what_is_late_and_counts_everything(asked_often):
	person, rows = asked_often
	page = inbox_pages.page_of(person, 1)
	assert page["counts"] == {"overdue": 2, "waiting": 3, "questions": 0}
	assert (page["page"], page["pages"]) == (1, 2)
	assert sorted(names(page["overdue"])) == sorted([rows[1].name, rows[3].name])
	assert names(page["waiting"]) == [rows[4].name]


def test_the_pages_together_show_each_row_once(asked_often):
	person, _rows = asked_often
	pages = [inbox_pages.page_of(person, number) for number in (1, 2)]
	shown = [name for page in pages for kind in page["counts"] for name in names(page[kind])]
	assert shown == list(dict.fromkeys(shown))
	assert set(shown) == set(names(approvals.inbox(person)))


def test_a_page_beyond_the_last_is_the_last(asked_often):
	person, _rows = asked_often
	assert inbox_pages.page_of(person, 99)["page"] == 2


def test_questions_to_the_sponsor_follow_what_is_to_be_decided(asked_often):
	person, rows = asked_often
	with factories.acting_as(person):
		questions.ask(rows[0].name, "Who pays for the cables?")
	page = inbox_pages.page_of(scenes.office(), 1)
	assert page["counts"] == {"overdue": 0, "waiting": 0, "questions": 1}
	assert [row["question"] for row in page["questions"]] == ["Who pays for the cables?"]


def test_the_page_shows_the_counts_and_leads_to_the_next(asked_often, client):
	person, rows = asked_often
	browser = client(person)
	first = open_page(browser, "/clearances")
	assert as_read("Overdue") + " 2" in first.text
	assert "Asked of you 3" in first.text
	assert len([row for row in rows if first.all("a", href=f"/clearance/{row.name}")]) == 3
	assert first.all("a", rel="next", href="/clearances?page=2")
	second = open_page(browser, "/clearances", page="2")
	assert len([row for row in rows if second.all("a", href=f"/clearance/{row.name}")]) == 2


@pytest.mark.sandbox_only
def test_the_root_of_the_sandbox_leads_reviewers_to_what_waits_for_them(asked_often, client):
	person, _rows = asked_often
	factories.make_department("Harbor", head=person)
	assert client(person).get("/").location == "/clearances"
