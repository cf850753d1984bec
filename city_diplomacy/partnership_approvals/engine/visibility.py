"""What a person may see of others' clearances and of the ledger: their own whole, others' as their rule allows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypedDict

import frappe
from frappe.utils import getdate, nowdate

from city_diplomacy.domain.route.routing import CoReviewersSee
from city_diplomacy.domain.route.states import OPEN, ClearanceState
from city_diplomacy.partnership_approvals.people import delegations
from city_diplomacy.partnership_approvals.people.names import full_names, other_name
from city_diplomacy.partnership_approvals.routing import permissions
from city_diplomacy.partnership_approvals.routing.routed_doctypes import routing_of
from city_diplomacy.partnership_approvals.shapes import ClearanceRow, Document, EntryRow, RouteRow


class SeatAsSeen(TypedDict):
	"""One clearance as a person may see it; None for what they may not."""

	clearance: str | None
	seat: str
	department: str | None
	who: str | None
	asked_as: str
	why: str | None
	state: str
	decision: str | None
	decided_on: datetime | None
	decided_by_name: str | None
	due: date | None
	overdue: bool
	remarks: str | None
	conditions: str | None
	conditions_met: str | None
	file: str | None
	question: str | None
	answer: str | None
	recorded: bool
	carried_over: bool
	overridden: bool
	acting_for_name: str | None
	yours: bool


class EntryAsSeen(TypedDict):
	"""One entry of a ledger as a person may see it; None for what they may not."""

	sequence: int
	event: str
	happened_on: datetime
	actor_name: str | None
	acting_for: str | None
	seat: str | None
	decision: str | None
	remarks: str | None
	words_removed: str | None
	entry_hash: str


@dataclass(frozen=True)
class Reader:
	"""Who looks, and what is asked once for all rows they look at."""

	user: str
	roles: frozenset[str]
	principals: frozenset[str]
	departments: frozenset[str]
	sees_all: bool
	names: dict[str, str]
	rows: tuple[ClearanceRow, ...] = ()

	def name_of(self, person: str | None) -> str | None:
		"""The full name of an account; None of nobody, and of what is no account."""
		return self.names.get(person) if person else None

	def is_asked(self, row: ClearanceRow) -> bool:
		if row.put_to:
			return row.put_to == self.user or row.put_to in self.principals
		return (row.role or "") in self.roles

	def owns(self, row: ClearanceRow) -> bool:
		"""Whether a clearance is theirs, or their department's, or was decided by them."""
		return self.is_asked(row) or (row.department or "") in self.departments or row.decided_by == self.user

	@cached_property
	def hidden_people(self) -> frozenset[str]:
		"""Who answers for seats that show this reader nothing: the last of them also opened the next stage."""
		hidden = (row for row in self.rows if not _may_see_decision(row, self))
		return frozenset(person for row in hidden for person in (row.put_to, row.decided_by) if person)


def reader_for(
	doc: Document, route_row: RouteRow, rows: list[ClearanceRow], entries: list[EntryRow]
) -> Reader:
	user = frappe.session.user
	people = [row.put_to for row in rows] + [row.decided_by for row in rows]
	people += [row.acting_for for row in rows if "@" in (row.acting_for or "")]
	principals = delegations.principals_of(user)
	return Reader(
		user=user,
		roles=frozenset(role for person in (user, *principals) for role in frappe.get_roles(person)),
		principals=frozenset(principals),
		departments=frozenset(permissions.departments_of(user)),
		sees_all=sees_whole_record(doc, route_row, user),
		names=full_names([*people, *(entry.actor for entry in entries)]),
		rows=tuple(rows),
	)


def _allowed(row: ClearanceRow, reader: Reader) -> CoReviewersSee:
	if reader.sees_all or reader.owns(row):
		return CoReviewersSee.REMARKS
	return CoReviewersSee(row.co_reviewers_see or CoReviewersSee.DECISIONS)


def _may_see_decision(row: ClearanceRow, reader: Reader) -> bool:
	return _allowed(row, reader) is not CoReviewersSee.NOTHING


def seat_as_seen(row: ClearanceRow, reader: Reader) -> SeatAsSeen:
	"""One clearance as this person may see it: their own whole, others' as their rule allows."""
	whole = reader.sees_all or reader.owns(row)
	allowed = _allowed(row, reader)
	decisions = allowed is not CoReviewersSee.NOTHING
	words = allowed is CoReviewersSee.REMARKS
	return {
		"clearance": row.name if whole else None,
		"seat": row.seat,
		"department": other_name(row.department, row.seat),
		"who": _who(row, reader) if decisions else None,
		"asked_as": row.basis,
		"why": row.why,
		"state": row.state,
		"decision": row.decision if decisions else None,
		"decided_on": row.decided_on if decisions else None,
		"decided_by_name": reader.name_of(row.decided_by) if decisions else None,
		"due": row.due_date,
		"overdue": is_overdue(row, getdate(nowdate())),
		"remarks": row.remarks if words else None,
		"conditions": row.conditions if words else None,
		"conditions_met": row.conditions_met if words else None,
		"file": row.evidence if words else None,
		"question": row.question if words else None,
		"answer": row.answer if words else None,
		"recorded": bool(row.recorded),
		"carried_over": bool(row.carried_over),
		"overridden": bool(row.overridden),
		"acting_for_name": (reader.name_of(row.acting_for) or row.acting_for) if decisions else None,
		"yours": row.state in OPEN and reader.is_asked(row),
	}


def _who(row: ClearanceRow, reader: Reader) -> str:
	if row.put_to:
		return reader.names[row.put_to]
	return frappe._(row.role) if row.role else frappe._("nobody yet")


def entry_as_seen(row: EntryRow, seat: SeatAsSeen | None, reader: Reader) -> EntryAsSeen:
	"""A ledger entry; its words only for those who may see the words of its clearance."""
	own = reader.sees_all or row.actor == reader.user
	hidden = not own and (seat["who"] is None if seat else row.actor in reader.hidden_people)
	words = own or (seat is not None and seat["remarks"] is not None)
	return {
		"sequence": row.sequence,
		"event": row.event,
		"happened_on": row.happened_on,
		"actor_name": None if hidden else reader.name_of(row.actor),
		"acting_for": None if hidden else row.acting_for,
		"seat": row.seat,
		"decision": None if hidden else row.decision,
		"remarks": row.remarks if words else None,
		"words_removed": row.words_removed,
		"entry_hash": row.entry_hash,
	}


def sees_whole_record(doc: Document, route_row: RouteRow, user: str) -> bool:
	"""Whether a reader of the document sees every clearance and entry of it: who prepared it, and the office."""
	answerable = routing_of(doc.doctype).people_answerable(doc) | {route_row.requested_by, "Administrator"}
	return user in answerable or bool(permissions.READS_WHOLE_RECORD & set(frappe.get_roles(user)))


def is_overdue(row: Mapping[str, Any] | ClearanceRow, today: date) -> bool:
	"""Late only while the question is with the person asked: the clock stands still while they wait for an answer."""
	return (
		bool(row["due_date"]) and row["state"] == ClearanceState.PENDING and getdate(row["due_date"]) < today
	)
