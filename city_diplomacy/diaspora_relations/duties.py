"""What a sister-city committee or a department owes again and again, done with evidence."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, cstr

from city_diplomacy.diaspora_relations.exceptions import DutyError
from city_diplomacy.domain.community.duties import DutyStatus, Recurrence, next_due
from city_diplomacy.registers.readable import readable, refuse_hidden_link
from city_diplomacy.registers.record_dates import date_of, today
from city_diplomacy.registers.set_by_server import refuse_typed

DUTY = "Committee Duty"
MEMBERS = "Minimum members"
ORGANISATIONS = ("Partner Organisation", "Diaspora Organisation")
OWING_FIELDS = {"Organisation": ("organisation_type", "organisation"), "Department": ("department",)}
SET_BY_JOBS = ("reminded_of", "told_overdue_of", "todo")


def keep_what_jobs_set(duty: Any) -> None:
	"""Completions are added by `complete`, reminders noted by the nightly job; neither is taken from a client."""
	if duty.flags.completing:
		return
	stored = duty.get_doc_before_save()
	duty.set("completions", list(stored.completions) if stored else [])
	for fieldname in SET_BY_JOBS:
		duty.set(fieldname, stored.get(fieldname) if stored else None)


def settle_who_owes_it(duty: Any) -> None:
	"""One names who owes it; what belongs to the other choice is cleared. Raises DutyError."""
	for owed_by, fieldnames in OWING_FIELDS.items():
		for fieldname in fieldnames:
			if owed_by != duty.owed_by:
				duty.set(fieldname, None)
			elif not duty.get(fieldname):
				frappe.throw(
					_("Say who owes it: {0} is empty.").format(_(duty.meta.get_label(fieldname))), DutyError
				)
	if duty.organisation and duty.organisation_type not in ORGANISATIONS:
		frappe.throw(
			_("A duty is owed by one of {0}.").format(", ".join(_(kind) for kind in ORGANISATIONS)), DutyError
		)
	stored = duty.get_doc_before_save()
	is_new = not stored or stored.organisation != duty.organisation
	if duty.organisation and is_new and not duty.flags.ignore_permissions:
		refuse_hidden_link(duty, "organisation", duty.organisation_type)


def settle_due_day(duty: Any) -> None:
	"""Keep the day of the month a duty is set to, which a short month does not change."""
	stored = duty.get_doc_before_save()
	due = date_of(duty, "due_date")
	if due and not duty.flags.completing and not (stored and date_of(stored, "due_date") == due):
		duty.due_day = due.day
	elif stored:
		duty.due_day = stored.due_day


def check_kind(duty: Any) -> None:
	"""Raises DutyError for a duty of members that does not say how many."""
	if duty.kind != MEMBERS:
		duty.minimum_members = 0
	elif not cint(duty.minimum_members):
		frappe.throw(_("Say how many members the committee needs at least."), DutyError)


def check_status(duty: Any) -> None:
	"""A duty is done by the button alone, and dropped with a reason. Raises DutyError."""
	if not duty.flags.completing and duty.status == DutyStatus.DONE:
		refuse_typed(
			duty,
			("status",),
			_("{0} becomes done by the button Done, with evidence, and not by hand."),
			DutyError,
			{"status": DutyStatus.OPEN},
		)
	if duty.status != DutyStatus.DROPPED:
		duty.dropped_reason = None
	elif not cstr(duty.dropped_reason).strip():
		frappe.throw(_("Say in the field Reason why {0} is dropped.").format(duty.duty), DutyError)


def complete(duty: str, result: str, file: str, link: str, members: int) -> str:
	"""Record that a duty is done for its due day, with evidence; answers the day it is due again, or "".

	Raises PermissionError unless the person may write it, and DutyError where it is not open, nothing shows that it was
	done, or a committee has fewer members than it needs.
	"""
	# With its lock, so that two clicks do not do two due days.
	doc = readable(DUTY, duty, "write", for_update=True)
	if doc.status != DutyStatus.OPEN:
		frappe.throw(_("{0} is not open any more.").format(doc.duty), DutyError)
	_require_evidence(doc, result, file, link, members)
	due = date_of(doc, "due_date")
	again = next_due(due, Recurrence(doc.recurs), cint(doc.due_day))
	doc.append(
		"completions",
		{
			"due_date": due,
			"done_on": today(),
			"result": result,
			"file": file or None,
			"link": link or None,
			"members": members,
			"recorded_by": frappe.session.user,
		},
	)
	doc.status = DutyStatus.OPEN if again else DutyStatus.DONE
	doc.due_date = again or due
	doc.flags.completing = True
	doc.save()
	return str(again or "")


def _require_evidence(doc: Any, result: str, file: str, link: str, members: int) -> None:
	if doc.kind == MEMBERS and members < cint(doc.minimum_members):
		frappe.throw(
			_("{0} has {1} members; {2} are asked for, so the duty is not done.").format(
				doc.organisation or doc.department, members, doc.minimum_members
			),
			DutyError,
		)
	if not (result.strip() or file or link):
		frappe.throw(
			_("Attach the report, enter its web address, or say what shows that it is done."), DutyError
		)
	if file and not _may_open(file):
		frappe.throw(_("There is no file {0}, or you may not open it.").format(file), DutyError)


def _may_open(address: str) -> bool:
	files = frappe.get_all("File", {"file_url": address}, pluck="name", limit=20)
	return any(frappe.has_permission("File", "read", name) for name in files)
