"""A clearance in hand: read with its locks, judged by who may act on it, changed beneath the document layer."""

from dataclasses import dataclass
from typing import NoReturn, TypedDict

import frappe
from frappe import _

from city_diplomacy.access import dispatch
from city_diplomacy.access.unknown import may_read
from city_diplomacy.domain.route import routing
from city_diplomacy.domain.route.states import ClearanceState
from city_diplomacy.partnership_approvals import words
from city_diplomacy.partnership_approvals.engine import routes, visibility
from city_diplomacy.partnership_approvals.engine.route import Route
from city_diplomacy.partnership_approvals.exceptions import ApprovalError, NotYourSeatError
from city_diplomacy.partnership_approvals.people import delegations
from city_diplomacy.partnership_approvals.routing import planning
from city_diplomacy.partnership_approvals.shapes import ClearanceRow


@dataclass(frozen=True)
class StandIn:
	"""For whom somebody answers, None in their own name, and by which delegations, None where none is needed."""

	principal: str | None = None
	authority: str | None = None


class Acted(TypedDict):
	"""What every act on a clearance returns: where the clearance and its document stand now."""

	clearance: str
	name: str
	state: str
	decision: str | None
	workflow_state: str
	message: str


def lock(clearance: str) -> tuple[Route, ClearanceRow]:
	"""A clearance with document, route and its own row locked, in that order; for the engine's own jobs.

	Raises DoesNotExistError when there is none. It says nothing about who may know of it.
	"""
	route, row = _locked(clearance)
	if not route or not row:
		frappe.throw(_("This clearance does not exist."), frappe.DoesNotExistError)
	return route, row


def lock_asked(clearance: str) -> tuple[Route, ClearanceRow, StandIn]:
	"""A clearance for who is asked, with document, route and its own row locked, in that order; see `stand_in`.

	Raises NotYourSeatError for everybody else. Whether it exists, whose it is and how it stands is told only to
	those who may know of it.
	"""
	route, row = _locked(clearance)
	answering = stand_in(route, row) if route and row else None
	if not route or not row or not answering:
		_refuse(row if _may_know(route, row) else None)
	return route, row, answering


def lock_known(clearance: str) -> tuple[Route, ClearanceRow]:
	"""A clearance for who may know of it, locked as by `lock_asked`; what they may do there is for the caller.

	Raises NotYourSeatError for everybody else, with the same words as where there is none.
	"""
	route, row = _locked(clearance)
	if not route or not row or not (_may_know(route, row) or stand_in(route, row)):
		_refuse(None)
	return route, row


def stand_in(route: Route, row: ClearanceRow) -> StandIn | None:
	"""For whom the signed-in person answers a clearance: for the one it was put to, in their own name; for whoever
	passed it on; for somebody who is away and whose delegate they are today. None when they are not asked."""
	user = frappe.session.user
	if user in ("Administrator", "Guest") or _stood_aside(route, row, user):
		return None
	if is_asked(row, user):
		return StandIn(row.forwarded_from or None)
	if found := delegations.found_for(row, user):
		return StandIn(found.principal, found.authority)
	return None


def require_asked(route: Route, row: ClearanceRow) -> StandIn:
	"""As `stand_in`, of a clearance the person may know of. Raises NotYourSeatError unless they are asked."""
	found = stand_in(route, row)
	if not found:
		_refuse(row)
	return found


def _locked(clearance: str) -> tuple[Route | None, ClearanceRow | None]:
	about = _document_of(clearance)
	if not about:
		return None, None
	route = routes.lock_existing(*about)
	return route, route.clearances.named(clearance)


def locked(clearance: str) -> ClearanceRow:
	"""One clearance alone, locked by its name, for who has its document and route locked already."""
	return frappe.db.get_value("Approval Clearance", clearance, "*", as_dict=True, for_update=True)


def _refuse(row: ClearanceRow | None) -> NoReturn:
	"""Raises NotYourSeatError; `row` is the clearance if the person may know of it."""
	frappe.throw(
		_("This question was put to {0}, not to you.").format(row.seat)
		if row
		else _("There is no question here that you may see."),
		NotYourSeatError,
	)


def _may_know(route: Route | None, row: ClearanceRow | None) -> bool:
	"""Whether the signed-in person answers for the document, or reads it and, of its record, this clearance."""
	if not route or not row:
		return False
	doc = route.document()
	if frappe.session.user in route.routing.people_answerable(doc):
		# A sponsor needs no role to be asked what a reviewer wants to know.
		return True
	if not may_read(doc.doctype, doc):
		return False
	if visibility.sees_whole_record(doc, route.row, frappe.session.user):
		return True
	clearance = frappe.get_doc({"doctype": "Approval Clearance", "name": row.name})
	return dispatch.may_see(clearance) is not False


def _document_of(clearance: str) -> tuple[str, str] | None:
	"""DocType and name of what a clearance is about, which never changes; None when there is no such clearance.

	Kept for the rest of the request: when it is done again after a conflict, its first statement is then a
	lock. A plain read before that fixes a snapshot, and MariaDB from 11.6 on refuses to lock a row that
	changed since, so that of many who decide at once somebody would see an error.
	"""
	known = frappe.flags.setdefault("documents_of_clearances", {})
	if clearance not in known:
		found = frappe.db.get_value("Approval Clearance", clearance, ["reference_doctype", "reference_name"])
		if not found:
			return None
		known[clearance] = found
	return known[clearance]


def is_asked(row: ClearanceRow, user: str) -> bool:
	"""Whether a clearance was put to a person, or to a role they have."""
	return row.put_to == user if row.put_to else bool(row.role) and row.role in frappe.get_roles(user)


def holds_office(rule: routing.Rule, row: ClearanceRow, user: str) -> bool:
	"""Whether a person is the one a rule means, even where they were passed over because they may not answer."""
	people = {row.put_to, rule.user}
	if row.department:
		directory = planning.SiteDirectory()
		people |= {directory.head_of(row.department), directory.acting_head_of(row.department)}
	return user in people or is_asked(row, user)


def _stood_aside(route: Route, row: ClearanceRow, user: str) -> bool:
	return any(one.decided_by == user for one in route.clearances.stood_aside(row.round, row.seat))


def refuse_closed(row: ClearanceRow) -> None:
	"""Raises ApprovalError when nothing is asked here any more."""
	if row.state == ClearanceState.DECIDED:
		frappe.throw(
			_("{0} has answered already: {1}, on {2}.").format(
				row.seat, _(row.decision or ""), frappe.utils.format_datetime(row.decided_on)
			),
			ApprovalError,
		)
	if row.state in (ClearanceState.WITHDRAWN, ClearanceState.REOPENED):
		frappe.throw(_("This question was taken back; nothing is asked of you here any more."), ApprovalError)


def bounded(text: str | None) -> str:
	"""Somebody's words as `words.take` answers them."""
	return words.take(text)


def rule_of(route: Route, row: ClearanceRow) -> routing.Rule:
	"""The rule by which a clearance was asked."""
	return next(rule for rule in planning.rules_of(route.row.policy) if rule.key == row.rule_key)


def answer_of(route: Route, row: ClearanceRow, decision: str | None = None) -> Acted:
	"""What every act on a clearance answers: where the clearance and its document stand now, in plain values."""
	state = route.state
	return {
		"clearance": row.name,
		"name": route.row.reference_name,
		"state": row.state,
		"decision": decision,
		"workflow_state": state,
		"message": _("Thank you. {0} is now in: {1}.").format(route.row.reference_name, _(state)),
	}
