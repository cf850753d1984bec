"""Routes and every way they move: locked, begun, sent back, given up; see `engine.route` for one in hand.

Every change of a route happens with the document's row and then the route's row locked, always in that
order (Frappe's own save locks the document first), so that saving and deciding never wait for each other
in a circle. Once they are locked, whatever decides something is read with locks too: under REPEATABLE READ
a plain read would show the world as it was when the request began.
"""

from typing import Any

import frappe
from frappe import _
from frappe.utils import now_datetime

from city_diplomacy.domain.route import joins, routing
from city_diplomacy.domain.route.states import RouteOutcome
from city_diplomacy.partnership_approvals import words
from city_diplomacy.partnership_approvals.engine import advance, clearances, separation
from city_diplomacy.partnership_approvals.engine.route import COLUMNS, Route
from city_diplomacy.partnership_approvals.exceptions import ApprovalError
from city_diplomacy.partnership_approvals.notices import moves, notify
from city_diplomacy.partnership_approvals.routing import pinned_policies, planning, preparers
from city_diplomacy.partnership_approvals.routing.routed_doctypes import require_routed
from city_diplomacy.partnership_approvals.shapes import Document, RouteRow


def lock(doctype: str, name: str) -> Route | None:
	"""The route of a document with document and route locked; None for a document that has none yet."""
	if not frappe.db.get_value(doctype, name, "name", for_update=True):
		frappe.throw(
			_("{0} {1} does not exist.").format(_(doctype), name), frappe.DoesNotExistError(doctype=doctype)
		)
	row = locked_row(doctype, name)
	return Route(row) if row else None


def locked_row(doctype: str, name: str) -> RouteRow | None:
	"""The row of the route of a document that is locked, itself locked now; None where it has none."""
	return frappe.db.get_value(
		"Approval Route",
		{"reference_doctype": doctype, "reference_name": name},
		COLUMNS,
		as_dict=True,
		for_update=True,
	)


def unlocked(name: str) -> Route:
	"""A route as it is now, by its own name: for a page that shows where it stands and writes nothing."""
	return Route(frappe.db.get_value("Approval Route", name, COLUMNS, as_dict=True))


def lock_existing(doctype: str, name: str) -> Route:
	"""As `lock`, for what needs a route. Raises ApprovalError when the document has not set out."""
	route = lock(doctype, name)
	if not route:
		frappe.throw(
			_("{0} has not been submitted for intake yet, so there is nothing to decide.").format(name),
			ApprovalError,
		)
	return route


def open_route(doctype: str, name: str, state: str, **values: Any) -> Route:
	"""Begin the one route a document ever has; its unique index refuses a second."""
	row = frappe._dict(
		name=frappe.generate_hash(length=16),
		reference_doctype=doctype,
		reference_name=name,
		workflow_state=state,
		round=0,
		stage=0,
		ledger_count=0,
		ledger_head="",
		requested_by=frappe.session.user,
		started_on=now_datetime(),
		**{"outcome": RouteOutcome.IN_PROGRESS, **values},
	)
	frappe.get_doc({"doctype": "Approval Route", **row}).db_insert()
	return Route(row)


def submit_for_intake(doc: Document) -> None:
	"""Open or reopen the route of a draft whose author hands it to the office. Called while `doc` is saved.

	Raises ApprovalError when the person may not, or when the document says what is missing.
	"""
	routing = require_routed(doc.doctype)
	require_role(routing.requesters, _("submit this for intake"))
	if hasattr(doc, "check_ready_for_intake"):
		doc.check_ready_for_intake()
	route = lock(doc.doctype, doc.name)
	if route:
		route.change(
			workflow_state=routing.intake, outcome=RouteOutcome.IN_PROGRESS, requested_by=frappe.session.user
		)
	else:
		route = open_route(doc.doctype, doc.name, routing.intake)
	route.record_text("Submitted for Intake", doc)
	separation.record_preparation(route, preparers.will_have_prepared(doc))
	route.store()


def start(doctype: str, name: str) -> Route:
	"""Intake is complete: pin the active policy, begin a round and put the first stage's questions."""
	route = lock_existing(doctype, name)
	require_role(route.routing.requesters, _("start clearance"))
	require_state(route, route.routing.intake)
	doc = route.document()
	if hasattr(doc, "check_intake_complete"):
		doc.check_intake_complete()
	route.change(
		policy=planning.active_policy(doctype),
		round=(route.row.round or 0) + 1,
		stage=0,
		requested_by=frappe.session.user,
	)
	route.record_text("Clearance Started", doc, rules=pinned_policies.parts_of(route.row.policy))
	barred = preparers.prepared_by(route.row)
	advance.refuse_unanswerable(planning.plan(route.row.policy, doc, barred=barred), barred)
	advance.advance(route, doc)
	return route


def follow_answer(route: Route) -> None:
	"""After an answer: let the stage end, and the route go on, back or out, if its join is complete."""
	outcome, if_refused = clearances.outcome_and_refusal(route)
	if not outcome.is_final:
		route.store()
		return
	if outcome is joins.Outcome.PASSED:
		advance.advance(route, route.document())
		return
	clearances.withdraw_open(route)
	if outcome is joins.Outcome.REFUSED and if_refused == routing.IfRefused.DECLINE:
		_end(route, route.routing.declined, RouteOutcome.DECLINED, "Declined")
	else:
		_back_to_draft(route, None)


def send_back(doctype: str, name: str, reason: str) -> Route:
	"""The office or the sponsor takes a running document back to its draft, with a reason."""
	route = lock_existing(doctype, name)
	_require_office_or_sponsor(route)
	if not route.routing.is_running(route.state):
		frappe.throw(
			_("{0} is {1}; there is nothing to send back.").format(name, _(route.state)), ApprovalError
		)
	reason = require_words(reason, _("Say why it goes back to draft."))
	clearances.withdraw_open(route)
	_back_to_draft(route, reason)
	return route


def withdraw(doctype: str, name: str, reason: str) -> Route:
	"""Give up a document that has set out and is not signed, with a reason; it stays on record."""
	route = lock_existing(doctype, name)
	_require_office_or_sponsor(route)
	if route.state != route.routing.draft and not route.routing.is_running(route.state):
		frappe.throw(_("{0} is {1} and cannot be withdrawn.").format(name, _(route.state)), ApprovalError)
	reason = require_words(reason, _("Say why it is withdrawn."))
	clearances.withdraw_open(route)
	_end(route, route.routing.withdrawn, RouteOutcome.WITHDRAWN, "Withdrawn", reason)
	return route


def change_standing(doctype: str, name: str, state: str, reason: str) -> Route:
	"""Move a document in force between its standings (suspended, expired, …), with a reason."""
	route = lock_existing(doctype, name)
	require_role(route.routing.managers, _("change the standing of what is signed"))
	if state == route.state:
		frappe.throw(_("{0} is {1} already.").format(name, _(state)), ApprovalError)
	if state not in route.routing.standing_changes.get(route.state, ()):
		frappe.throw(
			_("{0} stands in {1} and cannot become {2}.").format(name, _(route.state), _(state)),
			ApprovalError,
		)
	record_standing(route, state, require_words(reason, _("Say why its standing changes.")))
	return route


def record_standing(route: Route, state: str, reason: str) -> None:
	"""Write a change of standing that is already allowed, such as the nightly job's "Expired"."""
	route.change(workflow_state=state)
	route.record("Standing Changed", reason)
	route.store()
	route.move_document()


def require_role(roles: tuple[str, ...], what: str) -> None:
	"""Raises PermissionError unless the signed-in person has one of the roles."""
	if not set(roles) & set(frappe.get_roles()):
		frappe.throw(
			_("You need one of these roles to {0}: {1}.").format(what, ", ".join(_(role) for role in roles)),
			frappe.PermissionError,
		)


def require_words(text: str | None, sentence: str) -> str:
	"""Somebody's words as `words.require` answers them."""
	return words.require(text, sentence)


def require_state(route: Route, state: str) -> None:
	"""Raises ApprovalError unless a route stands in a state."""
	if route.state != state:
		frappe.throw(
			_("{0} is in {1}; this can be done in {2} only. Reload to see what happened.").format(
				route.row.reference_name, _(route.state), _(state)
			),
			ApprovalError,
		)


def _require_office_or_sponsor(route: Route) -> None:
	if set(route.routing.requesters) & set(frappe.get_roles()):
		return
	if frappe.session.user not in route.routing.people_answerable(route.document()):
		frappe.throw(
			_("Only the international-affairs office or the sponsor can take {0} back.").format(
				route.row.reference_name
			),
			frappe.PermissionError,
		)


def _back_to_draft(route: Route, reason: str | None) -> None:
	route.change(workflow_state=route.routing.draft, outcome=RouteOutcome.IN_PROGRESS, stage=0)
	route.record("Returned to Draft", reason)
	route.store()
	notify.tell_requester(route, route.move_document(), moves.BACK_IN_DRAFT)


def _end(route: Route, state: str, outcome: str, event: str, reason: str | None = None) -> None:
	route.change(workflow_state=state, outcome=outcome, ended_on=now_datetime())
	route.record(event, reason)
	route.store()
	notify.tell_requester(route, route.move_document(), moves.ENDED, state=state)
