"""An inbox a page at a time, with how many there are of each kind: somebody may be asked about two thousand things."""

from typing import Any

import frappe
from frappe.query_builder.functions import Count
from frappe.utils import getdate, nowdate

from city_diplomacy.partnership_approvals import views

ROWS = 25
OVERDUE, WAITING, QUESTIONS = "overdue", "waiting", "questions"


def page_of(user: str, number: int) -> dict[str, Any]:
	"""One page of a person's inbox: what is overdue, then what else they are asked, then questions to them as a sponsor;
	of each the most urgent first.

	{"counts": by kind, of all pages, "page", "pages", and by kind the rows of this page, as `views.inbox` answers them}.
	The pages are counted from 1; a number beyond them is taken for the nearest. Runs a fixed number of statements,
	however many rows there are.
	"""
	decide = _Questions(user)
	asked = views.questions_to(user)
	counts = {
		OVERDUE: decide.count(decide.overdue),
		WAITING: decide.count(decide.waiting),
		QUESTIONS: sum(_count(query) for query in asked),
	}
	pages = max(1, -(-sum(counts.values()) // ROWS))
	number = min(max(1, number), pages)
	first, last = (number - 1) * ROWS, number * ROWS
	rows = {
		OVERDUE: lambda start, length: decide.rows(decide.overdue, start, length),
		WAITING: lambda start, length: decide.rows(decide.waiting, start, length),
		QUESTIONS: lambda start, length: _questions(asked, start, length),
	}
	found, before = {}, 0
	for kind, count in counts.items():
		start, end = max(first - before, 0), min(last - before, count)
		found[kind] = rows[kind](start, end - start) if start < end else []
		before += count
	shown = iter(views.inbox_rows([row for kind in rows for row in found[kind]]))
	return {
		"counts": counts,
		"page": number,
		"pages": pages,
		**{kind: [next(shown) for _row in found[kind]] for kind in rows},
	}


class _Questions:
	"""The open clearances put to a person, those that are late and the others."""

	def __init__(self, user: str):
		self.table = frappe.qb.DocType("Approval Clearance")
		mine, today = views.to_decide(self.table, user), getdate(nowdate())
		# Late only while the question is with the person asked.
		self.overdue = mine & (self.table.state == "Pending") & (self.table.due_date < today)
		in_time = (
			(self.table.state != "Pending") | self.table.due_date.isnull() | (self.table.due_date >= today)
		)
		self.waiting = mine & in_time

	def count(self, condition: Any) -> int:
		return frappe.qb.from_(self.table).select(Count("*")).where(condition).run()[0][0]

	def rows(self, condition: Any, start: int, length: int) -> list[dict[str, Any]]:
		table = self.table
		found = (
			views.inbox_query(table)
			.where(condition)
			.orderby(table.due_date.isnull())
			.orderby(table.due_date)
			.orderby(table.asked_on)
			.orderby(table.name)
			.limit(length)
			.offset(start)
			.run(as_dict=True)
		)
		return [{**row, "kind": "decide"} for row in found]


def _count(query: Any) -> int:
	found = query.as_("found")
	return frappe.qb.from_(found).select(Count("*")).run()[0][0]


def _questions(queries: list[Any], start: int, length: int) -> list[dict[str, Any]]:
	"""So many questions of all DocTypes together, beginning with the number `start`."""
	rows = [
		{**row, "kind": "answer"}
		for query in queries
		for row in query.limit(start + length).run(as_dict=True)
	]
	return sorted(rows, key=views.urgency)[start : start + length]
