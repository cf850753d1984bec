"""The terms an agreement takes from its type, and the days that follow from them."""

from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint

from city_diplomacy.domain.calendar import terms
from city_diplomacy.partnerships.agreements.mou_routing import OVER
from city_diplomacy.partnerships.exceptions import AgreementError
from city_diplomacy.registers.record_dates import (
	date_of,
	keep_known_part,
	refuse_backwards,
	refuse_future,
	today,
)

# Months and days beyond these are slips of the keyboard.
LONGEST_TERM = 1200
LONGEST_NOTICE = 3660
# What cannot come before what. Signing after the effective date is allowed: agreements are made retroactive, and it is
# the signing after the end that cannot be.
SPANS = (
	("effective_date", "expiry_date"),
	("signed_on", "expiry_date"),
	("effective_date", "notice_date"),
	("effective_date", "next_review_date"),
)
# field of the agreement: field of its type
FROM_TYPE = {
	"term_months": "default_term_months",
	"review_interval_months": "review_interval_months",
	"notice_days": "notice_days",
	"counterpart_must_sign": "counterpart_must_sign",
}


def take_terms_of_type(doc: Any) -> None:
	"""Copy the type's terms into a draft whose type was just chosen, where nobody has entered others.

	What the type asks of the council is a floor: it is copied upwards only, and cannot be unticked. Raises
	AgreementError for that, and for a type no longer in use.
	"""
	before = doc.get_doc_before_save()
	# An agreement signed before the system has the terms it was signed with.
	if not doc.agreement_type or doc.flags.recording_existing or doc.get("existing_agreement"):
		return
	kind = frappe.get_cached_doc("Agreement Type", doc.agreement_type)
	if before and before.agreement_type == doc.agreement_type:
		_refuse_skipping_council(doc, before, kind)
		return
	if kind.disabled:
		frappe.throw(
			_("{0} is no longer in use; choose another agreement type.").format(kind.name), AgreementError
		)
	previous = frappe.get_cached_doc("Agreement Type", before.agreement_type) if before else None
	for fieldname, type_field in FROM_TYPE.items():
		untouched = previous.get(type_field) if previous else doc.meta.get_field(fieldname).default
		if cint(doc.get(fieldname)) == cint(untouched):
			doc.set(fieldname, cint(kind.get(type_field)))
	if kind.council_must_adopt:
		doc.council_must_adopt = 1


def check_lengths(doc: Any) -> None:
	"""Raises AgreementError for a term, review interval or notice nobody agrees to."""
	for fieldname, longest in (
		("term_months", LONGEST_TERM),
		("review_interval_months", LONGEST_TERM),
		("notice_days", LONGEST_NOTICE),
	):
		if not 0 <= cint(doc.get(fieldname)) <= longest:
			frappe.throw(
				_("{0} must be from 0 to {1}.").format(_(doc.meta.get_label(fieldname)), longest),
				AgreementError,
			)


def settle_signature_date(doc: Any) -> None:
	"""Keep of the signature's date what is known, and refuse one that is still to come."""
	keep_known_part(doc, "signed_on", "signed_precision")
	refuse_future(doc, "signed_on")
	for row in doc.get("signatories") or ():
		refuse_future(row, "signed_on")


def set_calendar(doc: Any) -> None:
	"""Set the expiry, the notice and the next review that follow from the terms.

	A day entered by hand stays. Raises AgreementError for a term that leads out of the calendar.
	"""
	before = doc.get_doc_before_save()
	try:
		_set_expiry(doc, before)
		doc.notice_date = terms.notice_deadline(date_of(doc, "expiry_date"), cint(doc.notice_days) or None)
		_set_next_review(doc, before)
	except terms.TermError as error:
		frappe.throw(str(error), AgreementError)


def check_date_order(doc: Any) -> None:
	"""Raises AgreementError with a sentence for each pair of dates that cannot be right together."""
	refuse_backwards(doc, AgreementError, *SPANS)


def _refuse_skipping_council(doc: Any, before: Any, kind: Any) -> None:
	if kind.council_must_adopt and before.council_must_adopt and not cint(doc.council_must_adopt):
		frappe.throw(
			_(
				"The council adopts every {0}; choose another agreement type if it does not have to here."
			).format(kind.name),
			AgreementError,
		)


def _set_expiry(doc: Any, before: Any) -> None:
	if doc.expiry_date and not (
		before and _followed_from_terms(before) and _unchanged(doc, before, "expiry_date")
	):
		return
	doc.expiry_date = _expiry_by_terms(doc)


def _expiry_by_terms(doc: Any) -> date | None:
	effective = date_of(doc, "effective_date")
	return terms.expiry_date(effective, cint(doc.term_months) or None) if effective else None


def _followed_from_terms(doc: Any) -> bool:
	return date_of(doc, "expiry_date") == _expiry_by_terms(doc)


def _set_next_review(doc: Any, before: Any) -> None:
	"""Blank, or counted from an effective date or interval that has changed, it is counted anew.

	No review is due once the agreement has ended, nor after the day it ends.
	"""
	effective, interval = date_of(doc, "effective_date"), cint(doc.review_interval_months)
	recount = before and not (
		_unchanged(doc, before, "effective_date") and _unchanged(doc, before, "review_interval_months")
	)
	entered = doc.next_review_date and not (before and _unchanged(doc, before, "next_review_date"))
	if entered or (doc.next_review_date and not recount) or doc.workflow_state in OVER:
		return
	review = terms.next_review(effective, interval or None, today()) if effective else None
	expiry = date_of(doc, "expiry_date")
	doc.next_review_date = review if review and not (expiry and review > expiry) else None


def _unchanged(doc: Any, before: Any, fieldname: str) -> bool:
	if doc.meta.get_field(fieldname).fieldtype == "Date":
		return date_of(doc, fieldname) == date_of(before, fieldname)
	return cint(doc.get(fieldname)) == cint(before.get(fieldname))


def settle_calendar(doc: Any) -> None:
	"""The lengths, the day of the signature and the days that follow from it, in the order in which they are known."""
	check_lengths(doc)
	settle_signature_date(doc)
	set_calendar(doc)
	check_date_order(doc)
