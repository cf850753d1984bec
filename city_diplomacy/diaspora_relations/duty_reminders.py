"""Who is reminded of a committee's duty: once ahead of each due day, once when it has passed, by a To Do of theirs."""

from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.utils import add_days, cint, escape_html, getdate

from city_diplomacy.diaspora_relations.duties import DUTY
from city_diplomacy.domain.community.duties import DutyStatus, Reminder, Reminders, reminder_due
from city_diplomacy.overrides.departments import person_for
from city_diplomacy.registers.languages import in_language, language_of
from city_diplomacy.registers.record_dates import today

# Nobody is reminded more than this many days ahead.
LONGEST_AHEAD = 365
OPEN_TODO, CLOSED_TODO = "Open", "Closed"
NOTED = {Reminder.AHEAD: "reminded_of", Reminder.OVERDUE: "told_overdue_of"}


def run() -> None:
	"""Nightly: remind of every open duty that is due soon or overdue. Done again, it tells nobody a second time."""
	for name in _waiting(today()):
		_remind(name, today())


def keep_todo_in_step(duty: Any) -> None:
	"""Close the To Do of a due day that is done, and of a duty that is dropped."""
	stored = duty.get_doc_before_save()
	moved_on = stored and getdate(stored.due_date) != getdate(duty.due_date)
	if duty.todo and (moved_on or duty.status != DutyStatus.OPEN):
		_set_todo(duty.todo, status=CLOSED_TODO)
		duty.db_set("todo", None, update_modified=False)


def responsible_person(duty: Any) -> str | None:
	"""Who answers for a duty here: of a department whoever speaks for it; else whoever looks after it.

	None where neither has an account in use.
	"""
	person = person_for(duty.department) if duty.department else None
	person = person or duty.duty_owner
	return person if person and frappe.db.get_value("User", person, "enabled") else None


def _waiting(day: date) -> list[str]:
	"""The open duties somebody is to be told of today, as they stand before they are locked."""
	rows = frappe.get_all(
		DUTY,
		{"status": DutyStatus.OPEN, "due_date": ["<=", add_days(day, LONGEST_AHEAD)]},
		["name", "due_date", "remind_days", *NOTED.values()],
		order_by="due_date asc, name asc",
		limit_page_length=0,
	)
	return [row.name for row in rows if _due_reminder(row, day)]


def _due_reminder(duty: Any, day: date) -> Reminder | None:
	told = Reminders(
		getdate(duty.reminded_of) if duty.reminded_of else None,
		getdate(duty.told_overdue_of) if duty.told_overdue_of else None,
	)
	return reminder_due(getdate(duty.due_date), min(cint(duty.remind_days), LONGEST_AHEAD), day, told)


def _remind(name: str, day: date) -> None:
	# With its lock: what another run or a person has done meanwhile counts.
	duty = frappe.get_doc(DUTY, name, for_update=True)
	reminder, person = _due_reminder(duty, day), responsible_person(duty)
	if duty.status != DutyStatus.OPEN or not reminder or not person:
		return
	todo = _tell(duty, reminder, person)
	duty.db_set({NOTED[reminder]: getdate(duty.due_date), "todo": todo}, update_modified=False)


def _tell(duty: Any, reminder: Reminder, person: str) -> str:
	"""One To Do for each due day; when it has passed, the same one is opened again and says so."""
	with in_language(language_of(person)):
		said = _("Overdue: {0}") if reminder is Reminder.OVERDUE else _("Due soon: {0}")
	values = {
		# A To Do's description is HTML, the duty is plain text.
		"description": said.format(escape_html(duty.duty)),
		"date": duty.due_date,
		"allocated_to": person,
		"status": OPEN_TODO,
		"priority": "High" if reminder is Reminder.OVERDUE else "Medium",
	}
	if duty.todo and frappe.db.exists("ToDo", duty.todo):
		_set_todo(duty.todo, **values)
		return duty.todo
	todo = frappe.get_doc({"doctype": "ToDo", "reference_type": DUTY, "reference_name": duty.name, **values})
	# The nightly job reminds in nobody's name.
	return todo.insert(ignore_permissions=True).name


def _set_todo(name: str, **values: Any) -> None:
	if not frappe.db.exists("ToDo", name):
		return
	todo = frappe.get_doc("ToDo", name)
	todo.update(values)
	# It follows a duty this person, or the nightly job, may write.
	todo.save(ignore_permissions=True)
