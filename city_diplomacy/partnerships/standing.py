"""Agreements in force: signing, changing their standing, and letting the calendar end them."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate, nowdate

from city_diplomacy.domain.terms import expiry_date
from city_diplomacy.partnership_approvals import decisions, routes
from city_diplomacy.partnership_approvals.exceptions import ApprovalError


def sign(agreement: str, signed_on: str, signed_copy: str | None = None) -> Any:
	"""Record that an agreement was signed and bring it into force; answers the document.

	`signed_on` is a date not in the future; signatories without a date of their own get it. `signed_copy` is
	the URL of the uploaded instrument. The term runs from the effective date, or from the signature.
	"""
	day = getdate(signed_on)
	if day is None or day > getdate(nowdate()):
		frappe.throw(_("Give the day it was signed; it cannot lie in the future."), ApprovalError)
	route = routes.lock_existing("MOU", agreement)
	routes.require_role(route.routing.signers, _("record the signature"))
	digest = decisions.evidence_digest(signed_copy, "MOU", agreement) if signed_copy else None
	doc = route.document()
	if doc.workflow_state == route.routing.ready:
		doc.signed_on, doc.signed_precision = day, "Day"
		doc.effective_date = doc.effective_date or day
		if doc.term_months and not doc.expiry_date:
			doc.expiry_date = expiry_date(getdate(doc.effective_date), doc.term_months)
		doc.signed_copy = signed_copy or doc.signed_copy
		for row in doc.signatories:
			row.signed_on = row.signed_on or day
		# The clerk records the signature without the right to edit agreements.
		doc.save(ignore_permissions=True)
	doc = routes.sign("MOU", agreement, evidence_sha256=digest)
	_supersede(doc)
	return doc


def _supersede(doc: Any) -> None:
	"""The agreement this one takes the place of stops being in force."""
	if not doc.supersedes:
		return
	route = routes.lock("MOU", doc.supersedes)
	if not route or route.state not in ("Active", "Suspended", "Expired"):
		return
	frappe.db.set_value("MOU", doc.supersedes, "superseded_by", doc.name)
	routes.record_standing(route, "Superseded", _("Superseded by {0}.").format(doc.name))


def expire_agreements() -> None:
	"""Nightly: agreements whose last day has passed become Expired, each in the ledger, once."""
	due = frappe.get_all(
		"MOU",
		filters={"workflow_state": "Active", "docstatus": 1, "expiry_date": ["<", nowdate()]},
		pluck="name",
		limit_page_length=0,
	)
	for name in due:
		frappe.db.savepoint("expiry")
		try:
			_expire(name)
		except frappe.ValidationError:
			# One agreement that cannot be saved as it stands keeps no other one in force.
			frappe.db.rollback(save_point="expiry")
			frappe.log_error(
				title=_("{0} could not be expired").format(name), reference_doctype="MOU", reference_name=name
			)


def _expire(name: str) -> None:
	route = routes.lock("MOU", name)
	if route and route.state == "Active":
		routes.record_standing(route, "Expired", _("Its term ended."))
