"""What partnerships put into the calendars people subscribe to: days of agreements, due commitments, engagements."""

from typing import Any

import frappe
from frappe import _

from city_diplomacy.calendar_feeds.sources import entry, listed
from city_diplomacy.domain.calendar.entries import Entry, EntryStatus, Span
from city_diplomacy.domain.partnerships.commitments import OPEN, CommitmentStatus
from city_diplomacy.partnerships.calendars import MIDNIGHT, is_shown
from city_diplomacy.registers.time_zones import own_time_zone


def agreements(span: Span, user: str) -> list[Entry]:
	"""The days of agreements on which something is due or ends, as the calendar of Desk has them."""
	days = {
		"effective_date": _("In force: {0}"),
		"notice_date": _("Give notice: {0}"),
		"next_review_date": _("Review: {0}"),
		"expiry_date": _("Ends: {0}"),
		"needed_by": _("Needed: {0}"),
	}
	found = []
	for field, words in days.items():
		within = frappe.qb.DocType("MOU")[field][span.first : span.last]
		rows = listed("MOU", user, ("title", "workflow_state", field), within, by=field)
		found += [
			entry("MOU", row, words.format(row.title), row[field], key=f"{row.name}-{field}")
			for row in rows
			if is_shown(field, row.workflow_state)
		]
	return found


def commitments(span: Span, user: str) -> list[Entry]:
	"""Commitments on the day they are due; one that is dropped is cancelled."""
	doctype = "Partnership Commitment"
	within = frappe.qb.DocType(doctype).due_date[span.first : span.last]
	rows = listed(doctype, user, ("commitment", "status", "due_date"), within, by="due_date")
	return [entry(doctype, row, _due(row), row.due_date, status=_status_of(row)) for row in rows]


def engagements(span: Span, user: str) -> list[Entry]:
	"""Engagements at their hours, by the site's clock; on their days alone where they have no hours."""
	doctype = "Partner Engagement"
	table = frappe.qb.DocType(doctype)
	within = (table.starts_on <= f"{span.last} 23:59:59") & (
		(table.starts_on >= span.first) | (table.ends_on >= span.first)
	)
	columns = ("subject", "engagement_type", "starts_on", "ends_on", "location")
	rows = listed(doctype, user, columns, within, by="starts_on")
	return [_engagement(doctype, row) for row in rows]


def _engagement(doctype: str, row: Any) -> Entry:
	starts, ends = row.starts_on, row.ends_on
	if not any(moment.time() != MIDNIGHT for moment in (starts, ends or starts)):
		starts, ends = starts.date(), ends and ends.date()
	title = _("{0}: {1}").format(_(row.engagement_type), row.subject)
	return entry(doctype, row, title, starts, ends, zone=own_time_zone(), place=row.location or "")


def _due(row: Any) -> str:
	return (_("Due: {0}") if row.status in OPEN else "{0}").format(row.commitment)


def _status_of(row: Any) -> EntryStatus:
	return EntryStatus.CANCELLED if row.status == CommitmentStatus.DROPPED else EntryStatus.CONFIRMED
