"""Agreements in force: signing, changing their standing, and letting the calendar end them."""

from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.utils import add_days, getdate, nowdate

from city_diplomacy.domain.calendar.partial_dates import Precision
from city_diplomacy.domain.calendar.terms import expiry_date
from city_diplomacy.domain.route.states import WorkflowState
from city_diplomacy.partnership_approvals.engine import decide, route_batch, routes, signing
from city_diplomacy.partnership_approvals.exceptions import ApprovalError
from city_diplomacy.partnership_approvals.native.jobs import enqueue_batches, enqueue_each, logging_refusal
from city_diplomacy.partnership_approvals.native.retry import retry_on_conflict
from city_diplomacy.partnerships.agreements import relationship_stages, signature_days
from city_diplomacy.partnerships.agreements.mou_routing import IN_FORCE
from city_diplomacy.partnerships.exceptions import SignedCopyMissingError
from city_diplomacy.registers.languages import site_language

# Earlier than any date in the registers.
FIRST_DAY = date(1000, 1, 1)


def sign(agreement: str, signed_on: str, signed_copy: str | None = None) -> Any:
	"""Record that an agreement was signed and bring it into force; answers the document.

	`signed_on` lies between the last clearance and today; signatories without a date of their own get it, and
	theirs lie there too. `signed_copy` is the URL of the uploaded instrument. The term runs from the effective date,
	or from the signature. Raises SignedCopyMissingError without a copy where the agreement's type asks for one.
	"""
	day = getdate(signed_on)
	if day is None or day > getdate(nowdate()):
		frappe.throw(_("Give the day it was signed; it cannot lie in the future."), ApprovalError)
	route = routes.lock_existing("MOU", agreement)
	routes.require_role(route.routing.signers, _("record the signature"))
	if not signed_copy:
		_refuse_without_copy(agreement)
	digest = decide.evidence_digest(signed_copy, "Approval Route", route.row.name) if signed_copy else None

	def enter(doc: Any, cleared: date) -> None:
		doc.signed_on, doc.signed_precision = day, Precision.DAY
		doc.effective_date = doc.effective_date or day
		if doc.term_months and not doc.expiry_date:
			doc.expiry_date = expiry_date(getdate(doc.effective_date), doc.term_months)
		doc.signed_copy = signed_copy or doc.signed_copy
		for row in doc.signatories:
			row.signed_on = row.signed_on or day
		signature_days.refuse_outside(doc, cleared)

	doc = signing.sign("MOU", agreement, enter, evidence_sha256=digest)
	_supersede(doc)
	relationship_stages.follow_signature(doc)
	return doc


def _refuse_without_copy(agreement: str) -> None:
	kind = frappe.db.get_value("MOU", agreement, "agreement_type")
	if frappe.get_cached_value("Agreement Type", kind, "copy_at_signature"):
		frappe.throw(
			_(
				"Attach the signed copy: the signature of an agreement of the type {0} is recorded with the instrument "
				"as signed. Whether it must is set in the Agreement Type."
			).format(kind),
			SignedCopyMissingError,
		)


def _supersede(doc: Any) -> None:
	"""The agreement this one takes the place of stops being in force."""
	if not doc.supersedes:
		return
	route = routes.lock("MOU", doc.supersedes)
	if not route or route.state not in (*IN_FORCE, WorkflowState.EXPIRED):
		return
	frappe.db.set_value("MOU", doc.supersedes, "superseded_by", doc.name)
	routes.record_standing(
		route, WorkflowState.SUPERSEDED, _("Superseded by {0}.", site_language()).format(doc.name)
	)


def expire_agreements() -> None:
	"""Nightly: jobs for the agreements whose last day has passed, in batches."""
	# A lower bound leaves out those without a last day.
	passed = ["between", [FIRST_DAY, add_days(nowdate(), -1)]]
	due = frappe.get_all(
		"MOU",
		filters={"workflow_state": WorkflowState.ACTIVE, "docstatus": 1, "expiry_date": passed},
		pluck="name",
		order_by="name asc",
		limit_page_length=0,
	)
	enqueue_batches(f"{__name__}.expire_batch", "agreements", due)


@retry_on_conflict
def expire_batch(agreements: list[str]) -> None:
	"""A job: of these agreements, those whose last day has passed become Expired, in their ledgers, once.

	One that somebody has in hand gets a job of its own, which waits for it.
	"""
	batch = route_batch.RouteBatch("MOU")
	for agreement in agreements:
		route = batch.lock(agreement)
		if route:
			_expire(route, route.stored.expiry_date)
	batch.store()
	enqueue_each(f"{__name__}.expire", "agreement", batch.in_hand)


@retry_on_conflict
def expire(agreement: str) -> None:
	"""A job: an agreement whose last day has passed becomes Expired, in the ledger, once; a refusal is logged."""
	with logging_refusal(_("{0} could not be expired").format(agreement), "MOU", agreement):
		route = routes.lock("MOU", agreement)
		if route:
			_expire(route, frappe.db.get_value("MOU", agreement, "expiry_date", for_update=True))


def _expire(route: routes.Route, last_day: date | None) -> None:
	if route.state == WorkflowState.ACTIVE and last_day and getdate(last_day) < getdate(nowdate()):
		routes.record_standing(route, WorkflowState.EXPIRED, _("Its term ended.", site_language()))
