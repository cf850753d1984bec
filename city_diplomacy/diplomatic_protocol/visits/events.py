"""The calendar Event of a visit, made once by a click."""

from datetime import datetime, time
from typing import Any

import frappe

from city_diplomacy.diplomatic_protocol.visits.visits import VISIT
from city_diplomacy.registers.readable import readable
from city_diplomacy.registers.record_dates import date_of


def make_event(visit: str) -> Any:
	"""The calendar Event of a visit, made now unless it is there already.

	It is private to who makes it, until they share it. Raises PermissionError unless the person may write the visit and
	create Events.
	"""
	source = readable(VISIT, visit, "write", for_update=True)
	if source.event:
		return readable("Event", source.event)
	event = frappe.new_doc("Event")
	event.update(
		{
			"subject": source.visit_title,
			"event_category": "Event",
			"event_type": "Private",
			"starts_on": datetime.combine(date_of(source, "arrives_on"), time()),
			"ends_on": datetime.combine(date_of(source, "leaves_on"), time(23, 59)),
			"all_day": 1,
			"description": frappe.utils.escape_html(source.purpose or ""),
		}
	)
	for row in source.partners:
		event.append(
			"event_participants", {"reference_doctype": row.partner_type, "reference_docname": row.partner}
		)
	event.insert()
	source.event = event.name
	source.flags.by_verb = True
	source.save()
	return event


def follow_days(visit: Any) -> None:
	"""Move the Event with the visit; called after the visit was stored."""
	before = visit.get_doc_before_save()
	days = ("arrives_on", "leaves_on")
	if not before or not visit.event or all(date_of(before, day) == date_of(visit, day) for day in days):
		return
	if frappe.db.exists("Event", visit.event):
		event = frappe.get_doc("Event", visit.event)
		event.starts_on = datetime.combine(date_of(visit, "arrives_on"), time())
		event.ends_on = datetime.combine(date_of(visit, "leaves_on"), time(23, 59))
		# The Event was made of the visit, which this person was allowed to move; it may be a colleague's own.
		event.save(ignore_permissions=True)
