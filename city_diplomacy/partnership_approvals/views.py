"""What people are shown of approvals: their inbox, and a document's route as far as each may see it."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import frappe
from frappe.utils import get_fullname, getdate, nowdate

from city_diplomacy.domain.routing import CoReviewersSee
from city_diplomacy.partnership_approvals import (
	clearances,
	delegations,
	ledger,
	notices,
	permissions,
	planning,
)
from city_diplomacy.partnership_approvals.exceptions import ApprovalError
from city_diplomacy.partnership_approvals.people import full_names
from city_diplomacy.partnership_approvals.routed_doctypes import routing_of

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
	"""The open clearances put to `user`, and the questions waiting for his answer, the most urgent first.

	Each row: clearance, kind ("decide" or "answer"), seat, reference_doctype, reference_name, title,
	workflow_state, why, question, due, overdue, asked_on, round, state, url. Runs a fixed number of
	statements, however many rows there are.
	"""
	rows = [{**row, "kind": "decide"} for row in _put_to(user)]
	rows += [{**row, "kind": "answer"} for row in _waiting_for_answer_of(user)]
	titles = _titles_of(rows)
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
			"overdue": _is_overdue(row, today),
			"asked_on": row["asked_on"],
			"round": row["round"],
			"state": row["state"],
			"url": notices.clearance_url(row["name"]),
		}
		for row in sorted(rows, key=lambda row: (str(row["due_date"] or "9999"), str(row["asked_on"])))
	]


def view(doc: Any) -> dict[str, Any]:
	"""The route, clearances and ledger of a document the signed-in person may read, as far as he may see them."""
	routing = routing_of(doc.doctype)
	route = frappe.db.get_value(
		"Approval Route",
		{"reference_doctype": doc.doctype, "reference_name": doc.name},
		["name", "policy", "round", "stage", "workflow_state", "outcome", "requested_by"],
		as_dict=True,
	)
	shown: dict[str, Any] = {
		"doctype": doc.doctype,
		"name": doc.name,
		"title": routing.title_of(doc),
		"state": routing.state_of(doc),
		"policy": route.policy if route else None,
		"round": route.round if route else 0,
		"outcome": route.outcome if route else None,
		"requested_by_name": get_fullname(route.requested_by) if route else None,
		"stages": [],
		"earlier_rounds": [],
		"ledger": {"entries": [], **ledger.verify(doc.doctype, doc.name)},
	}
	if not route:
		shown["stages"] = _planned_stages(doc, after=0)
		return shown
	rows = frappe.get_all(
		"Approval Clearance",
		filters={"route": route.name},
		fields=list(CLEARANCE_FIELDS),
		order_by="round asc, stage asc, asked_on asc, seat asc",
		limit_page_length=0,
	)
	entries = ledger.entries_of(route.name)
	reader = _reader(doc, route, rows, entries)
	visible = {row.name: _seat(row, reader) for row in rows}
	shown["stages"] = _current_stages(doc, route, rows, visible)
	shown["earlier_rounds"] = _earlier_rounds(route, rows, visible)
	shown["ledger"]["entries"] = [_entry(row, visible.get(row.clearance), reader) for row in entries]
	return shown


def _put_to(user: str) -> list[Any]:
	table = frappe.qb.DocType("Approval Clearance")
	principals = delegations.principals_of(user)
	asked = table.put_to.isin([user, *principals])
	roles = {role for person in (user, *principals) for role in frappe.get_roles(person)}
	roles -= {"All", "Guest", "Desk User"}
	if roles:
		asked |= (table.put_to.isnull() | (table.put_to == "")) & table.role.isin(sorted(roles))
	return _inbox_query(table).where(asked & table.state.isin(clearances.OPEN)).run(as_dict=True)


def _waiting_for_answer_of(user: str) -> list[Any]:
	found: list[Any] = []
	for doctype in permissions.routed_paths():
		sponsor_field = routing_of(doctype).sponsor_field
		if not sponsor_field:
			continue
		table, document = frappe.qb.DocType("Approval Clearance"), frappe.qb.DocType(doctype)
		found += (
			_inbox_query(table)
			.join(document)
			.on((table.reference_doctype == doctype) & (table.reference_name == document.name))
			.where((table.state == "Question Asked") & (document[sponsor_field] == user))
			.run(as_dict=True)
		)
	return found


def _inbox_query(table: Any) -> Any:
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


def _titles_of(rows: list[dict[str, Any]]) -> dict[tuple[str, str], str]:
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


def _sees_whole_record(doc: Any, route: Any, user: str) -> bool:
	answerable = routing_of(doc.doctype).people_answerable(doc) | {route.requested_by, "Administrator"}
	return user in answerable or bool(permissions.READS_WHOLE_RECORD & set(frappe.get_roles(user)))


@dataclass(frozen=True)
class _Reader:
	"""Who looks, and what is asked once for all rows he looks at."""

	user: str
	roles: frozenset[str]
	principals: frozenset[str]
	departments: frozenset[str]
	sees_all: bool
	names: dict[str, str]

	def is_asked(self, row: Any) -> bool:
		if row.put_to:
			return row.put_to == self.user or row.put_to in self.principals
		return (row.role or "") in self.roles

	def owns(self, row: Any) -> bool:
		"""Whether a clearance is his, or his department's, or was decided by him."""
		return self.is_asked(row) or (row.department or "") in self.departments or row.decided_by == self.user


def _reader(doc: Any, route: Any, rows: list[Any], entries: list[Any]) -> _Reader:
	user = frappe.session.user
	people = [row.put_to for row in rows] + [row.decided_by for row in rows]
	people += [row.acting_for for row in rows if "@" in (row.acting_for or "")]
	principals = delegations.principals_of(user)
	return _Reader(
		user=user,
		roles=frozenset(role for person in (user, *principals) for role in frappe.get_roles(person)),
		principals=frozenset(principals),
		departments=frozenset(permissions.departments_of(user)),
		sees_all=_sees_whole_record(doc, route, user),
		names=full_names([*people, *(entry.actor for entry in entries)]),
	)


def _seat(row: Any, reader: _Reader) -> dict[str, Any]:
	"""One clearance as this person may see it: his own whole, others' as their rule allows."""
	whole = reader.sees_all or reader.owns(row)
	allowed = CoReviewersSee.REMARKS if whole else CoReviewersSee(row.co_reviewers_see or "Decisions")
	decisions = allowed is not CoReviewersSee.NOTHING
	words = allowed is CoReviewersSee.REMARKS
	return {
		"clearance": row.name if whole else None,
		"seat": row.seat,
		"department": _other_name(row.department, row.seat),
		"who": _who(row, reader) if decisions else None,
		"asked_as": row.basis,
		"why": row.why,
		"state": row.state,
		"decision": row.decision if decisions else None,
		"decided_on": row.decided_on if decisions else None,
		"decided_by_name": reader.names.get(row.decided_by) if decisions else None,
		"due": row.due_date,
		"overdue": _is_overdue(row, getdate(nowdate())),
		"remarks": row.remarks if words else None,
		"conditions": row.conditions if words else None,
		"conditions_met": row.conditions_met if words else None,
		"question": row.question if words else None,
		"answer": row.answer if words else None,
		"recorded": bool(row.recorded),
		"carried_over": bool(row.carried_over),
		"overridden": bool(row.overridden),
		"acting_for_name": reader.names.get(row.acting_for, row.acting_for) if decisions else None,
		"yours": row.state in clearances.OPEN and reader.is_asked(row),
	}


def _other_name(department: str | None, seat: str) -> str | None:
	"""The department's plain name where the seat does not carry it already."""
	name = frappe.get_cached_value("Department", department, "department_name") if department else None
	return None if name == seat else name


def _who(row: Any, reader: _Reader) -> str:
	if row.put_to:
		return reader.names[row.put_to]
	return frappe._(row.role) if row.role else frappe._("nobody yet")


def _current_stages(doc: Any, route: Any, rows: list[Any], visible: dict[str, Any]) -> list[dict[str, Any]]:
	by_stage: dict[int, list[Any]] = defaultdict(list)
	for row in rows:
		if row.round == route.round:
			by_stage[row.stage].append(row)
	running = routing_of(doc.doctype).is_running(route.workflow_state)
	stages = [
		{
			"number": number,
			"state": members[0].workflow_state,
			"status": "current" if running and number == route.stage and _any_open(members) else "done",
			"seats": [visible[row.name] for row in members],
		}
		for number, members in sorted(by_stage.items())
	]
	if running and route.outcome == "In Progress":
		stages += _planned_stages(doc, after=route.stage or 0, policy=route.policy if route.stage else None)
	return stages


def _earlier_rounds(route: Any, rows: list[Any], visible: dict[str, Any]) -> list[dict[str, Any]]:
	rounds: dict[int, list[dict[str, Any]]] = defaultdict(list)
	for row in rows:
		if row.round < route.round:
			rounds[row.round].append(visible[row.name])
	return [{"round": number, "seats": seats} for number, seats in sorted(rounds.items(), reverse=True)]


def _planned_stages(doc: Any, after: int, policy: str | None = None) -> list[dict[str, Any]]:
	"""What lies ahead. A policy that no longer fits the document shows nothing here; starting says why."""
	try:
		stages = planning.plan(policy or planning.active_policy(doc.doctype), doc)
	except ApprovalError:
		frappe.clear_last_message()
		return []
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
					"department": _other_name(question.department, question.seat),
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
	"question",
	"answer",
)


def _entry(row: Any, seat: dict[str, Any] | None, reader: _Reader) -> dict[str, Any]:
	"""A ledger entry; its words only for those who may see the words of its clearance."""
	own = reader.sees_all or row.actor == reader.user
	hidden = seat is not None and seat["who"] is None and not own
	words = own or (seat is not None and seat["remarks"] is not None)
	return {
		"sequence": row.sequence,
		"event": row.event,
		"happened_on": row.happened_on,
		"actor_name": None if hidden else reader.names.get(row.actor),
		"acting_for": None if hidden else row.acting_for,
		"seat": row.seat,
		"decision": None if hidden else row.decision,
		"remarks": row.remarks if words else None,
		"entry_hash": row.entry_hash,
	}


def _any_open(rows: list[Any]) -> bool:
	return any(row.state in clearances.OPEN for row in rows)


def _is_overdue(row: Any, today: Any) -> bool:
	"""Late only while the question is with the person asked: the clock stands still while he waits for an answer."""
	return bool(row["due_date"]) and row["state"] == "Pending" and getdate(row["due_date"]) < today
