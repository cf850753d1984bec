"""What international events put into the calendars people subscribe to."""

import frappe
from frappe import _
from frappe.query_builder.functions import Coalesce
from frappe.utils import getdate

from city_diplomacy.calendar_feeds.sources import entry, listed
from city_diplomacy.domain.calendar.entries import Entry, EntryStatus, Span
from city_diplomacy.domain.calendar.partial_dates import Precision
from city_diplomacy.domain.events.phases import ENDED_BEFORE, Phase
from city_diplomacy.hosted_events.permissions import EVENT

STATUSES = {Phase.BID: EntryStatus.TENTATIVE, **dict.fromkeys(ENDED_BEFORE, EntryStatus.CANCELLED)}


def events(span: Span, user: str) -> list[Entry]:
	"""Events whose days are known. Of one that is still a bid it says so; one that is not held is cancelled."""
	event = frappe.qb.DocType(EVENT)
	within = (event.starts_on <= span.last) & (
		(event.starts_on >= span.first) | (event.ends_on >= span.first)
	)
	within &= Coalesce(event.date_precision, "").notin([Precision.MONTH, Precision.YEAR])
	columns = ("event_name", "phase", "starts_on", "ends_on", "venue")
	rows = listed(EVENT, user, columns, within, by="starts_on")
	return [
		entry(
			EVENT,
			row,
			_("{0}: {1}").format(_(row.phase), row.event_name),
			getdate(row.starts_on),
			row.ends_on and getdate(row.ends_on),
			status=STATUSES.get(row.phase, EntryStatus.CONFIRMED),
			place=row.venue or "",
		)
		for row in rows
	]
