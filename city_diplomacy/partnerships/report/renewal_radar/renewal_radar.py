from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.utils import add_months, cint, getdate, nowdate

from city_diplomacy.domain.words import neutral_rows
from city_diplomacy.partnerships.agreements import renewals
from city_diplomacy.registers.charts import bars
from city_diplomacy.registers.report_columns import column
from city_diplomacy.registers.report_pages import page_of, which_rows

LONGEST_LOOK = 3660
ROWS = 1000


def execute(filters: dict[str, Any] | None = None) -> tuple[list[dict], list[dict], str | None, dict | None]:
	"""What agreements and memberships ask for within `days`, a page of it: columns, rows, message, chart by month."""
	filters = frappe._dict(filters or {})
	days = min(cint(filters.days) or renewals.days_ahead(), LONGEST_LOOK)
	due = renewals.days_due(days, filters.owner)
	start, length = page_of(filters, sum(due.values()), ROWS)
	rows = renewals.ahead(days, owner=filters.owner, start=start, length=length)
	return columns(), neutral_rows(rows), which_rows(start, len(rows), sum(due.values())), chart(due)


def columns() -> list[dict[str, Any]]:
	"""The columns of a row; who prepares agreements also gets the buttons that start what comes next."""
	starts = frappe.has_permission("MOU", "create")
	return [
		column("due", _("By"), "Date", 110),
		column("days_left", _("Days Left"), "Int", 90),
		column("what", _("What to Do"), "Data", 230),
		column("title", _("Agreement or Network"), "Data", 280),
		*([column("next_step", _("Start"), "Data", 300)] if starts else []),
		column("partner", _("Partner"), "Data", 200),
		column("owner_name", _("Owner"), "Data", 150),
		column("department_name", _("Department"), "Data", 150),
		column("kind", _("Kind"), "Data", 150),
		{**column("doctype", _("Record Type"), "Data", 0), "hidden": 1},
		column("name", _("Record"), "Dynamic Link", 150, options="doctype"),
	]


def chart(due: dict[date, int]) -> dict[str, Any] | None:
	"""How many are due in each month, months without any among them; what is overdue stands first, by itself."""
	if not due:
		return None
	today = getdate(nowdate())
	overdue = sum(count for day, count in due.items() if day < today)
	months: dict[date, int] = {}
	for day, count in due.items():
		if day >= today:
			month = day.replace(day=1)
			months[month] = months.get(month, 0) + count
	every_month = _months(min(months), max(months)) if months else []
	labels = [frappe.utils.formatdate(month, "MMM yyyy") for month in every_month]
	counts = [months.get(month, 0) for month in every_month]
	if overdue:
		labels, counts = [_("Overdue"), *labels], [overdue, *counts]
	return {
		"data": bars(labels, counts, _("Due")),
		"type": "bar",
		"colors": ["blue"],
		"fieldtype": "Int",
	}


def _months(first: date, last: date) -> list[date]:
	"""The first days of every month from `first` to `last`."""
	count = (last.year - first.year) * 12 + last.month - first.month
	return [getdate(add_months(first, number)) for number in range(count + 1)]
