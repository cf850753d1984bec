"""What people are shown of approvals: their inbox, and a document's route as far as each may see it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import frappe
from frappe.utils import get_fullname, getdate, nowdate

from city_diplomacy.domain.route import routing
from city_diplomacy.domain.route.joins import Decision
from city_diplomacy.domain.route.states import OPEN, ClearanceState, RouteOutcome
from city_diplomacy.partnership_approvals.engine.visibility import (
	SeatAsSeen,
	entry_as_seen,
	is_overdue,
	reader_for,
	seat_as_seen,
)
from city_diplomacy.partnership_approvals.exceptions import ApprovalError
from city_diplomacy.partnership_approvals.ledger import entries as ledger
from city_diplomacy.partnership_approvals.notices import notify
from city_diplomacy.partnership_approvals.people import delegations
from city_diplomacy.partnership_approvals.people.names import full_names, other_name
from city_diplomacy.partnership_approvals.routing import planning
from city_diplomacy.partnership_approvals.routing.routed_doctypes import declared_routings, routing_of
from city_diplomacy.partnership_approvals.shapes import ClearanceRow, Document, RouteRow
from city_diplomacy.partnership_approvals.views import sent_back

CLEARANCE_FIELDS = (
	"name",
	"seat",
	"rule_key",
	"department",
	"put_to",
	"role",
	"basis",
	"why",
	"state",
	"decision",
	"decided_by",
	"decided_on",
	"due_date",
	"remarks",
	"conditions",
	"conditions_met",
	"evidence",
	"question",
	"answer",
	"recorded",
	"carried_over",
	"overridden",
	"acting_for",
	"forwarded_from",
	"snapshot",
	"round",
	"stage",
	"workflow_state",
	"co_reviewers_see",
)


def inbox(user: str) -> list[dict[str, Any]]:
	"""The open clearances put to `user`, and the questions waiting for their answer, the most urgent first.

	Each row: clearance, kind ("decide" or "answer"), seat, reference_doctype, reference_name, title,
	workflow_state, why, question, due, overdue, asked_on, round, state, url. Runs a fixed number of
	statements, however many rows there are.
	"""
	table = frappe.qb.DocType("Approval Clearance")
	rows: list[dict[str, Any]] = []
	for condition in put_to(table, user):
		rows += [{**row, "kind": "decide"} for row in inbox_query(table).where(condition).run(as_dict=True)]
	for query in questions_to(user):
		rows += [{**row, "kind": "answer"} for row in query.run(as_dict=True)]
	return inbox_rows(sorted(rows, key=urgency))


def urgency(row: Mapping[str, Any]) -> tuple[str, str]:
	"""By which the rows of an inbox are sorted: when they are due, then how long ago they were asked."""
	return str(row["due_date"] or "9999"), str(row["asked_on"])


def inbox_rows(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
	"""Rows of `inbox_query`, each with its kind, as the inbox shows them, in the order given."""
	titles = titles_of(rows)
	today = getdate(nowdate())
	return [
		{
			"clearance": row["name"],
			"kind": row["kind"],
			"seat": row["seat"],
			"reference_doctype": row["reference_doctype"],
			"reference_name": row["reference_name"],
			"title": titles.get((row["reference_doctype"], row["reference_name"]), row["reference_name"]),
			"workflow_state": row["workflow_state"],
			"why": row["why"],
			"question": row["question"],
			"due": row["due_date"],
			"overdue": is_overdue(row, today),
			"asked_on": row["asked_on"],
			"round": row["round"],
			"state": row["state"],
			"url": notify.clearance_url(row["name"]),
		}
		for row in rows
	]


def view(doc: Document) -> dict[str, Any]:
	"""The route, clearances and ledger of a document the signed-in person may read, as far as they may see them."""
	declared = routing_of(doc.doctype)
	route_row = frappe.db.get_value(
		"Approval Route",
		{"reference_doctype": doc.doctype, "reference_name": doc.name},
		["name", "policy", "round", "stage", "workflow_state", "outcome", "requested_by"],
		as_dict=True,
	)
	shown: dict[str, Any] = {
		"doctype": doc.doctype,
		"name": doc.name,
		"title": declared.title_of(doc),
		"state": declared.state_of(doc),
		"policy": route_row.policy if route_row else None,
		"round": route_row.round if route_row else 0,
		"outcome": route_row.outcome if route_row else None,
		"requested_by_name": get_fullname(route_row.requested_by) if route_row else None,
		"stages": [],
		"sent_back": None,
		"earlier_rounds": [],
		"ledger": {"entries": [], **ledger.verify(doc.doctype, doc.name, read_files=False)},
	}
	running = not route_row or (
		declared.is_running(route_row.workflow_state) and route_row.outcome == RouteOutcome.IN_PROGRESS
	)
	planned = _planned(doc, route_row.policy if route_row and route_row.stage else None) if running else ()
	to_come = [stage for stage in planned if not route_row or stage.number >= (route_row.stage or 0)]
	shown["needed_by"] = planning.back_plan(doc, to_come) if running else None
	if not route_row:
		shown["stages"] = _ahead(planned, after=0)
		return shown
	rows = frappe.get_all(
		"Approval Clearance",
		filters={"route": route_row.name},
		fields=list(CLEARANCE_FIELDS),
		order_by="round asc, stage asc, asked_on asc, seat asc",
		limit_page_length=0,
	)
	entries = ledger.entries_of(route_row.name)
	reader = reader_for(doc, route_row, rows, entries)
	visible = {row.name: seat_as_seen(row, reader) for row in rows}
	shown["stages"] = _current_stages(doc, route_row, rows, visible, planned)
	shown["sent_back"] = sent_back.why(doc, route_row, rows, visible, entries, reader)
	shown["earlier_rounds"] = _earlier_rounds(route_row, rows, visible)
	shown["ledger"]["entries"] = [entry_as_seen(row, visible.get(row.clearance), reader) for row in entries]
	return shown


def put_to(table: Any, user: str) -> list[Any]:
	"""Conditions for the open clearances put to a person: by name, or as who stands in; and by role. No clearance fits
	both, and each is answered by an index."""
	principals = delegations.principals_of(user)
	is_open = table.state.isin(OPEN)
	ways = [table.put_to.isin([user, *principals]) & is_open]
	roles = {role for person in (user, *principals) for role in frappe.get_roles(person)}
	roles -= {"All", "Guest", "Desk User"}
	if roles:
		nobody = table.put_to.isnull() | (table.put_to == "")
		ways.append(nobody & table.role.isin(sorted(roles)) & is_open)
	return ways


def questions_to(user: str) -> list[Any]:
	"""Queries, as `inbox_query`, for the questions that wait for a sponsor's answer, the most urgent first; one for
	each routed DocType."""
	queries = []
	for doctype, declared in declared_routings().items():
		sponsor_field = declared.sponsor_field
		if not sponsor_field:
			continue
		table, document = frappe.qb.DocType("Approval Clearance"), frappe.qb.DocType(doctype)
		queries.append(
			inbox_query(table)
			.join(document)
			.on((table.reference_doctype == doctype) & (table.reference_name == document.name))
			.where((table.state == ClearanceState.QUESTION_ASKED) & (document[sponsor_field] == user))
			.orderby(table.due_date.isnull())
			.orderby(table.due_date)
			.orderby(table.asked_on)
		)
	return queries


def inbox_query(table: Any) -> Any:
	"""What an inbox shows of clearances, of all of them."""
	return frappe.qb.from_(table).select(
		table.name,
		table.seat,
		table.reference_doctype,
		table.reference_name,
		table.workflow_state,
		table.why,
		table.question,
		table.due_date,
		table.asked_on,
		table.round,
		table.state,
	)


def titles_of(rows: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str], str]:
	"""The titles of the documents that rows refer to, by DocType and name; one statement for each DocType."""
	names: dict[str, set[str]] = defaultdict(set)
	for row in rows:
		names[row["reference_doctype"]].add(row["reference_name"])
	titles = {}
	for doctype, wanted in names.items():
		field = routing_of(doctype).title_field
		# A person asked about a document may know its title; nothing else of it is read here.
		for found in frappe.get_all(
			doctype, filters={"name": ["in", sorted(wanted)]}, fields=["name", field], limit_page_length=0
		):
			titles[(doctype, found.name)] = found.get(field) or found.name
	return titles


def _current_stages(
	doc: Document,
	route_row: RouteRow,
	rows: list[ClearanceRow],
	visible: dict[str, SeatAsSeen],
	planned: Collection[routing.Stage],
) -> list[dict[str, Any]]:
	"""This round as it stands: what was asked so far, then what lies ahead.

	A stage is "current", "next", "done", "refused" (somebody in it returned or objected) or "stopped" (the route broke
	off in it).
	"""
	declared = routing_of(doc.doctype)
	running = declared.is_running(route_row.workflow_state)
	by_stage: dict[int, list[ClearanceRow]] = defaultdict(list)
	for row in _latest_of_each_seat(route_row, rows):
		# A changed text leads back; stages beyond are ahead again, and say there whose answer still holds.
		if not running or row.stage <= route_row.stage:
			by_stage[row.stage].append(row)
	stages: list[dict[str, Any]] = [
		{
			"number": number,
			"state": members[0].workflow_state,
			"status": "current" if running and number == route_row.stage and _any_open(members) else "done",
			"seats": [visible[row.name] for row in members],
		}
		for number, members in sorted(by_stage.items())
	]
	for stage in stages:
		if (
			any(seat["decision"] in sent_back.REFUSALS for seat in stage["seats"])
			and stage["status"] == "done"
		):
			stage["status"] = "refused"
	broke_off = (declared.draft, declared.declined, declared.withdrawn)
	if stages and route_row.workflow_state in broke_off and stages[-1]["status"] == "done":
		stages[-1]["status"] = "stopped"
	if running and route_row.outcome == RouteOutcome.IN_PROGRESS:
		stages += _ahead(planned, after=route_row.stage or 0)
	return stages


def _latest_of_each_seat(route_row: RouteRow, rows: list[ClearanceRow]) -> list[ClearanceRow]:
	"""A seat asked again shows its last question; one who stood aside is shown beside who came after them."""
	of_round = [row for row in rows if row.round == route_row.round]
	last = {(row.stage, row.rule_key, row.seat): row.name for row in of_round}
	return [row for row in of_round if row.name in last.values() or row.decision == Decision.RECUSE]


def _earlier_rounds(
	route_row: RouteRow, rows: list[ClearanceRow], visible: dict[str, SeatAsSeen]
) -> list[dict[str, Any]]:
	rounds: dict[int, list[SeatAsSeen]] = defaultdict(list)
	for row in rows:
		if row.round < route_row.round:
			rounds[row.round].append(visible[row.name])
	return [{"round": number, "seats": seats} for number, seats in sorted(rounds.items(), reverse=True)]


def _planned(doc: Document, policy: str | None = None) -> Collection[routing.Stage]:
	"""The plan. A policy that no longer fits the document has none to show; starting says why."""
	try:
		return planning.plan(policy or planning.active_policy(doc.doctype), doc)
	except ApprovalError:
		frappe.clear_last_message()
		return ()


def _ahead(stages: Collection[routing.Stage], after: int) -> list[dict[str, Any]]:
	names = full_names(question.holder for stage in stages for question in stage.questions)
	return [
		{
			"number": stage.number,
			"state": stage.state,
			"status": "next",
			"seats": [
				{
					**dict.fromkeys(_EMPTY_SEAT),
					"seat": question.seat,
					"department": other_name(question.department, question.seat),
					"who": names[question.holder] if question.holder else question.role,
					"asked_as": str(question.basis),
					"why": question.rule.why,
					"state": "Not asked yet",
					"overdue": False,
					"recorded": False,
					"carried_over": False,
					"overridden": False,
					"yours": False,
				}
				for question in stage.questions
			],
		}
		for stage in stages
		if stage.number > after
	]


_EMPTY_SEAT = (
	"clearance",
	"decision",
	"decided_on",
	"decided_by_name",
	"acting_for_name",
	"due",
	"remarks",
	"conditions",
	"conditions_met",
	"file",
	"question",
	"answer",
)


def _any_open(rows: list[ClearanceRow]) -> bool:
	return any(row.state in OPEN for row in rows)
