"""A visit in calendars: its days, and each item of its programme in its own time zone."""

from typing import Any

import frappe
from frappe import _

from city_diplomacy.calendar_feeds.rendering import calendar_text
from city_diplomacy.calendar_feeds.sources import entry, listed
from city_diplomacy.diplomatic_protocol.visits.programme import ITEM, named_in, span_of
from city_diplomacy.diplomatic_protocol.visits.visits import VISIT
from city_diplomacy.domain.calendar.entries import Entry, EntryStatus, Span
from city_diplomacy.domain.protocol.visits import AGREED, OFF
from city_diplomacy.registers.record_dates import date_of
from city_diplomacy.registers.time_zones import own_time_zone

OF_VISITS = ("visit_title", "direction", "status", "purpose", "arrives_on", "leaves_on")
OF_ITEMS = (
	"name",
	"parent",
	"title",
	"day",
	"starts_at",
	"ends_at",
	"ends_on",
	"time_zone",
	"place",
	"takes_part",
)


def calendar_of(visit: Any) -> bytes:
	"""The visit and its programme as a file; what is cancelled says so, and takes the place of what was sent."""
	return calendar_text([_whole(visit), *(_item(visit, row) for row in visit.programme)])


def file_name(visit: Any) -> str:
	return f"{visit.name}.ics"


def visits(span: Span, user: str) -> list[Entry]:
	"""What visits put into the calendars people subscribe to: their days, and the items of their programmes."""
	visit = frappe.qb.DocType(VISIT)
	within = (visit.arrives_on <= span.last) & (visit.leaves_on >= span.first)
	known = {row.name: row for row in listed(VISIT, user, OF_VISITS, within, by="arrives_on")}
	if not known:
		return []
	items = frappe.get_all(
		ITEM,
		# Of the visits this person may know of.
		{"parenttype": VISIT, "parent": ["in", sorted(known)], "day": ["between", [span.first, span.last]]},
		list(OF_ITEMS),
		order_by="day asc, parent asc, idx asc",
		limit_page_length=0,
	)
	return [*(_whole(row) for row in known.values()), *(_item(known[row.parent], row) for row in items)]


def _whole(visit: Any) -> Entry:
	return entry(
		VISIT,
		visit,
		_("{0}: {1}").format(_(visit.direction), visit.visit_title),
		date_of(visit, "arrives_on"),
		date_of(visit, "leaves_on"),
		status=_status_of(visit),
		words=visit.purpose or "",
	)


def _item(visit: Any, row: Any) -> Entry:
	starts, ends = span_of(row)
	names = named_in(row)
	return entry(
		VISIT,
		visit,
		row.title,
		starts,
		ends,
		key=row.name,
		zone=row.time_zone or own_time_zone(),
		status=_status_of(visit),
		place=row.place or "",
		words=_("Who takes part: {0}").format(", ".join(names)) if names else "",
	)


def _status_of(visit: Any) -> EntryStatus:
	if visit.status in OFF:
		return EntryStatus.CANCELLED
	return EntryStatus.CONFIRMED if visit.status in AGREED else EntryStatus.TENTATIVE
