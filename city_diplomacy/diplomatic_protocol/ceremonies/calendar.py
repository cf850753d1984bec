"""Ceremonial requests on the days they are for, as Frappe's calendar wants them."""

from typing import Any

import frappe
from frappe import _

from city_diplomacy.diplomatic_protocol.ceremonies.rules import REQUEST
from city_diplomacy.domain.protocol.ceremonies import RequestStatus
from city_diplomacy.partnership_approvals.arguments import Day, Filters, checked
from city_diplomacy.partnerships.calendars import listed, on_a_day

COLOURS = {
	RequestStatus.REQUESTED: "orange",
	RequestStatus.ACCEPTED: "green",
	RequestStatus.DONE: "blue",
	RequestStatus.DECLINED: "gray",
}


@frappe.whitelist()
@checked
def ceremonies(start: Day, end: Day, filters: Filters = None) -> list[dict[str, Any]]:
	"""Requests on the day they are for; what is granted and what is still open stand out."""
	rows = listed(
		REQUEST,
		filters,
		["name", "occasion", "kind", "status", "needed_on"],
		within=[[REQUEST, "needed_on", "between", [start, end]]],
	)
	return [
		on_a_day(
			row.name, _("{0}: {1}").format(_(row.kind), row.occasion), row.needed_on, COLOURS[row.status]
		)
		for row in rows
	]
