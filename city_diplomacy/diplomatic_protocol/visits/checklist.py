"""The checklist of a visit: made once it is accepted, a To Do for each step, in step with the days of the visit.

A To Do that somebody ticked off stays so. A step that is taken out of the office's table stays with visits that have it.
"""

from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, cstr, escape_html

from city_diplomacy.diplomatic_protocol.visits.exceptions import VisitError
from city_diplomacy.domain.protocol.checklist import Step, due_on, steps_of
from city_diplomacy.domain.protocol.visits import AGREED, COMING, VisitStatus
from city_diplomacy.overrides.departments import person_for
from city_diplomacy.partnership_approvals.people.names import people_with_role
from city_diplomacy.registers.record_dates import date_of, today

STEP = "Visit Checklist Step"
COLUMNS = ("step", "days", "due_on", "person", "todo")
# A year before, two years after: anything else is a slip of the keyboard.
EARLIEST, LATEST = -366, 731
OPEN_TODO, CLOSED_TODO = "Open", "Cancelled"


def check_step(step: Any) -> None:
	"""Raises VisitError for a step due at no sensible time, or given to two."""
	if not EARLIEST <= cint(step.days) <= LATEST:
		frappe.throw(
			_("Days from arrival must be from {0} to {1}.").format(EARLIEST, LATEST),
			VisitError,
		)
	if step.role and step.department:
		frappe.throw(_("A step is done by a role or by a department; choose one of the two."), VisitError)


def settle_checklist(visit: Any) -> None:
	"""The rows of the checklist, before the visit is stored: those it had, moved with its days, and what is new."""
	stored = visit.get_doc_before_save()
	rows = [{key: row.get(key) for key in ("name", *COLUMNS)} for row in (stored.checklist if stored else [])]
	day, arrives = today(), date_of(visit, "arrives_on")
	if stored and arrives and date_of(stored, "arrives_on") != arrives:
		for row in rows:
			row["due_on"] = due_on(arrives, cint(row["days"]), day)
	if visit.status in COMING and arrives:
		known = {row["step"] for row in rows}
		for step in steps_of(visit.visit_kind, visit.direction, _steps()):
			if step.name not in known:
				rows.append({"step": step.name, "days": step.days, "due_on": due_on(arrives, step.days, day)})
	visit.set("checklist", rows)


def _steps() -> list[Step]:
	rows = frappe.get_all(
		STEP,
		filters={"disabled": 0},
		fields=["name", "days", "visit_kind", "direction"],
		limit_page_length=0,
	)
	return [Step(row.name, cint(row.days), cstr(row.visit_kind), cstr(row.direction)) for row in rows]


def keep_todos_in_step(visit: Any) -> None:
	"""Make the To Dos that are missing, move open ones with the visit, and close them with a visit that is off.

	Called after the visit was stored.
	"""
	before = visit.get_doc_before_save()
	if visit.status == VisitStatus.CANCELLED:
		_change_open(visit, {"status": CLOSED_TODO})
		return
	if visit.status not in AGREED:
		return
	due_before = {row.name: row.due_on for row in before.checklist} if before else {}
	for row in visit.checklist:
		if not row.todo and visit.status in COMING:
			_make(visit, row)
		elif row.todo and due_before.get(row.name) != row.due_on:
			_change_open(visit, {"date": row.due_on}, row.todo)


def _make(visit: Any, row: Any) -> None:
	person = _who_does(visit, row.step)
	todo = frappe.get_doc(
		{
			"doctype": "ToDo",
			# A To Do's description is HTML, a step and a title are plain text.
			"description": escape_html(f"{row.step}: {visit.visit_title}"),
			"date": row.due_on,
			"allocated_to": person,
			"assigned_by": frappe.session.user,
			"reference_type": visit.doctype,
			"reference_name": visit.name,
		}
	)
	# Writing the visit was allowed; its checklist is part of that, whoever does a step.
	todo.insert(ignore_permissions=True)
	row.db_set({"todo": todo.name, "person": person}, update_modified=False)


def _who_does(visit: Any, step: str) -> str:
	"""Who a step says: the department's person, the visit's owner if they have the role, else the first who has it."""
	role, department = frappe.db.get_value(STEP, step, ["role", "department"]) or (None, None)
	owner = visit.visit_owner or visit.decided_by or frappe.session.user
	if department:
		return person_for(department) or owner
	if not role:
		return owner
	people = people_with_role(role)
	return owner if owner in people or not people else people[0]


def _change_open(visit: Any, values: dict[str, Any], *names: str) -> None:
	wanted = list(names) or [row.todo for row in visit.checklist if row.todo]
	found = frappe.get_all(
		"ToDo", {"name": ["in", wanted or [""]], "status": OPEN_TODO}, pluck="name", limit_page_length=0
	)
	for name in found:
		todo = frappe.get_doc("ToDo", name)
		todo.update(values)
		# As on creation: the To Do follows a visit this person was allowed to write.
		todo.save(ignore_permissions=True)
