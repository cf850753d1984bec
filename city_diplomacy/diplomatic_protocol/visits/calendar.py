"""The visits a person may know of, as Frappe's calendar wants them."""

from typing import Any

import frappe
from frappe import _

from city_diplomacy.diplomatic_protocol.visits.visits import VISIT
from city_diplomacy.domain.protocol.visits import AGREED, OFF, VisitStatus
from city_diplomacy.partnership_approvals.arguments import Day, Filters, checked
from city_diplomacy.partnerships.calendars import listed, on_a_day

COLOURS = {
	**dict.fromkeys(AGREED, "green"),
	**dict.fromkeys(OFF, "gray"),
	VisitStatus.REQUESTED: "orange",
	VisitStatus.PROPOSED: "orange",
}


@frappe.whitelist()
@checked
def visits(start: Day, end: Day, filters: Filters = None) -> list[dict[str, Any]]:
	"""Visits from the day of arrival to the day of departure."""
	rows = listed(
		VISIT,
		filters,
		["name", "visit_title", "status", "direction", "arrives_on", "leaves_on"],
		within=[[VISIT, "arrives_on", "<=", end], [VISIT, "leaves_on", ">=", start]],
	)
	return [
		{
			**on_a_day(
				row.name,
				_("{0}: {1}").format(_(row.direction), row.visit_title),
				row.arrives_on,
				COLOURS[row.status],
			),
			"end": row.leaves_on,
		}
		for row in rows
	]
