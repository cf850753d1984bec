from typing import Any

import frappe
from frappe import _
from frappe.utils import add_days, getdate

from city_diplomacy.domain.words import neutral_rows
from city_diplomacy.partnership_approvals import handing_on, ledger_facts, migrations
from city_diplomacy.partnership_approvals.people import full_names

DECIDED_FOR_ANOTHER = "Decided"
ALWAYS = (
	ledger_facts.OVERRIDDEN,
	ledger_facts.RECORDED,
	handing_on.HANDED_OVER,
	migrations.MOVED,
	"Existing Agreement Recorded",
	ledger_facts.DATES_CHANGED,
	ledger_facts.SIGNATORIES_CHANGED,
)


def execute(filters: dict[str, Any] | None = None) -> tuple[list[dict], list[dict]]:
	"""Every act that left the ordinary way, newest first, among the records this person may read.

	Overrides, decisions recorded for others, questions handed over, policies changed on the way, agreements
	entered without clearances or given other dates once signed, and answers given for somebody else. Filters: `from_date`, `to_date` (both
	included), `event`.
	"""
	filters = frappe._dict(filters or {})
	rows = [row for row in _entries(filters) if row["event"] != DECIDED_FOR_ANOTHER or row["acting_for"]]
	names = full_names(person for row in rows for person in (row["actor"], row["acting_for"]))
	for row in rows:
		row["actor_name"] = names.get(row["actor"], row["actor"])
		row["acting_for_name"] = names.get(row["acting_for"], row["acting_for"])
	return columns(), neutral_rows(rows)


def columns() -> list[dict[str, Any]]:
	return [
		_column("happened_on", _("When"), "Datetime", 160),
		_column("event", _("What"), "Data", 190),
		_column("reference_name", _("Document"), "Dynamic Link", 150, options="reference_doctype"),
		_column("seat", _("Seat"), "Data", 170),
		_column("decision", _("Decision"), "Data", 130),
		_column("actor_name", _("By"), "Data", 160),
		_column("acting_for_name", _("For"), "Data", 160),
		_column("remarks", _("Reason"), "Data", 360),
		{**_column("reference_doctype", _("Record Type"), "Data", 0), "hidden": 1},
	]


def _entries(filters: Any) -> list[dict[str, Any]]:
	where: list[list[Any]] = [["event", "in", [*ALWAYS, DECIDED_FOR_ANOTHER]]]
	if filters.event:
		where.append(["event", "=", filters.event])
	if filters.from_date:
		where.append(["happened_on", ">=", getdate(filters.from_date)])
	if filters.to_date:
		where.append(["happened_on", "<", add_days(getdate(filters.to_date), 1)])
	return frappe.get_list(
		"Approval Decision",
		filters=where,
		fields=[
			"happened_on",
			"event",
			"reference_doctype",
			"reference_name",
			"seat",
			"decision",
			"actor",
			"acting_for",
			"remarks",
		],
		order_by="happened_on desc",
		limit_page_length=0,
	)


def _column(fieldname: str, label: str, fieldtype: str, width: int, **more: Any) -> dict[str, Any]:
	return {"fieldname": fieldname, "label": label, "fieldtype": fieldtype, "width": width, **more}
