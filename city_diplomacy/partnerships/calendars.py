"""What the calendars of Desk show: the days of agreements, commitments that are due, and engagements.

Each answers what the signed-in person may read, within the days shown, as Frappe's calendar wants it: `name`, `title`,
`start`, `end`, `all_day`, and `in_user_tz` for what has an hour and not a day alone. A `docstatus` of 1 keeps an event
where it is when somebody drags it; a day is changed on the form.
"""

import re
from datetime import date, time
from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate

from city_diplomacy.domain.partnerships.commitments import CommitmentStatus
from city_diplomacy.domain.route.states import WorkflowState
from city_diplomacy.partnership_approvals.arguments import Day, Filters, checked
from city_diplomacy.partnership_approvals.exceptions import ArgumentError
from city_diplomacy.partnerships.agreements.mou_routing import IN_FORCE, OVER

MIDNIGHT = time()
COLUMN = re.compile(r"\w+")


@frappe.whitelist()
@checked
def agreement_days(start: Day, end: Day, filters: Filters = None) -> list[dict[str, Any]]:
	"""From when agreements are in force, their notices, reviews and ends; for those on their way, by when."""
	fields = ("effective_date", "notice_date", "next_review_date", "expiry_date", "needed_by")
	shown = {
		"effective_date": (_("In force: {0}"), "green"),
		"notice_date": (_("Give notice: {0}"), "orange"),
		"next_review_date": (_("Review: {0}"), "blue"),
		"expiry_date": (_("Ends: {0}"), "red"),
		"needed_by": (_("Needed: {0}"), "purple"),
	}
	rows = listed(
		"MOU",
		filters,
		["name", "title", "workflow_state", *fields],
		or_filters={field: ["between", [start, end]] for field in fields},
	)
	return [
		on_a_day(row.name, words.format(row.title), row[field], colour)
		for row in rows
		for field, (words, colour) in shown.items()
		if is_shown(field, row.workflow_state) and _lies_between(row[field], start, end)
	]


@frappe.whitelist()
@checked
def due_commitments(start: Day, end: Day, filters: Filters = None) -> list[dict[str, Any]]:
	"""Commitments on the day they are due; the open ones stand out."""
	rows = listed(
		"Partnership Commitment",
		filters,
		["name", "commitment", "status", "due_date"],
		within=[["Partnership Commitment", "due_date", "between", [start, end]]],
	)
	colours = {CommitmentStatus.OPEN: "blue", CommitmentStatus.IN_PROGRESS: "orange"}
	return [on_a_day(row.name, row.commitment, row.due_date, colours.get(row.status, "gray")) for row in rows]


@frappe.whitelist()
@checked
def engagements(start: Day, end: Day, filters: Filters = None) -> list[dict[str, Any]]:
	"""Meetings, calls, visits and the like, from their start to their end."""
	rows = listed(
		"Partner Engagement",
		filters,
		["name", "subject", "engagement_type", "starts_on", "ends_on"],
		within=[["Partner Engagement", "starts_on", "<=", f"{end} 23:59:59"]],
		or_filters=[
			["Partner Engagement", "starts_on", ">=", start],
			["Partner Engagement", "ends_on", ">=", start],
		],
	)
	return [_engagement(row) for row in rows]


def _engagement(row: Any) -> dict[str, Any]:
	"""At its hours; on its days alone where it begins at midnight and ends then or at no time that is known."""
	start, end = row.starts_on, row.ends_on or row.starts_on
	hours = any(moment.time() != MIDNIGHT for moment in (start, end))
	return {
		"name": row.name,
		"title": f"{_(row.engagement_type)}: {row.subject}",
		"start": start if hours else start.date(),
		"end": end if hours else end.date(),
		"all_day": int(not hours),
		"in_user_tz": int(hours),
		"docstatus": 1,
	}


def listed(
	doctype: str, filters: Any, fields: list[str], within: list[list[Any]] | None = None, **more: Any
) -> list[Any]:
	"""As the list shows them to this person, all of them."""
	return frappe.get_list(
		doctype,
		filters=[*(within or ()), *_filters_of(doctype, filters)],
		fields=fields,
		order_by="name asc",
		limit_page_length=0,
		**more,
	)


def _filters_of(doctype: str, filters: Any) -> list[list[Any]]:
	"""The filters of the list beside the calendar that ask about the records themselves and their rows.

	A column of a linked record is none of them: it would be read without what may be known of that record. Raises
	ArgumentError for anything but a list of [DocType, column, operator, value].
	"""
	kinds = {doctype, *(field.options for field in frappe.get_meta(doctype).get_table_fields())}
	found = []
	for one in filters or []:
		if not isinstance(filters, list) or not isinstance(one, list) or len(one) < 4:
			frappe.throw(_("Filters are expected as a list of conditions."), ArgumentError)
		kind, column, operator, value = one[:4]
		if kind not in kinds or not COLUMN.fullmatch(str(column)):
			frappe.throw(_("{0} is no column of {1}.").format(column, _(doctype)), ArgumentError)
		found.append([kind, column, operator, value])
	return found


def is_shown(field: str, state: str) -> bool:
	"""Whether a day still means something in a state: a draft ends nothing, and what is over is asked nothing."""
	if field == "needed_by":
		return state not in (*IN_FORCE, *OVER)
	return state in IN_FORCE or (
		field in ("effective_date", "expiry_date")
		and state in (WorkflowState.EXPIRED, WorkflowState.SUPERSEDED)
	)


def _lies_between(day: Any, start: str, end: str) -> bool:
	return bool(day) and getdate(start) <= getdate(day) <= getdate(end)


def on_a_day(name: str, title: str, day: date, colour: str, last: date | None = None) -> dict[str, Any]:
	"""An event of a calendar that fills its day, or the days up to `last`."""
	return {
		"name": name,
		"title": title,
		"tooltip": title,
		"start": day,
		"end": last or day,
		"all_day": 1,
		"in_user_tz": 0,
		"colour": colour,
		"docstatus": 1,
	}
