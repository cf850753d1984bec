"""A clearance in hand: taken with its locks, judged by who may act on it, changed beneath the document layer."""

from typing import Any

import frappe
from frappe import _

from city_diplomacy.domain import joins
from city_diplomacy.partnership_approvals import delegations, planning, routes, words
from city_diplomacy.partnership_approvals.clearance_rows import CLEARANCE, locked_rows
from city_diplomacy.partnership_approvals.exceptions import ApprovalError, NotYourSeatError


def take(clearance: str) -> tuple[routes.Route, Any]:
	"""The clearance with document, route and its own row locked, in that order.

	Raises DoesNotExistError when there is none.
	"""
	doctype, name = _document_of(clearance)
	route = routes.lock_existing(doctype, name)
	row = frappe.db.get_value("Approval Clearance", clearance, "*", as_dict=True, for_update=True)
	return route, row


def _document_of(clearance: str) -> tuple[str, str]:
	"""DocType and name of what a clearance is about, which never changes.

	Kept for the rest of the request: when it is done again after a conflict, its first statement is then a
	lock. A plain read before that fixes a snapshot, and MariaDB from 11.6 on refuses to lock a row that
	changed since, so that of many who decide at once somebody would see an error.
	"""
	known = frappe.flags.setdefault("documents_of_clearances", {})
	if clearance not in known:
		found = frappe.db.get_value("Approval Clearance", clearance, ["reference_doctype", "reference_name"])
		if not found:
			frappe.throw(_("This clearance does not exist."), frappe.DoesNotExistError)
		known[clearance] = found
	return known[clearance]


def change(row: Any, **values: Any) -> None:
	"""Write columns of a clearance whose row is locked."""
	frappe.db.set_value("Approval Clearance", row.name, values)
	row.update(values)


def acting_for(row: Any) -> str | None:
	"""For whom the signed-in person answers this clearance: None in his own name.

	Raises NotYourSeatError unless it was put to him, to his role, or to somebody who is away and whose
	delegate he is today.
	"""
	user = frappe.session.user
	if user not in ("Administrator", "Guest") and not _stood_aside(row, user):
		if is_asked(row, user):
			return row.forwarded_from or None
		if principal := delegations.principal_for(row, user):
			return principal
	frappe.throw(_("This question was put to {0}, not to you.").format(row.seat), NotYourSeatError)


def is_asked(row: Any, user: str) -> bool:
	"""Whether a clearance was put to a person, or to a role he has."""
	return row.put_to == user if row.put_to else bool(row.role) and row.role in frappe.get_roles(user)


def holds_office(rule: Any, row: Any, user: str) -> bool:
	"""Whether a person is the one a rule means, even where he was passed over because he may not answer."""
	people = {row.put_to, rule.user}
	if row.department:
		directory = planning.SiteDirectory()
		people |= {directory.head_of(row.department), directory.acting_head_of(row.department)}
	return user in people or is_asked(row, user)


def _stood_aside(row: Any, user: str) -> bool:
	recused = (
		(CLEARANCE.round == row.round)
		& (CLEARANCE.seat == row.seat)
		& (CLEARANCE.decision == joins.Decision.RECUSE.value)
		& (CLEARANCE.decided_by == user)
	)
	return bool(locked_rows(row.route, ("name",), recused))


def refuse_closed(row: Any) -> None:
	"""Raises ApprovalError when nothing is asked here any more."""
	if row.state == "Decided":
		frappe.throw(
			_("{0} has answered already: {1}, on {2}.").format(
				row.seat, _(row.decision), frappe.utils.format_datetime(row.decided_on)
			),
			ApprovalError,
		)
	if row.state in ("Withdrawn", "Reopened"):
		frappe.throw(_("This question was taken back; nothing is asked of you here any more."), ApprovalError)


def bounded(text: str | None) -> str:
	"""Somebody's words as `words.take` answers them."""
	return words.take(text)


def rule_of(route: routes.Route, row: Any) -> Any:
	"""The rule by which a clearance was asked."""
	return next(rule for rule in planning.rules_of(route.row.policy) if rule.key == row.rule_key)


def answer_of(route: routes.Route, row: Any, decision: str | None = None) -> dict[str, Any]:
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
