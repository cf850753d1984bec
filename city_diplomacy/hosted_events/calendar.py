"""International events in the calendar of Desk, as far as the signed-in person may read them."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate

from city_diplomacy.domain.calendar.partial_dates import PartialDate, Precision
from city_diplomacy.domain.events.phases import ENDED_BEFORE, Phase
from city_diplomacy.hosted_events.permissions import EVENT
from city_diplomacy.partnership_approvals.arguments import Day, Filters, checked
from city_diplomacy.partnerships.calendars import listed, on_a_day
from city_diplomacy.registers.record_dates import day_asked

COLOURS = {Phase.BID: "orange", Phase.AWARDED: "blue", Phase.PREPARING: "purple", Phase.HELD: "green"}


@frappe.whitelist()
@checked
def event_days(start: Day, end: Day, filters: Filters = None) -> list[dict[str, Any]]:
	"""Events on their days, or all through their month where no more is known; those of which the year alone is known,
	and those that were not held, are left out."""
	first, last = day_asked(start, _("From")), day_asked(end, _("Until"))
	rows = listed(
		EVENT,
		filters,
		["name", "event_name", "phase", "starts_on", "ends_on", "date_precision"],
		within=[
			[EVENT, "starts_on", "<=", last],
			# The longest event that can still go on, and the longest month.
			[EVENT, "starts_on", ">=", frappe.utils.add_days(first, -120)],
			[EVENT, "phase", "not in", list(ENDED_BEFORE)],
		],
	)
	shown = [_shown(row) for row in rows if row.date_precision != Precision.YEAR]
	return [one for one in shown if one["end"] >= first]


def _shown(row: Any) -> dict[str, Any]:
	precision = Precision(row.date_precision or Precision.DAY)
	last = PartialDate(getdate(row.ends_on or row.starts_on), precision).latest
	return on_a_day(
		row.name,
		f"{_(row.phase)}: {row.event_name}",
		getdate(row.starts_on),
		COLOURS.get(row.phase, "gray"),
		last,
	)
