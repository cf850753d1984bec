"""No way around: what every save, submit, rename and deletion of a routed document passes through.

Bound under `doc_events` for each routed DocType. The rule is one sentence: a document stands in the state
its route stands in, and only the engine writes routes. Stored values are judged, never the copy a client
sent, and once more after the write, because the native workflow changes the state after validation.
"""

from typing import Any

import frappe
from frappe import _

from city_diplomacy.domain.record.content import changed_fields
from city_diplomacy.partnership_approvals.engine import advance, routes, separation
from city_diplomacy.partnership_approvals.engine.route import Route
from city_diplomacy.partnership_approvals.exceptions import ApprovalBypassError
from city_diplomacy.partnership_approvals.routing.routed_doctypes import (
	RoutedDoctype,
	content_of,
	is_routed,
	routing_of,
)
from city_diplomacy.partnership_approvals.shapes import Document


def check_move(doc: Document, method: str | None = None) -> None:
	"""Before a document is written: no step may be skipped, and what people read may not change under them.

	Raises ApprovalBypassError. The one move a person makes on the document itself is handing a draft to
	the office; it begins (or resumes) the route.
	"""
	if _left_alone(doc):
		return
	routing = routing_of(doc.doctype)
	state = routing.state_of(doc)
	if doc.is_new():
		_refuse_unless(doc, state == routing.draft and doc.docstatus.is_draft(), routing.draft)
		return
	route = _route_of(doc)
	expected = route.state if route else routing.draft
	if (
		state != expected
		and (expected, state) == (routing.draft, routing.intake)
		and doc.docstatus.is_draft()
	):
		routes.submit_for_intake(doc)
		return
	_refuse_unless(
		doc, state == expected and doc.docstatus.is_submitted() == routing.is_submitted(state), expected
	)
	_refuse_changed_content(doc, routing, state)
	if doc.flags.moved_by_route:
		_leave_no_name(doc)
	if doc.flags.ignore_permissions:
		# The native check of a transition reads the stored copy in the name of whoever decides; somebody who is
		# asked for their office alone, without a role, moves the document all the same.
		doc.get_doc_before_save().flags.ignore_permissions = True


def check_outcome(doc: Document, method: str | None = None) -> None:
	"""After a document was written: it must stand where its route stands. Raises ApprovalBypassError.

	Then the answers given so far follow what was changed in it.
	"""
	if _left_alone(doc):
		return
	routing = routing_of(doc.doctype)
	route = _route_of(doc)
	expected = route.state if route else routing.draft
	state = routing.state_of(doc)
	_refuse_unless(
		doc, state == expected and doc.docstatus.is_submitted() == routing.is_submitted(state), expected
	)
	before = doc.get_doc_before_save()
	# What the engine itself writes with a move, such as the day of the signature, it has entered in the ledger.
	if route and before and method == "on_update" and not doc.flags.moved_by_route:
		_follow_change(route, doc, before)


def _follow_change(route: Route, doc: Document, before: Document) -> None:
	sponsor_field = route.routing.sponsor_field
	if sponsor_field and doc.get(sponsor_field) != before.get(sponsor_field):
		separation.record_preparation(route, {doc.get(sponsor_field)} - {None, ""})
		route.store()
	if changed_fields(content_of(before), content_of(doc)):
		advance.follow_change(route, doc, before, doc.flags.adoption)


def refuse_cancel(doc: Document, method: str | None = None) -> None:
	"""A routed document is never cancelled, amended or discarded; it is withdrawn or terminated."""
	if _left_alone(doc):
		return
	frappe.throw(
		_("{0} cannot be cancelled or discarded. Withdraw it, or change its standing, with a reason.").format(
			doc.name
		),
		ApprovalBypassError,
	)


def refuse_rename(doc: Document, method: str | None = None, *names: Any) -> None:
	"""The ledger knows the document by its name."""
	if _has_route(doc):
		frappe.throw(
			_("{0} has an approval record and keeps its name.").format(doc.name), ApprovalBypassError
		)


def refuse_trash(doc: Document, method: str | None = None) -> None:
	"""A draft nobody has seen may be deleted; what has set out stays on record."""
	if _left_alone(doc):
		return
	if _has_route(doc) or not doc.docstatus.is_draft():
		frappe.throw(
			_("{0} has an approval record and cannot be deleted. Withdraw it, with a reason.").format(
				doc.name
			),
			ApprovalBypassError,
		)


def _leave_no_name(doc: Document) -> None:
	"""Whoever answered last moved the document and did not edit it; some may not know who it was."""
	stored = doc.get_doc_before_save()
	for part in (doc, *doc.get_all_children()):
		part.modified_by = stored.modified_by


def _route_of(doc: Document) -> Route | None:
	"""The route of a document that is being saved: the one in the hand of the engine that moves it, else as stored."""
	return doc.flags.moved_by_route or routes.lock(doc.doctype, doc.name)


def _left_alone(doc: Document) -> bool:
	"""Whether a document is none of the engine's: its DocType is switched off, and it never set out."""
	if is_routed(doc.doctype):
		return False
	where = {"reference_doctype": doc.doctype, "reference_name": doc.name or ""}
	return not frappe.db.exists("Approval Route", where)


def _has_route(doc: Document) -> bool:
	return routes.lock(doc.doctype, doc.name) is not None


def _refuse_unless(doc: Document, allowed: bool, expected: str) -> None:
	if not allowed:
		frappe.throw(
			_(
				"{0} is in {1}. It moves on when the people asked have decided, and cannot be set by hand."
			).format(doc.get("title") or doc.name or _(doc.doctype), _(expected)),
			ApprovalBypassError,
		)


def _is_the_engines(doc: Document, stored: Document, routing: RoutedDoctype, state: str) -> bool:
	"""Whether the content is written by an act that enters it in the ledger: the signature, or a change of what is
	signed. Flags never come from a client."""
	is_signing = doc.flags.moved_by_route and not routing.is_signed(routing.state_of(stored))
	return routing.is_signed(state) and bool(is_signing or doc.flags.changing_signed)


def _refuse_changed_content(doc: Document, routing: RoutedDoctype, state: str) -> None:
	"""What is in force, or at an end, says what it said; while people clear it, their answers follow the text."""
	stored = doc.get_doc_before_save()
	if stored is None or routing.text_may_change(state) or _is_the_engines(doc, stored, routing, state):
		return
	changed = changed_fields(content_of(stored), content_of(doc))
	if changed:
		labels = ", ".join(_(doc.meta.get_label(field)) for field in changed)
		frappe.throw(
			_("{0} is {1}; its text cannot be changed any more: {2}.").format(doc.name, _(state), labels),
			ApprovalBypassError,
		)
