"""What the scheduler does about answers that do not come. Silence never approves: nothing here decides."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate, nowdate

from city_diplomacy.domain import escalation
from city_diplomacy.domain.deadlines import days_overdue
from city_diplomacy.partnership_approvals import (
	clearances,
	handing_on,
	ladders,
	notices,
	planning,
	routes,
	seats,
)
from city_diplomacy.partnership_approvals.clearance_rows import CLEARANCE
from city_diplomacy.partnership_approvals.one_by_one import enqueue_each, logging_refusal

ESCALATED = "Escalated"


def run() -> None:
	"""Daily: a job for each clearance whose next step falls due."""
	enqueue_each(f"{__name__}.escalate_if_due", "clearance", _due())


def escalate_if_due(clearance: str) -> None:
	"""A job: take the due steps of one clearance, each once, however often this runs; a refusal is logged."""
	title = _("A late clearance could not be escalated")
	with logging_refusal(title, "Approval Clearance", clearance):
		escalate(clearance)


def escalate(clearance: str) -> int:
	"""Take the due steps of one clearance under its locks; answers how many were taken."""
	route, row = seats.take(clearance)
	if row.state != "Pending" or not row.due_date:
		return 0
	holidays, today, due = planning.holidays(), getdate(nowdate()), getdate(row.due_date)
	steps = ladders.ladder_of(route.row.policy)
	level = row.escalation_level or 0
	taken = escalation.steps_to_take(steps, level, due, today, holidays)
	if not taken:
		return 0
	level += len(taken)
	seats.change(
		route, row, escalation_level=level, next_escalation=escalation.next_day(steps, level, due, holidays)
	)
	late, doc = days_overdue(due, today, holidays), route.document()
	for step in taken:
		_take_step(step, route, row, doc, late)
	route.store()
	return len(taken)


def _due() -> list[str]:
	table = CLEARANCE
	return (
		frappe.qb.from_(table)
		.select(table.name)
		.where((table.state == "Pending") & (table.next_escalation <= nowdate()))
		.orderby(table.next_escalation)
		.run(pluck=True)
	)


def _take_step(step: escalation.Step, route: routes.Route, row: Any, doc: Any, late: int) -> None:
	if step.action is escalation.Action.HAND_OVER:
		for person in _people(step.to, route, row):
			if handing_on.hand_over(route, row, person):
				return
		return
	if step.action is escalation.Action.REMIND and step.to is escalation.To.WHOEVER_IS_ASKED:
		notices.remind([row], doc)
		return
	people = _people(step.to, route, row)
	if people:
		route.record_about(row, ESCALATED, _("Told: {0}").format(", ".join(people)))
		notices.tell_late(row, doc, people, late)


def _people(to: escalation.To, route: routes.Route, row: Any) -> list[str]:
	"""The enabled people a step reaches, in order of their names."""
	department = row.department
	found: list[str | None] = []
	if to is escalation.To.WHOEVER_IS_ASKED:
		found = notices.people_asked(row)
	elif to is escalation.To.REQUESTER:
		found = [route.row.requested_by]
	elif to is escalation.To.OFFICE_MANAGERS:
		found = [person for role in route.routing.managers for person in clearances.people_with_role(role)]
	elif to is escalation.To.ESCALATION_CONTACT:
		found = [seats.rule_of(route, row).escalates_to]
	elif department:
		column = "acting_head" if to is escalation.To.ACTING_HEAD else "partnership_liaison"
		found = [frappe.get_cached_value("Department", department, column)]
	directory = planning.SiteDirectory()
	return sorted({person for person in found if person and directory.is_active(person)})
