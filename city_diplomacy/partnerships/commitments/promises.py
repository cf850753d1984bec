"""What a commitment has to say before it is stored: who promised what to whom, by when, and what came of it."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import cstr, formatdate

from city_diplomacy.domain.partnerships.commitments import OPEN, CommitmentStatus, day_to_ask
from city_diplomacy.domain.record.content import changed_fields
from city_diplomacy.partnership_approvals.people.names import department_name
from city_diplomacy.partnerships.commitments.partners import PARTNERS
from city_diplomacy.partnerships.commitments.todos import responsible_person
from city_diplomacy.partnerships.exceptions import AnswerOnlyError, CommitmentError
from city_diplomacy.registers.readable import refuse_hidden_link
from city_diplomacy.registers.record_dates import date_of, refuse_future, today
from city_diplomacy.registers.web_addresses import check_web_address

SOURCES = (
	"MOU",
	"Partner Engagement",
	"Delegation Visit",
	"Network Membership",
	"Event",
	"Partner City",
	"Partner Organisation",
)
# owed by: the fields that name who owes it
OWING_FIELDS = {
	"Department": ("department",),
	"Person": ("user",),
	"Counterpart": ("counterpart_type", "counterpart"),
}
# What somebody may change who keeps promises but does not make them.
ANSWER_FIELDS = frozenset({"status", "completed_on", "result", "evidence"})


def keep_own_todo(commitment: Any) -> None:
	"""The stored To Do counts: through another one a client could change somebody else's."""
	before = commitment.get_doc_before_save()
	commitment.todo = before.todo if before else None


def keep_promise_from_answerers(commitment: Any) -> None:
	"""Who may not make commitments may report on their own, and change nothing else.

	Raises AnswerOnlyError naming the fields.
	"""
	before = commitment.get_doc_before_save()
	if (
		not before
		or commitment.flags.ignore_permissions
		or frappe.has_permission(commitment.doctype, "create")
	):
		return
	kept = [
		df.fieldname
		for df in commitment.meta.fields
		if df.fieldname not in ANSWER_FIELDS and not df.read_only
	]
	changed = changed_fields(
		{field: before.get(field) for field in kept}, {field: commitment.get(field) for field in kept}
	)
	if changed:
		frappe.throw(
			_(
				"You can report on this commitment, but not change it: {0}. Ask the international office."
			).format(", ".join(_(commitment.meta.get_label(field)) for field in changed)),
			AnswerOnlyError,
		)


def check_source(commitment: Any) -> None:
	"""Raises CommitmentError for a record no promise comes from, LinkValidationError for one the person may not see."""
	if not commitment.source_name:
		commitment.source_doctype = None
		return
	if commitment.source_doctype not in SOURCES:
		frappe.throw(
			_("A commitment is made in one of {0}.").format(", ".join(_(kind) for kind in SOURCES)),
			CommitmentError,
		)
	before = commitment.get_doc_before_save()
	same = before and (before.source_doctype, before.source_name) == (
		commitment.source_doctype,
		commitment.source_name,
	)
	if same or commitment.flags.ignore_permissions:
		return
	refuse_hidden_link(commitment, "source_name", commitment.source_doctype)


def settle_who_owes_it(commitment: Any) -> None:
	"""Exactly one names who owes it; what belongs to another choice is cleared."""
	for owed_by, fieldnames in OWING_FIELDS.items():
		for fieldname in fieldnames:
			if owed_by != commitment.owed_by:
				commitment.set(fieldname, None)
			elif not commitment.get(fieldname):
				frappe.throw(
					_("Say who owes it: {0} is empty.").format(_(commitment.meta.get_label(fieldname))),
					CommitmentError,
				)
	if commitment.counterpart and commitment.counterpart_type not in PARTNERS:
		frappe.throw(
			_("A counterpart is one of {0}.").format(", ".join(_(kind) for kind in PARTNERS)),
			CommitmentError,
		)


def set_ask_on(commitment: Any) -> None:
	"""The counterpart is asked two weeks before the day, at the earliest today."""
	if commitment.owed_by != "Counterpart":
		commitment.ask_on = None
		return
	due, ask = date_of(commitment, "due_date"), date_of(commitment, "ask_on")
	if due and not ask:
		commitment.ask_on = day_to_ask(due, today())
	elif due and ask > due:
		frappe.throw(
			_("The counterpart would be asked on {0}, after it is due on {1}; choose an earlier day.").format(
				formatdate(ask), formatdate(due)
			),
			CommitmentError,
		)


def check_evidence(commitment: Any) -> None:
	for row in commitment.evidence:
		check_web_address(row, "link")
		if not (row.file or row.link):
			frappe.throw(
				_("Row {0}: attach a file or enter a web address as evidence.").format(row.idx),
				CommitmentError,
			)


def settle_completion(commitment: Any) -> None:
	"""Done needs a day and something to show for it. Raises CommitmentError otherwise."""
	if commitment.status != CommitmentStatus.DONE:
		commitment.completed_on = None
		return
	if not cstr(commitment.result).strip() and not commitment.evidence:
		frappe.throw(
			_("Say what the result is, or add a piece of evidence, before marking it as done."),
			CommitmentError,
		)
	commitment.completed_on = commitment.completed_on or today()
	refuse_future(commitment, "completed_on")


def tell_if_nobody_is_asked(commitment: Any) -> None:
	"""A promise of a department nobody speaks for would be forgotten in silence."""
	owed_in_house = commitment.owed_by == "Department" and commitment.status in OPEN
	if owed_in_house and not responsible_person(commitment):
		frappe.msgprint(
			_(
				"Nobody is told of this commitment: {0} has no head, acting head or partnership liaison with an account."
			).format(department_name(commitment.department)),
			title=_("Nobody to Ask"),
			indicator="orange",
		)
