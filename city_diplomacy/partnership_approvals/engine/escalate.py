"""What the scheduler does about answers that do not come. Silence never approves: nothing here decides."""

from collections.abc import Sequence
from functools import cache
from itertools import groupby

import frappe
from frappe import _
from frappe.utils import getdate, nowdate

from city_diplomacy.domain.calendar.deadlines import days_overdue
from city_diplomacy.domain.route import escalation
from city_diplomacy.domain.route.states import ClearanceState
from city_diplomacy.partnership_approvals.engine import reassign, route_batch, seats
from city_diplomacy.partnership_approvals.engine.clearance_rows import CLEARANCE
from city_diplomacy.partnership_approvals.engine.route import Route
from city_diplomacy.partnership_approvals.native.jobs import enqueue_batches, enqueue_each, logging_refusal
from city_diplomacy.partnership_approvals.native.retry import retry_on_conflict
from city_diplomacy.partnership_approvals.notices import notify
from city_diplomacy.partnership_approvals.people import delegations, names
from city_diplomacy.partnership_approvals.routing import escalation as ladders
from city_diplomacy.partnership_approvals.routing import planning
from city_diplomacy.partnership_approvals.shapes import ClearanceRow, Document
from city_diplomacy.registers.languages import site_language

ESCALATED = "Escalated"


def run() -> None:
	"""Daily: jobs for the clearances whose next step falls due, in batches of one DocType."""
	for _doctype, rows in groupby(_due(), key=lambda row: row.reference_doctype):
		enqueue_batches(f"{__name__}.escalate_batch", "clearances", [row.name for row in rows])


@retry_on_conflict
def escalate_batch(clearances: list[str]) -> None:
	"""A job: take the due steps of these clearances, each once, however often this runs.

	A step that hands a question over is judged and written by itself, and so is a clearance whose document
	somebody has in hand: each gets a job of its own. A refusal is logged, and holds up no other.
	"""
	about = _documents_of(clearances)
	if not about:
		return
	batch = route_batch.RouteBatch(about[0].reference_doctype)
	left, this_run = [], Run()
	with notify.in_one_statement():
		for asked in about:
			route = batch.lock(asked.reference_name)
			if not route:
				left.append(asked.name)
				continue
			with (
				batch.act_on(route, _failure(), "Approval Clearance", asked.name),
				notify.in_one_statement(),
			):
				if not _tell_due(route, seats.locked(asked.name), this_run):
					left.append(asked.name)
	batch.store()
	enqueue_each(f"{__name__}.escalate_if_due", "clearance", left)


@retry_on_conflict
def escalate_if_due(clearance: str) -> None:
	"""A job: take the due steps of one clearance, each once, however often this runs; a refusal is logged."""
	with logging_refusal(_failure(), "Approval Clearance", clearance):
		escalate(clearance)


def escalate(clearance: str) -> int:
	"""Take the due steps of one clearance under its locks; answers how many were taken."""
	route, row = seats.lock(clearance)
	this_run = Run()
	due_now = _due_steps(route, row, this_run)
	if due_now:
		_do(due_now, route, row, this_run)
	return len(due_now)


class Run:
	"""What the steps of one job are measured by, asked once for all of them."""

	def __init__(self) -> None:
		self.holidays, self.today = planning.holidays(), getdate(nowdate())
		self.delegations = delegations.holding_today()
		self.directory = planning.SiteDirectory()
		self.people_with_role = cache(names.people_with_role)


def _tell_due(route: Route, row: ClearanceRow, this_run: Run) -> bool:
	"""Take the due steps of a clearance if all they do is tell people; False when one hands the question over."""
	due_now = _due_steps(route, row, this_run)
	if any(step.action is escalation.Action.HAND_OVER for step in due_now):
		return False
	if due_now:
		_do(due_now, route, row, this_run)
	return True


def _due_steps(route: Route, row: ClearanceRow, this_run: Run) -> tuple[escalation.Step, ...]:
	"""The steps that are due, of a clearance whose row is locked."""
	if row.state != ClearanceState.PENDING or not row.due_date:
		return ()
	steps = ladders.ladder_of(route.row.policy)
	return escalation.due_steps(
		steps, row.escalation_level or 0, getdate(row.due_date), this_run.today, this_run.holidays
	)


def _do(due_now: Sequence[escalation.Step], route: Route, row: ClearanceRow, this_run: Run) -> None:
	due, level = getdate(row.due_date), (row.escalation_level or 0) + len(due_now)
	steps = ladders.ladder_of(route.row.policy)
	late, doc = days_overdue(due, this_run.today, this_run.holidays), route.document()
	for step in due_now:
		_do_step(step, route, row, doc, late, this_run)
	next_day = escalation.next_day(steps, level, due, this_run.holidays)
	route.clearances.change(row, escalation_level=level, next_escalation=next_day)
	route.store()


def _due() -> list[ClearanceRow]:
	table = CLEARANCE
	return (
		frappe.qb.from_(table)
		.select(table.name, table.reference_doctype)
		.where((table.state == ClearanceState.PENDING) & (table.next_escalation <= nowdate()))
		.orderby(table.reference_doctype)
		.orderby(table.next_escalation)
		.orderby(table.name)
		.run(as_dict=True)
	)


def _documents_of(clearances: list[str]) -> list[ClearanceRow]:
	"""Each clearance with the document it is about, which never changes; those of one document together."""
	table = CLEARANCE
	return (
		frappe.qb.from_(table)
		.select(table.name, table.reference_doctype, table.reference_name)
		.where(table.name.isin(clearances))
		.orderby(table.reference_name)
		.orderby(table.name)
		.run(as_dict=True)
	)


def _failure() -> str:
	return _("A late clearance could not be escalated")


def _do_step(
	step: escalation.Step, route: Route, row: ClearanceRow, doc: Document, late: int, this_run: Run
) -> None:
	if step.action is escalation.Action.HAND_OVER:
		for person in _people(step.to, route, row, this_run):
			if reassign.hand_over(route, row, person):
				return
		return
	if step.action is escalation.Action.REMIND and step.to is escalation.To.WHOEVER_IS_ASKED:
		notify.remind([row], doc, this_run.delegations)
		return
	people = _people(step.to, route, row, this_run)
	if people:
		route.record_about(row, ESCALATED, _("Told: {0}", site_language()).format(", ".join(people)))
		notify.tell_late(row, doc, people, late)


def _people(to: escalation.To, route: Route, row: ClearanceRow, this_run: Run) -> list[str]:
	"""The enabled people a step reaches, in order of their names."""
	department = row.department
	found: Sequence[str | None] = ()
	if to is escalation.To.WHOEVER_IS_ASKED:
		found = notify.people_asked(row, this_run.delegations)
	elif to is escalation.To.REQUESTER:
		found = [route.row.requested_by]
	elif to is escalation.To.OFFICE_MANAGERS:
		found = [person for role in route.routing.managers for person in this_run.people_with_role(role)]
	elif to is escalation.To.ESCALATION_CONTACT:
		found = [seats.rule_of(route, row).escalates_to]
	elif department:
		column = "acting_head" if to is escalation.To.ACTING_HEAD else "partnership_liaison"
		found = [frappe.get_cached_value("Department", department, column)]
	return sorted({person for person in found if person and this_run.directory.is_active(person)})
