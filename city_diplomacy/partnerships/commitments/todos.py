"""The To Do by which our people learn of what they promised; at most one for each commitment.

It follows the commitment, never the other way: ticking off the To Do says that somebody worked on it, not
that the promise is kept.
"""

from typing import Any

import frappe
from frappe.utils import escape_html

from city_diplomacy.domain.partnerships.commitments import CommitmentStatus
from city_diplomacy.overrides.departments import person_for
from city_diplomacy.registers.record_dates import date_of

STATUS_OF_TODO = {
	CommitmentStatus.OPEN: "Open",
	CommitmentStatus.IN_PROGRESS: "Open",
	CommitmentStatus.DONE: "Closed",
	CommitmentStatus.DROPPED: "Cancelled",
}


def keep_todo_in_step(commitment: Any) -> None:
	"""Make, change, close, cancel or reopen the commitment's To Do; called after the commitment was written."""
	person = responsible_person(commitment)
	todo = _todo_of(commitment)
	if todo:
		_update(todo, commitment, person)
	elif person and STATUS_OF_TODO.get(commitment.status) == "Open":
		_create(commitment, person)


def responsible_person(commitment: Any) -> str | None:
	"""Who of ours keeps the promise; None for the counterpart's, and for a department nobody speaks for."""
	if commitment.owed_by == "Person":
		return commitment.user
	return person_for(commitment.department) if commitment.owed_by == "Department" else None


def _todo_of(commitment: Any) -> Any | None:
	"""The commitment's To Do, unless somebody has deleted it."""
	if not commitment.todo or not frappe.db.exists("ToDo", commitment.todo):
		return None
	return frappe.get_doc("ToDo", commitment.todo)


def _create(commitment: Any, person: str) -> None:
	todo = frappe.get_doc(
		{
			"doctype": "ToDo",
			"description": _description(commitment),
			"date": date_of(commitment, "due_date"),
			"allocated_to": person,
			"assigned_by": frappe.session.user,
			"reference_type": commitment.doctype,
			"reference_name": commitment.name,
		}
	)
	# Writing the commitment was allowed; its To Do is part of that, whoever it is for. A plain insert shares
	# nothing, while Frappe's own assignment would share the commitment past its permission hook.
	todo.insert(ignore_permissions=True)
	commitment.db_set("todo", todo.name, update_modified=False)


def _update(todo: Any, commitment: Any, person: str | None) -> None:
	"""Bring the To Do into step; one ticked off by its owner stays so until the promise itself moves."""
	status = STATUS_OF_TODO.get(commitment.status, "Open") if person else "Cancelled"
	before = commitment.get_doc_before_save()
	moved = not before or STATUS_OF_TODO.get(before.status) != STATUS_OF_TODO.get(commitment.status)
	changes = {"description": _description(commitment), "date": date_of(commitment, "due_date")}
	if person and person != todo.allocated_to:
		changes["allocated_to"], moved = person, True
	if moved or not person:
		changes["status"] = status
	if any(todo.get(field) != value for field, value in changes.items()):
		todo.update(changes)
		# As on creation: the To Do follows a commitment this person was allowed to write.
		todo.save(ignore_permissions=True)


def _description(commitment: Any) -> str:
	# A To Do's description is HTML, what was promised is plain text.
	return escape_html(commitment.commitment)
