"""What goes by its age, unless the record is under a legal hold: remarks by the city's records schedule, and
notices of what people were told.

Remarks are a nightly job's. It works through the routes in batches, each batch a job and a transaction of its own; the number
of statements grows with the batches and not with the rows. Run twice, the second time finds nothing.
"""

from typing import Any

import frappe
from frappe import _
from frappe.query_builder import Criterion
from frappe.utils import add_days, add_months, now_datetime

from city_diplomacy.domain.record import disclosure
from city_diplomacy.domain.route.states import NoticeStatus
from city_diplomacy.partnership_approvals.exceptions import RecordsError
from city_diplomacy.partnership_approvals.ledger import entries as ledger
from city_diplomacy.partnership_approvals.ledger import many_routes
from city_diplomacy.partnership_approvals.native.jobs import enqueue_next
from city_diplomacy.partnership_approvals.native.retry import retry_on_conflict
from city_diplomacy.partnership_approvals.records import custody
from city_diplomacy.partnership_approvals.routing.routed_doctypes import declared_routings
from city_diplomacy.partnership_approvals.shapes import EntryRow, RouteRow, ScheduleRow

BATCH = 200
LONGEST_YEARS = 200


def check_schedule(schedule: ScheduleRow) -> None:
	"""Raises RecordsError unless a schedule is about a routed DocType, for a sensible time, and alone in it."""
	if schedule.applies_to not in declared_routings():
		frappe.throw(_("{0} is not routed through approvals.").format(_(schedule.applies_to)), RecordsError)
	if not 0 < (schedule.keep_years or 0) <= LONGEST_YEARS:
		frappe.throw(_("Say for how many years, from 1 to {0}.").format(LONGEST_YEARS), RecordsError)
	if not schedule.active:
		return
	others = frappe.get_all(
		"Records Schedule",
		filters={"applies_to": schedule.applies_to, "active": 1, "name": ["!=", schedule.name or ""]},
		fields=["class_title", "disclosure"],
		limit_page_length=0,
	)
	other = next((row for row in others if (row.disclosure or "") == (schedule.disclosure or "")), None)
	if other:
		frappe.throw(
			_("The class {0} is active for the same words. Retire it first.").format(other.class_title),
			RecordsError,
		)


@retry_on_conflict
def dispose_by_schedule(after: str | None = None) -> None:
	"""Daily: dispose of one batch, and leave the next to a job that follows it."""
	last = dispose_of_batch(after or "")
	if last:
		enqueue_next(f"{__name__}.dispose_by_schedule", last)


def dispose_of_batch(after: str) -> str | None:
	"""Dispose of what is due on the next BATCH routes in the order of their names; answers the last of them,
	or None when there was nothing more to do."""
	schedules = _schedules()
	names = _due_routes(schedules, after)
	if not names:
		return None
	routes = _lock(names)
	for schedule in schedules:
		_dispose(
			schedule,
			[row for row in _due_entries(schedule, schedules, list(routes)) if row.route in routes],
			routes,
		)
	return names[-1] if len(names) == BATCH else None


def _schedules() -> list[ScheduleRow]:
	return frappe.get_all(
		"Records Schedule",
		filters={"active": 1},
		fields=["class_title", "applies_to", "disclosure", "keep_years", "citation"],
		order_by="class_title asc",
		limit_page_length=0,
	)


def _due_routes(schedules: list[ScheduleRow], after: str) -> list[str]:
	"""Read without locks, as a guess of what to lock; what is due is read again under the locks."""
	if not schedules:
		return []
	entry, route = frappe.qb.DocType("Approval Decision"), frappe.qb.DocType("Approval Route")
	query = frappe.qb.from_(entry).join(route).on(entry.route == route.name).select(route.name).distinct()
	due = Criterion.any(_is_due(entry, route, schedule, schedules) for schedule in schedules)
	return (
		query.where(due & (route.name > after) & route.name.notin(_held()))
		.orderby(route.name)
		.limit(BATCH)
		.run(pluck=True)
	)


def _is_due(entry: Any, route: Any, schedule: ScheduleRow, schedules: list[ScheduleRow]) -> Criterion:
	"""Words of an ended route past their time. A class without a mark is for all that no other class names."""
	cutoff = add_months(now_datetime(), -12 * schedule.keep_years)
	due = (
		(entry.reference_doctype == schedule.applies_to)
		& entry.remarks.isnotnull()
		& (entry.remarks != "")
		& route.ended_on.isnotnull()
		& (route.ended_on <= cutoff)
	)
	if schedule.disclosure:
		return due & (entry.disclosure == schedule.disclosure)
	named = [
		other.disclosure
		for other in schedules
		if other.applies_to == schedule.applies_to and other.disclosure
	]
	return due & entry.disclosure.notin(named) if named else due


def clear_notices(days: int) -> None:
	"""Delete what was told so many days ago. What still waits is kept, and so is all about a document under hold.

	The ledger is the record of what happened; notices only say who was told of it.
	"""
	notice, route = frappe.qb.DocType("Approval Notice"), frappe.qb.DocType("Approval Route")
	held = frappe.qb.from_(route).select(route.reference_name).where(route.name.isin(_held()))
	old = notice.modified < add_days(now_datetime(), -days)
	(
		frappe.qb.from_(notice)
		.delete()
		.where(old & (notice.status != NoticeStatus.WAITING) & notice.reference_name.notin(held))
		.run()
	)


def _held() -> Any:
	hold = frappe.qb.DocType("Legal Hold")
	return frappe.qb.from_(hold).select(hold.route).where(hold.lifted_on.isnull())


def _lock(names: list[str]) -> dict[str, RouteRow]:
	"""The routes with their documents locked, those left out that came under a hold."""
	locked = many_routes.lock(names)
	hold = frappe.qb.DocType("Legal Hold")
	held = (
		frappe.qb.from_(hold)
		.select(hold.route)
		.where(hold.route.isin(names) & hold.lifted_on.isnull())
		.for_update()
		.run(pluck=True)
	)
	return {name: row for name, row in locked.items() if name not in held}


def _due_entries(schedule: ScheduleRow, schedules: list[ScheduleRow], names: list[str]) -> list[EntryRow]:
	if not names:
		return []
	entry, route = frappe.qb.DocType("Approval Decision"), frappe.qb.DocType("Approval Route")
	return (
		frappe.qb.from_(entry)
		.join(route)
		.on(entry.route == route.name)
		.select(entry.star)
		.where(entry.route.isin(names) & _is_due(entry, route, schedule, schedules))
		.orderby(entry.route)
		.orderby(entry.sequence)
		.for_update()
		.run(as_dict=True)
	)


def _dispose(schedule: ScheduleRow, rows: list[EntryRow], route_rows: dict[str, RouteRow]) -> None:
	"""One entry for each route, naming every entry whose words go."""
	if not rows:
		return
	by_route: dict[str, list[EntryRow]] = {}
	for row in rows:
		by_route.setdefault(row.route, []).append(row)
	custody.remove_words(rows, disclosure.REMOVED[disclosure.DISPOSED])
	now = now_datetime()
	entries = [
		ledger.new_entry(
			route_rows[name],
			{
				"event": disclosure.DISPOSED,
				"happened_on": now,
				"actor": frappe.session.user,
				"round": route_rows[name].round,
				"stage": route_rows[name].stage,
				"about": disclosure.written(row.sequence for row in members),
				"authority": f"{schedule.class_title}: {schedule.citation}",
			},
			None,
			route_rows[name].workflow_state,
			route_rows[name].policy,
		)
		for name, members in by_route.items()
	]
	ledger.store_entries(entries)
	many_routes.store_heads([route_rows[name] for name in by_route])
