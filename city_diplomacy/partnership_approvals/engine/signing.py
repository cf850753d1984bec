"""Signing: a cleared document comes into force, and what is signed is what was cleared."""

from collections.abc import Callable
from datetime import date, datetime

import frappe
from frappe import _
from frappe.utils import getdate, now_datetime

from city_diplomacy.domain.route.joins import FAVOURABLE
from city_diplomacy.domain.route.states import RouteOutcome
from city_diplomacy.partnership_approvals.engine import clearances, routes
from city_diplomacy.partnership_approvals.engine.route import Route
from city_diplomacy.partnership_approvals.exceptions import ApprovalError
from city_diplomacy.partnership_approvals.files import uploaded
from city_diplomacy.partnership_approvals.notices import moves, notify
from city_diplomacy.partnership_approvals.routing.routed_doctypes import hash_of
from city_diplomacy.partnership_approvals.shapes import Document

Enter = Callable[[Document, date], None]
"""Writes what the signature adds into a document, given the day on which the last seat cleared it."""


def sign(
	doctype: str,
	name: str,
	enter: Enter | None = None,
	evidence_sha256: str | None = None,
) -> Document:
	"""Everything is decided: the document comes into force. Returns the document.

	Raises ApprovalError unless it is ready, every condition is met, and the content is, by its hash, what
	was cleared. What `enter` adds is checked by itself: the declared signature fields, and days that follow from
	them.
	"""
	route = routes.lock_existing(doctype, name)
	routes.require_role(route.routing.signers, _("record the signature"))
	routes.require_state(route, route.routing.ready)
	doc = route.document()
	clearances.refuse_open_conditions(route)
	clearances.refuse_changed_content(route, doc)
	uploaded.refuse_changed_bytes(doc)
	if enter:
		enter(doc, last_cleared_on(route))
	digest = route.keep_in(doc, route.routing.signed)
	route.change(workflow_state=route.routing.signed, outcome=RouteOutcome.SIGNED, ended_on=now_datetime())
	route.record("Signed", content_hash=digest, evidence_sha256=evidence_sha256)
	route.store()
	doc = route.move_document(doc)
	if hash_of(doc) != digest:
		frappe.throw(
			_(
				"{0} would be stored with other content than was signed. Save it once before it is signed."
			).format(name),
			ApprovalError,
		)
	notify.tell_requester(route, doc, moves.IN_FORCE)
	return doc


def last_cleared_on(route: Route) -> date:
	"""The day on which the last answer a document stands on was given; `route` is a Route in hand.

	An answer that was carried over was given when its first row says, not when the engine carried it.
	"""
	given: dict[tuple[str, str, str | None], datetime] = {}
	for row in route.clearances:
		if row.decision in FAVOURABLE and row.decided_on and not row.carried_over:
			key = (row.rule_key, row.seat, row.decided_by)
			given[key] = max(row.decided_on, given.get(key, row.decided_on))
	days = (
		getdate(given.get((row.rule_key, row.seat, row.decided_by), row.decided_on))
		for row in route.clearances.favourable()
	)
	return max(days, default=date.min)
