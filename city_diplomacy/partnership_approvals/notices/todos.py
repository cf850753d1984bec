"""The to-dos of clearances: one for each person asked and question, closed when nothing is asked any more."""

from collections.abc import Iterable

import frappe
from frappe import _
from frappe.utils import escape_html, now_datetime

from city_diplomacy.partnership_approvals.shapes import ClearanceRow
from city_diplomacy.registers.languages import language_of

TODO_FIELDS = (
	"name",
	"owner",
	"creation",
	"modified",
	"modified_by",
	"status",
	"priority",
	"allocated_to",
	"assigned_by",
	"date",
	"reference_type",
	"reference_name",
	"description",
)


def open_todos(asked: Iterable[tuple[ClearanceRow, list[str]]], title: str, assigned_by: str) -> None:
	"""Open a to-do for everybody asked; `asked` pairs clearance rows with people.

	Frappe shows a to-do to whoever assigned it as well, and their name to whoever it is for. That is the
	document's author, not the reviewer whose answer happened to open the stage.
	"""
	now = now_datetime()
	values = [
		(
			frappe.generate_hash(length=16),
			assigned_by,
			now,
			now,
			assigned_by,
			"Open",
			"Medium",
			person,
			assigned_by,
			row.due_date,
			"Approval Clearance",
			row.name,
			escape_html(_("{0}: decide on {1}", language_of(person)).format(row.seat, title)),
		)
		for row, people in asked
		for person in people
	]
	if values:
		frappe.db.bulk_insert("ToDo", list(TODO_FIELDS), values)


def open_missing_todos(row: ClearanceRow, people: list[str], title: str, assigned_by: str) -> None:
	"""As `open_todos` for one clearance, for those of `people` who have no open to-do for it yet."""
	todo = frappe.qb.DocType("ToDo")
	having = (
		frappe.qb.from_(todo)
		.select(todo.allocated_to)
		.where(
			(todo.reference_type == "Approval Clearance")
			& (todo.reference_name == row.name)
			& (todo.status == "Open")
		)
		.run(pluck=True)
	)
	missing = [person for person in people if person not in having]
	open_todos([(row, missing)], title, assigned_by)


def close_todos(clearances: Iterable[str], status: str, person: str | None = None) -> None:
	"""Close (or cancel) the to-dos of clearances that ask nothing any more; of one person alone if named."""
	names = list(clearances)
	if not names:
		return
	todo = frappe.qb.DocType("ToDo")
	query = (
		frappe.qb.update(todo)
		.set(todo.status, status)
		.set(todo.modified, now_datetime())
		.where(
			(todo.reference_type == "Approval Clearance")
			& todo.reference_name.isin(names)
			& (todo.status == "Open")
		)
	)
	if person:
		query = query.where(todo.allocated_to == person)
	query.run()
