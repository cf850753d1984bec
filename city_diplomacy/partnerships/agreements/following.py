"""What an agreement in force is followed by: a renewal, an amendment, or a review that was held."""

from datetime import date, timedelta
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, cstr, getdate

from city_diplomacy.domain.calendar import terms
from city_diplomacy.domain.route.states import WorkflowState
from city_diplomacy.partnerships.agreements import relations
from city_diplomacy.partnerships.agreements.mou_routing import IN_FORCE
from city_diplomacy.partnerships.engagements.engagements import PARTNER_TYPES
from city_diplomacy.partnerships.exceptions import AgreementError, EngagementError
from city_diplomacy.registers.languages import site_language
from city_diplomacy.registers.readable import readable
from city_diplomacy.registers.record_dates import date_of, today

RENEWABLE = (*IN_FORCE, WorkflowState.EXPIRED)
# What the next text says like the last one until somebody changes it; days, texts and signatures are its own.
CARRIED = (
	"title",
	"agreement_type",
	"purpose",
	"sponsor",
	"sponsor_department",
	"topics",
	"sdg_targets",
	"parties",
	"departments",
	"binding",
	"signing_authority",
	"governing_law",
	"no_funds_clause",
	"financial_value",
	"currency",
	"travel_or_gifts",
	"council_must_adopt",
	"counterpart_must_sign",
	"recitals",
	"term_months",
	"notice_days",
	"review_interval_months",
	"signatories",
	"confidential",
	"readers",
)
OWN_OF_A_ROW = ("signed_on", "signed_by_substitute")
LONGEST_TITLE = 140


def draft_renewal(agreement: str) -> dict[str, Any]:
	"""The values of a draft that takes the agreement's place once it is signed, from the day after it ends.

	Raises UnknownRecordError, PermissionError for who may not create agreements, AgreementError for one that was
	never in force or is being renewed already.
	"""
	doc = _followed(agreement)
	relations.refuse_second_renewal(agreement)
	values = {**_carried(doc), "supersedes": agreement}
	end = date_of(doc, "expiry_date")
	if end and end >= today():
		values["effective_date"] = str(end + timedelta(days=1))
	return values


def draft_amendment(agreement: str) -> dict[str, Any]:
	"""The values of a draft under the agreement that changes it, and ends when it ends; once it has ended, the new end
	is for the office to say.

	Raises as `draft_renewal`.
	"""
	doc = _followed(agreement)
	title = _("Amendment of {0}", site_language()).format(doc.title)[:LONGEST_TITLE]
	end = date_of(doc, "expiry_date")
	return {
		**_carried(doc),
		"title": title,
		"parent_agreement": agreement,
		"expiry_date": str(end) if end and end >= today() else None,
	}


def record_review(agreement: str, held_on: str, outcome: str, next_review: str | None = None) -> Any:
	"""Enter a review as an engagement about the agreement, and set when the next one is due; returns the engagement.

	Without `next_review` it is the first day by the agreement's own interval after this review and after the day it was
	due. Raises UnknownRecordError, PermissionError for who may not write the agreement or create engagements,
	AgreementError for one that is not in force or a day still to come, EngagementError without an outcome.
	"""
	doc = readable("MOU", agreement, "write", for_update=True)
	if doc.workflow_state not in IN_FORCE:
		_refuse_state(doc, _("only an agreement in force is reviewed."))
	held = getdate(held_on)
	if held is None or held > today():
		frappe.throw(_("Give the day the review was held; it cannot lie in the future."), AgreementError)
	if not cstr(outcome).strip():
		frappe.throw(_("Say what came of the review."), EngagementError)
	engagement = frappe.get_doc(
		{
			"doctype": "Partner Engagement",
			"subject": _("Review of {0}", site_language()).format(doc.title)[:LONGEST_TITLE],
			"engagement_type": "Review",
			"starts_on": f"{held} 00:00:00",
			"agreement": agreement,
			"engagement_owner": frappe.session.user,
			"outcome": outcome,
			"partners": [
				{"partner_type": row.party_type, "partner": row.party}
				for row in doc.parties
				if row.side == "Counterpart" and row.party_type in PARTNER_TYPES
			],
		}
	).insert()
	doc.next_review_date = getdate(next_review) if next_review else _next_review(doc, held)
	doc.save()
	return engagement


def _next_review(doc: Any, held: date) -> date | None:
	effective, interval = date_of(doc, "effective_date"), cint(doc.review_interval_months)
	if not effective or not interval:
		return None
	due, end = date_of(doc, "next_review_date"), date_of(doc, "expiry_date")
	following = terms.next_review(effective, interval, max(held, due or held))
	return None if following and end and following > end else following


def _followed(agreement: str) -> Any:
	frappe.has_permission("MOU", "create", throw=True)
	doc = readable("MOU", agreement)
	if doc.workflow_state not in RENEWABLE:
		_refuse_state(doc, _("only an agreement that is or was in force is renewed or amended."))
	return doc


def _refuse_state(doc: Any, why: str) -> None:
	frappe.throw(_("{0} is {1}; {2}").format(doc.name, _(doc.workflow_state), why), AgreementError)


def _carried(doc: Any) -> dict[str, Any]:
	tables = {field.fieldname: field.options for field in doc.meta.get_table_fields()}
	return {
		name: [_row(row, tables[name]) for row in doc.get(name)] if name in tables else doc.get(name)
		for name in CARRIED
	}


def _row(row: Any, table: str) -> dict[str, Any]:
	fields = frappe.get_meta(table).fields
	kept = [df.fieldname for df in fields if df.fieldtype != "Column Break"]
	return {name: row.get(name) for name in kept if name not in OWN_OF_A_ROW}
