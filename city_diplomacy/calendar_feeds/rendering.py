"""Entries of a calendar as RFC 5545 writes them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from frappe.utils import get_datetime, get_url, now_datetime
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from city_diplomacy import __version__
from city_diplomacy.domain.calendar.entries import Entry, instant
from city_diplomacy.domain.calendar.zone_rules import observances
from city_diplomacy.registers.time_zones import own_time_zone


def calendar_text(entries: Iterable[Entry], title: str = "") -> bytes:
	"""The entries as a calendar, with the rules of every time zone they are in.

	The text is the same for the same entries: nothing in it says when it was written.
	"""
	calendar = Calendar()
	calendar.add("prodid", f"-//City Diplomacy//{__version__}//EN")
	calendar.add("version", "2.0")
	calendar.add("method", "PUBLISH")
	if title:
		calendar.add("x-wr-calname", title)
		calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
		calendar.add("x-published-ttl", "PT1H")
	entries, site = list(entries), get_url().split("//")[-1]
	for component in (*_time_zones(entries), *(_event(entry, site) for entry in entries)):
		calendar.add_component(component)
	return calendar.to_ical()


def in_utc(stored: Any) -> datetime:
	"""A moment as Frappe stores it, by the site's clock, to the second; now where none is stored yet."""
	moment = get_datetime(stored) or now_datetime()
	return instant(moment.replace(microsecond=0), own_time_zone())


def _time_zones(entries: Sequence[Entry]) -> list[Timezone]:
	"""What each zone's clocks do in the years of the entries in it.

	icalendar would write them as lists of RDATE, an hour off in spring; some programs read neither.
	"""
	moments = defaultdict(list)
	for entry in entries:
		if entry.has_hours:
			moments[entry.zone or own_time_zone()] += [entry.starts, entry.ends or entry.starts]
	return [_time_zone(zone, min(times), max(times)) for zone, times in sorted(moments.items())]


def _time_zone(zone: str, first: datetime, last: datetime) -> Timezone:
	told = Timezone()
	told.add("tzid", zone)
	for one in observances(zone, first, last):
		part = TimezoneDaylight() if one.is_summer else TimezoneStandard()
		part.add("dtstart", one.begins)
		part.add("tzoffsetfrom", one.before)
		part.add("tzoffsetto", one.after)
		part.add("tzname", one.name)
		told.add_component(part)
	return told


def _event(entry: Entry, site: str) -> Event:
	event = Event()
	event.add("uid", f"{entry.key}@{site}")
	event.add("dtstamp", entry.changed)
	event.add("created", entry.made)
	event.add("last-modified", entry.changed)
	event.add("sequence", entry.sequence)
	event.add("status", entry.status.value)
	event.add("summary", entry.title)
	if entry.has_hours:
		zone = ZoneInfo(entry.zone or own_time_zone())
		event.add("dtstart", entry.starts.replace(tzinfo=zone))
		if entry.ends:
			event.add("dtend", entry.ends.replace(tzinfo=zone))
	else:
		# Days alone: in every time zone these days, the last one included.
		event.add("dtstart", entry.starts)
		event.add("dtend", entry.last_day + timedelta(days=1))
		event.add("transp", "TRANSPARENT")
	for name, text in (("location", entry.place), ("description", entry.words), ("url", entry.address)):
		if text:
			event.add(name, text)
	return event
