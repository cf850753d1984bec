"""The national days of the missions in the city, as Frappe's calendar wants them."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import add_days, getdate

from city_diplomacy.diplomatic_protocol.corps.missions import MISSION
from city_diplomacy.domain.protocol.national_days import MONTHS, Month, days_between, next_after
from city_diplomacy.partnership_approvals.arguments import Day, Filters, checked
from city_diplomacy.partnerships.calendars import listed, on_a_day
from city_diplomacy.registers.record_dates import day_asked, today

DAYS_AHEAD = 30


@frappe.whitelist()
@checked
def national_days(start: Day, end: Day, filters: Filters = None) -> list[dict[str, Any]]:
	"""The national days within the days shown, of missions that are not closed by then."""
	first, last = day_asked(start, _("From")), day_asked(end, _("Until"))
	rows = listed(
		MISSION,
		filters,
		["name", "country", "national_day_name", "closed_on", "national_day_month", "national_day_day"],
		within=[[MISSION, "national_day_month", "is", "set"], [MISSION, "national_day_day", ">", 0]],
	)
	return [
		on_a_day(row.name, national_day_title(row), day, "green")
		for row in rows
		for day in days_between(Month(row.national_day_month), row.national_day_day, first, last)
		if not (row.closed_on and row.closed_on <= day)
	]


def ahead() -> list[str]:
	"""The names of the open missions whose national day is within the next DAYS_AHEAD days."""
	first, last = today(), getdate(add_days(today(), DAYS_AHEAD))
	months = {MONTHS[getdate(add_days(first, days)).month - 1] for days in range(DAYS_AHEAD + 1)}
	rows = frappe.get_list(
		MISSION,
		filters={"national_day_month": ["in", sorted(months)], "national_day_day": [">", 0]},
		fields=["name", "national_day_month", "national_day_day", "closed_on"],
		order_by="name asc",
		limit_page_length=0,
	)
	return [
		row.name
		for row in rows
		if next_after(Month(row.national_day_month), row.national_day_day, first) <= last
		and not (row.closed_on and row.closed_on <= first)
	]


def national_day_title(row: Any) -> str:
	"""What a mission's national day is called."""
	if row.national_day_name:
		return _("{0}: {1}").format(_(row.country), row.national_day_name)
	return _("{0}: national day").format(_(row.country))
