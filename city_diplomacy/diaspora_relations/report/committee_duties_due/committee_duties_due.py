"""What sister-city committees and departments owe, the longest overdue first."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import add_days, cint, date_diff, getdate, nowdate

from city_diplomacy.diaspora_relations.duties import DUTY
from city_diplomacy.domain.community.duties import DutyStatus
from city_diplomacy.domain.words import neutral_rows
from city_diplomacy.partnership_approvals.people.names import department_name, full_names
from city_diplomacy.registers.charts import bars
from city_diplomacy.registers.report_columns import column

EQUAL = ("kind", "partner_city", "owed_by", "department", "duty_owner")
# How soon: what the chart calls it, up to so many days ahead
SOON = ((-1, "Overdue"), (30, "Within 30 Days"), (90, "Within 90 Days"))
LATER = "Later"


def execute(filters: dict[str, Any] | None = None) -> tuple[list[dict], list[dict], None, dict | None]:
	"""Columns, rows and chart of the open duties the person may read; `within_days` ahead, or overdue alone."""
	filters = frappe._dict(filters or {})
	wanted: list[list[Any]] = [["status", "=", DutyStatus.OPEN]]
	wanted += [[field, "=", filters[field]] for field in EQUAL if filters.get(field)]
	if cint(filters.overdue):
		wanted.append(["due_date", "<", nowdate()])
	elif cint(filters.within_days):
		wanted.append(["due_date", "<=", add_days(nowdate(), cint(filters.within_days))])
	found = frappe.get_list(
		DUTY,
		filters=wanted,
		fields=[
			"name",
			"duty",
			"kind",
			"partner_city",
			"owed_by",
			"organisation",
			"department",
			"due_date",
			"recurs",
			"duty_owner",
			"reminded_of",
			"told_overdue_of",
		],
		order_by="due_date asc, name asc",
		limit_page_length=0,
	)
	people = full_names(row.duty_owner for row in found)
	rows = [_row(row, people) for row in found]
	return _columns(), neutral_rows(rows), None, _chart(rows)


def _row(row: Any, people: dict[str, str]) -> dict[str, Any]:
	due = getdate(row.due_date)
	told = [getdate(day) for day in (row.reminded_of, row.told_overdue_of) if day]
	return {
		"name": row.name,
		"duty": row.duty,
		"kind": _(row.kind),
		"partner_city": row.partner_city,
		"owed_by": row.organisation or department_name(row.department),
		"due_date": due,
		"days": date_diff(due, nowdate()),
		"recurs": _(row.recurs),
		"reminded": _("Yes") if due in told else _("No"),
		"owner_name": people.get(row.duty_owner, ""),
	}


def _columns() -> list[dict[str, Any]]:
	return [
		column("name", _("Duty"), "Link", 130, options=DUTY),
		column("duty", _("What Is Owed"), "Data", 280),
		column("kind", _("Kind"), "Data", 140),
		column("partner_city", _("Partner City"), "Link", 150, options="Partner City"),
		column("owed_by", _("Owed by"), "Data", 220),
		column("due_date", _("Due"), "Date", 110),
		column("days", _("Days Left"), "Int", 90),
		column("recurs", _("Recurs"), "Data", 110),
		column("reminded", _("Reminded"), "Data", 90),
		column("owner_name", _("Looked After by"), "Data", 160),
	]


def _chart(rows: list[dict[str, Any]]) -> dict[str, Any] | None:
	if not rows:
		return None
	counts = dict.fromkeys((*(label for _days, label in SOON), LATER), 0)
	for row in rows:
		counts[next((label for days, label in SOON if row["days"] <= days), LATER)] += 1
	labels = {
		"Overdue": _("Overdue"),
		"Within 30 Days": _("Within 30 Days"),
		"Within 90 Days": _("Within 90 Days"),
		LATER: _("Later"),
	}
	data = bars([labels[label] for label in counts], list(counts.values()), _("Duties"))
	return {"data": data, "type": "bar", "colors": ["orange"], "fieldtype": "Int"}
