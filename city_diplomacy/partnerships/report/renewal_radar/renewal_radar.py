from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.utils import add_months, cint, getdate

from city_diplomacy.domain.words import neutral_rows
from city_diplomacy.partnerships import renewals
from city_diplomacy.partnerships.charts import bars

LONGEST_LOOK = 3660


def execute(filters: dict[str, Any] | None = None) -> tuple[list[dict], list[dict], str | None, dict | None]:
	"""What agreements and memberships ask for within `days`: columns, rows, message, chart by month."""
	filters = frappe._dict(filters or {})
	days = min(cint(filters.days) or renewals.days_ahead(), LONGEST_LOOK)
	rows = [row for row in renewals.ahead(days) if not filters.owner or row["owner"] == filters.owner]
	return columns(), neutral_rows(rows), None, chart(rows)


def columns() -> list[dict[str, Any]]:
	"""The columns of a row; who prepares agreements also gets the buttons that start what comes next."""
	starts = frappe.has_permission("MOU", "create")
	return [
		_column("due", _("By"), "Date", 110),
		_column("days_left", _("Days Left"), "Int", 90),
		_column("what", _("What to Do"), "Data", 230),
		_column("title", _("Agreement or Network"), "Data", 280),
		*([_column("next_step", _("Start"), "Data", 300)] if starts else []),
		_column("partner", _("Partner"), "Data", 200),
		_column("owner_name", _("Owner"), "Data", 150),
		_column("department_name", _("Department"), "Data", 150),
		_column("kind", _("Kind"), "Data", 150),
		{**_column("doctype", _("Record Type"), "Data", 0), "hidden": 1},
		_column("name", _("Record"), "Dynamic Link", 150, options="doctype"),
	]


def chart(rows: list[dict[str, Any]]) -> dict[str, Any] | None:
	"""How many are due in each month, months without any among them; what is overdue stands first, by itself."""
	if not rows:
		return None
	overdue, months = 0, {}
	for row in rows:
		if row["days_left"] < 0:
			overdue += 1
		else:
			month = getdate(row["due"]).replace(day=1)
			months[month] = months.get(month, 0) + 1
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


def _column(fieldname: str, label: str, fieldtype: str, width: int, **more: Any) -> dict[str, Any]:
	return {"fieldname": fieldname, "label": label, "fieldtype": fieldtype, "width": width, **more}
