"""A visit as a calendar file: its days, and each item of its programme in its own time zone."""

from datetime import datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

from frappe import _
from frappe.utils import get_datetime, get_url, now_datetime
from icalendar import Calendar, Event

from city_diplomacy import __version__
from city_diplomacy.diplomatic_protocol.visits.programme import named_in, span_of
from city_diplomacy.domain.protocol.programme import instant
from city_diplomacy.domain.protocol.visits import AGREED, OFF
from city_diplomacy.registers.record_dates import date_of
from city_diplomacy.registers.time_zones import own_time_zone

CONFIRMED, TENTATIVE, CANCELLED = "CONFIRMED", "TENTATIVE", "CANCELLED"


def calendar_of(visit: Any) -> bytes:
	"""The visit and its programme as RFC 5545 has it; what is cancelled says so, and takes the place of what was sent."""
	calendar = Calendar()
	calendar.add("prodid", f"-//City Diplomacy//{__version__}//EN")
	calendar.add("version", "2.0")
	calendar.add("method", "PUBLISH")
	calendar.add_component(_whole(visit))
	for row in visit.programme:
		calendar.add_component(_item(visit, row))
	calendar.add_missing_timezones()
	return calendar.to_ical()


def file_name(visit: Any) -> str:
	return f"{visit.name}.ics"


def _whole(visit: Any) -> Event:
	event = _event(visit, visit.name)
	event.add("summary", _("{0}: {1}").format(_(visit.direction), visit.visit_title))
	# Days alone: in every time zone these days, the last one included.
	event.add("dtstart", date_of(visit, "arrives_on"))
	event.add("dtend", date_of(visit, "leaves_on") + timedelta(days=1))
	event.add("transp", "TRANSPARENT")
	if visit.purpose:
		event.add("description", visit.purpose)
	return event


def _item(visit: Any, row: Any) -> Event:
	event = _event(visit, row.name)
	zone = ZoneInfo(row.time_zone or own_time_zone())
	starts, ends = span_of(row)
	event.add("summary", row.title)
	event.add("dtstart", starts.replace(tzinfo=zone))
	event.add("dtend", ends.replace(tzinfo=zone))
	if row.place:
		event.add("location", row.place)
	if names := named_in(row):
		event.add("description", _("Who takes part: {0}").format(", ".join(names)))
	return event


def _event(visit: Any, key: str) -> Event:
	event = Event()
	event.add("uid", f"{key}@{get_url().split('//')[-1]}")
	changed = get_datetime(visit.modified) or now_datetime()
	event.add("dtstamp", _in_utc(changed))
	event.add("last-modified", _in_utc(changed))
	# Later versions count higher, whatever else happened to the record.
	event.add("sequence", max(0, int((changed - get_datetime(visit.creation)).total_seconds())))
	status = CANCELLED if visit.status in OFF else CONFIRMED if visit.status in AGREED else TENTATIVE
	event.add("status", status)
	return event


def _in_utc(moment: datetime) -> datetime:
	return instant(moment.replace(microsecond=0), own_time_zone()).astimezone(timezone.utc)
