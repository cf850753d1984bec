"""What protocol puts into the calendars people subscribe to: national days, ceremonies and receptions. Visits are in
`visits/ics.py`."""

from typing import Any

import frappe
from frappe import _

from city_diplomacy.calendar_feeds.sources import entry, listed, on_or_at
from city_diplomacy.diplomatic_protocol.ceremonies.rules import REQUEST
from city_diplomacy.diplomatic_protocol.corps.calendar import national_day_title
from city_diplomacy.diplomatic_protocol.corps.missions import MISSION
from city_diplomacy.diplomatic_protocol.guests.lists import LIST
from city_diplomacy.domain.calendar.entries import Entry, EntryStatus, Span
from city_diplomacy.domain.protocol.ceremonies import RequestStatus
from city_diplomacy.domain.protocol.guests import ListStatus
from city_diplomacy.domain.protocol.national_days import Month, days_between
from city_diplomacy.registers.record_times import time_of
from city_diplomacy.registers.time_zones import own_time_zone

OF_REQUESTS = {
	RequestStatus.REQUESTED: EntryStatus.TENTATIVE,
	RequestStatus.DECLINED: EntryStatus.CANCELLED,
}
OF_LISTS = {
	ListStatus.PREPARING: EntryStatus.TENTATIVE,
	ListStatus.CANCELLED: EntryStatus.CANCELLED,
}


def national_days(span: Span, user: str) -> list[Entry]:
	"""The national days of the missions that are open then."""
	columns = ("country", "national_day_name", "closed_on", "national_day_month", "national_day_day")
	mission = frappe.qb.DocType(MISSION)
	has_one = (mission.national_day_month != "") & (mission.national_day_day > 0)
	return [
		entry(MISSION, row, national_day_title(row), day, key=f"{row.name}-{day.year}")
		for row in listed(MISSION, user, columns, has_one, by="country")
		for day in days_between(Month(row.national_day_month), row.national_day_day, span.first, span.last)
		if not (row.closed_on and row.closed_on <= day)
	]


def ceremonies(span: Span, user: str) -> list[Entry]:
	"""Flag raisings, proclamations and the like on the day they are for."""
	columns = ("occasion", "kind", "status", "needed_on", "place")
	within = frappe.qb.DocType(REQUEST).needed_on[span.first : span.last]
	return [
		entry(
			REQUEST,
			row,
			_("{0}: {1}").format(_(row.kind), row.occasion),
			row.needed_on,
			status=OF_REQUESTS.get(row.status, EntryStatus.CONFIRMED),
			place=row.place or "",
		)
		for row in listed(REQUEST, user, columns, within, by="needed_on")
	]


def guest_lists(span: Span, user: str) -> list[Entry]:
	"""Receptions and dinners, from the hour the guests come; nobody notes when they leave."""
	within = frappe.qb.DocType(LIST).event_date[span.first : span.last]
	columns = ("list_title", "event_date", "starts_at", "place", "status")
	return [_reception(row) for row in listed(LIST, user, columns, within, by="event_date")]


def _reception(row: Any) -> Entry:
	return entry(
		LIST,
		row,
		row.list_title,
		on_or_at(row.event_date, time_of(row.starts_at) if row.starts_at is not None else None),
		zone=own_time_zone(),
		status=OF_LISTS.get(row.status, EntryStatus.CONFIRMED),
		place=row.place or "",
	)
