"""An inbox a page at a time, with how many there are of each kind: somebody may be asked about two thousand things."""

from typing import Any, NamedTuple

import frappe
from frappe.query_builder.functions import Count
from frappe.utils import getdate, nowdate

from city_diplomacy.domain.route.states import ClearanceState
from city_diplomacy.partnership_approvals.views import approvals

ROWS = 25
OVERDUE, WAITING, QUESTIONS = "overdue", "waiting", "questions"


def page_of(user: str, number: int) -> dict[str, Any]:
	"""One page of a person's inbox: what is overdue, then what else they are asked, then questions to them as a sponsor;
	of each the most urgent first.

	{"counts": by kind, of all pages, "page", "pages", and by kind the rows of this page, as `approvals.inbox` answers them}.
	The pages are counted from 1; a number beyond them is taken for the nearest. Runs a fixed number of statements,
	however many rows there are.
	"""
	sources = _sources(user)
	counts = {kind: sum(one.count.run()[0][0] for one in found) for kind, found in sources.items()}
	pages = max(1, -(-sum(counts.values()) // ROWS))
	number = min(max(1, number), pages)
	first, last = (number - 1) * ROWS, number * ROWS
	found, before = {}, 0
	for kind, count in counts.items():
		start, end = max(first - before, 0), min(last - before, count)
		found[kind] = _rows(kind, sources[kind], start, end) if start < end else []
		before += count
	shown = iter(approvals.inbox_rows([row for kind in counts for row in found[kind]]))
	return {
		"counts": counts,
		"page": number,
		"pages": pages,
		**{kind: [next(shown) for _row in found[kind]] for kind in counts},
	}


class _Source(NamedTuple):
	"""Two queries: how many rows there are, and the rows, the most urgent first."""

	count: Any
	rows: Any


def _sources(user: str) -> dict[str, list[_Source]]:
	"""By kind, where its rows are found, each row in one of them."""
	table, today = frappe.qb.DocType("Approval Clearance"), getdate(nowdate())
	# Late only while the question is with the person asked.
	late = (table.state == ClearanceState.PENDING) & (table.due_date < today)
	in_time = (table.state != ClearanceState.PENDING) | table.due_date.isnull() | (table.due_date >= today)
	asked = approvals.put_to(table, user)
	return {
		OVERDUE: [_put_to(table, condition & late) for condition in asked],
		WAITING: [_put_to(table, condition & in_time) for condition in asked],
		QUESTIONS: [_Source(_count(query.as_("found")), query) for query in approvals.questions_to(user)],
	}


def _put_to(table: Any, condition: Any) -> _Source:
	rows = approvals.inbox_query(table).where(condition).orderby(table.due_date.isnull())
	rows = rows.orderby(table.due_date).orderby(table.asked_on).orderby(table.name)
	return _Source(_count(table).where(condition), rows)


def _count(table: Any) -> Any:
	return frappe.qb.from_(table).select(Count("*"))


def _rows(kind: str, sources: list[_Source], start: int, end: int) -> list[dict[str, Any]]:
	"""The rows from `start` to `end` of all sources together."""
	asks = "answer" if kind == QUESTIONS else "decide"
	rows = [{**row, "kind": asks} for one in sources for row in one.rows.limit(end).run(as_dict=True)]
	return sorted(rows, key=approvals.urgency)[start:end]
