"""When an agreement was signed: after it was cleared, or before this system came, and never in the future."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.utils import cstr, formatdate, getdate

from city_diplomacy.domain.calendar.partial_dates import PartialDate
from city_diplomacy.domain.route.states import WorkflowState
from city_diplomacy.partnerships.exceptions import AgreementError, SignatureDayError
from city_diplomacy.registers.record_dates import PRECISIONS, date_of, label_of, today


def refuse_outside(doc: Any, cleared: date) -> None:
	"""Raises SignatureDayError for a signature before the day the text was cleared, or one still to come."""
	for row, day in _days(doc):
		if day > today():
			frappe.throw(
				_("{0} is {1}, which is still to come.").format(label_of(row, "signed_on"), formatdate(day)),
				SignatureDayError,
			)
		if day < cleared:
			frappe.throw(
				_(
					"{0} is {1}; the text was cleared on {2}, and what was signed before is not that text."
				).format(label_of(row, "signed_on"), formatdate(day), formatdate(cleared)),
				SignatureDayError,
			)


def refuse_since(doc: Any, recorded: date) -> None:
	"""Raises SignatureDayError unless an agreement from before was signed before the day it is recorded here.

	A signature known to the month or year counts by its last possible day. Where nobody knows when it was signed,
	the day it took effect is looked at in its place.
	"""
	days = [(row, _latest(row, day)) for row, day in _days(doc)]
	if not doc.signed_on and doc.effective_date:
		days.append((doc, getdate(doc.effective_date)))
	for row, day in days:
		if day >= recorded:
			frappe.throw(
				_(
					"{0}: an agreement from before was signed before {1}. What is signed from then on takes the way through clearance."
				).format(label_of(row, "signed_on"), formatdate(recorded)),
				SignatureDayError,
			)


def refuse_before_signature(doc: Any) -> None:
	"""Raises AgreementError when the day of a signature is entered on an agreement that is not signed.

	It comes with the signature. Signatories sign one by one: their days may be noted once it is ready to sign.
	"""
	stored = doc.get_doc_before_save()
	if doc.flags.moved_by_route or doc.flags.recording_existing:
		return
	before = {row.name: day for row, day in _days(stored)} if stored else {}
	for row, day in _days(doc):
		noted_in_time = row is not doc and doc.workflow_state == WorkflowState.READY_TO_SIGN
		if before.get(row.name) != day and not noted_in_time:
			frappe.throw(
				_("{0} is entered when the signature is recorded; leave it empty until then.").format(
					label_of(row, "signed_on")
				),
				AgreementError,
			)


def _days(doc: Any) -> Iterator[tuple[Any, date]]:
	"""The agreement and each of its signatories with the day of the signature, where there is one."""
	for row in (doc, *(doc.get("signatories") or ())):
		if day := date_of(row, "signed_on"):
			yield row, day


def _latest(row: Any, day: date) -> date:
	precision = cstr(row.get("signed_precision"))
	return PartialDate(day, precision).latest if precision in PRECISIONS else day
