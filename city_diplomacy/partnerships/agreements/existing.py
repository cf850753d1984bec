"""Recording an agreement that was signed before this system: every office's first week."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate, nowdate

from city_diplomacy.domain.route.states import RouteOutcome, WorkflowState
from city_diplomacy.partnership_approvals.engine import decide, routes
from city_diplomacy.partnership_approvals.exceptions import ApprovalError
from city_diplomacy.partnerships.agreements import signature_days
from city_diplomacy.partnerships.agreements.mou_routing import MOU_ROUTING
from city_diplomacy.partnerships.exceptions import ExistingAgreementError
from city_diplomacy.registers.set_by_server import refuse_typed

MARKS = ("existing_agreement", "source_file", "existing_reason")
# What a manager cannot hand in: the state is this door's to set, and a source proves the rest.
SET_HERE = ("workflow_state", *MARKS, "name", "docstatus")


def record_existing(
	values: dict[str, Any], source_file: str, reason: str, state: str | None = None
) -> dict[str, str]:
	"""Enter an agreement with its source file and the reason why no clearances are asked.

	`values` are fields of an MOU. Without a `state` the calendar says whether it is Active or Expired. The
	record is marked as not routed here and its ledger begins with this act. Answers {"name",
	"workflow_state"}. Raises PermissionError for anybody but the office's managers, SignatureDayError for one that
	was not signed before today, ApprovalError otherwise.
	"""
	routes.require_role(MOU_ROUTING.managers, _("record an existing agreement"))
	reason = routes.require_words(reason, _("Say why it is recorded without clearances."))
	doc = frappe.new_doc("MOU")
	doc.update({field: value for field, value in values.items() if field not in SET_HERE})
	state = state or _standing(doc)
	if state not in MOU_ROUTING.standings:
		frappe.throw(
			_("An existing agreement is one of: {0}.").format(
				", ".join(_(standing) for standing in MOU_ROUTING.standings)
			),
			ApprovalError,
		)
	# Server-side only: Frappe never takes flags from a request.
	doc.flags.recording_existing = True
	doc.update({"existing_agreement": 1, "source_file": source_file, "existing_reason": reason})
	doc.insert()
	signature_days.refuse_since(doc, getdate(doc.creation))
	route = routes.open_route("MOU", doc.name, state, outcome=RouteOutcome.NOT_ROUTED_HERE)
	digest = decide.evidence_digest(source_file, "Approval Route", route.row.name)
	stored = route.document()
	text = route.keep_in(stored, state)
	route.record("Existing Agreement Recorded", reason, evidence_sha256=digest, content_hash=text)
	route.store()
	route.move_document(stored)
	return {"name": doc.name, "workflow_state": state}


def keep_marks(doc: Any) -> None:
	"""Only `record_existing` marks an agreement as signed before the system, and only once.

	Raises ExistingAgreementError when the marks differ from the stored ones; flags never come from a client.
	"""
	stored = doc.get_doc_before_save()
	if not stored and doc.flags.recording_existing:
		return
	sentence = _("{0} is set when a manager records an existing agreement, and not changed afterwards.")
	refuse_typed(doc, MARKS, sentence, ExistingAgreementError)


def _standing(doc: Any) -> str:
	ended = bool(doc.expiry_date) and getdate(doc.expiry_date) < getdate(nowdate())
	return WorkflowState.EXPIRED if ended else WorkflowState.ACTIVE
