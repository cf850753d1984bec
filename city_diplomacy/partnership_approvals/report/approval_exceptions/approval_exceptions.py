from typing import Any

import frappe
from frappe import _
from frappe.utils import add_days, getdate, nowdate

from city_diplomacy.domain.words import neutral_rows
from city_diplomacy.partnership_approvals.engine import reassign
from city_diplomacy.partnership_approvals.ledger import facts
from city_diplomacy.partnership_approvals.people.names import full_names
from city_diplomacy.partnership_approvals.policies import migration
from city_diplomacy.registers.report_columns import column

DECIDED_FOR_ANOTHER = "Decided"
EXISTING = "Existing Agreement Recorded"
ALWAYS = (
	facts.OVERRIDDEN,
	facts.RECORDED,
	reassign.HANDED_OVER,
	migration.MOVED,
	EXISTING,
	facts.DATES_CHANGED,
	facts.SIGNATORIES_CHANGED,
)


def execute(filters: dict[str, Any] | None = None) -> tuple[list[dict], list[dict]]:
	"""Every act that left the ordinary way, newest first, among the records this person may read.

	Overrides, decisions recorded for others, questions handed over, policies changed on the way, agreements
	given other dates once signed, and answers given for somebody else. A council's own vote is none, nor an agreement
	entered without clearances that was signed before the first one was asked for here; `event` alone lists those.
	Filters: `from_date`, `to_date` (both included), `event`.
	"""
	filters = frappe._dict(filters or {})
	rows = [row for row in _entries(filters) if not _is_own_vote(row)]
	if filters.event != EXISTING:
		rows = _without_older_agreements(rows)
	names = full_names(person for row in rows for person in (row["actor"], row["acting_for"]))
	for row in rows:
		row["actor_name"] = names.get(row["actor"], row["actor"])
		row["acting_for_name"] = names.get(row["acting_for"], row["acting_for"])
	return columns(), neutral_rows(rows)


def columns() -> list[dict[str, Any]]:
	return [
		column("happened_on", _("When"), "Datetime", 160),
		column("event", _("What"), "Data", 190),
		column("reference_name", _("Document"), "Dynamic Link", 150, options="reference_doctype"),
		column("seat", _("Seat"), "Data", 170),
		column("decision", _("Decision"), "Data", 130),
		column("actor_name", _("By"), "Data", 160),
		column("acting_for_name", _("For"), "Data", 160),
		column("remarks", _("Reason"), "Data", 360),
		{**column("reference_doctype", _("Record Type"), "Data", 0), "hidden": 1},
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


def _is_own_vote(row: Any) -> bool:
	"""Whether an answer is one's own, or the council's, which the ledger enters in the name of the council's seat."""
	return row["event"] == DECIDED_FOR_ANOTHER and row["acting_for"] in (None, "", row["seat"])


def _without_older_agreements(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
	"""Leaves out what was signed before approvals were first asked for on this site: nobody went around them then."""
	entered = [row["reference_name"] for row in rows if row["event"] == EXISTING]
	if not entered:
		return rows
	# The day alone is read past permissions, and not shown.
	first = frappe.get_all(
		"Approval Decision",
		filters={"event": ["!=", EXISTING]},
		fields=["happened_on"],
		order_by="happened_on asc",
		limit_page_length=1,
	)
	in_use = getdate(first[0].happened_on) if first else getdate(nowdate())
	later = frappe.get_list(
		"MOU",
		filters={"existing_agreement": 1, "signed_on": [">=", in_use]},
		pluck="name",
		limit_page_length=0,
	)
	return [row for row in rows if row["event"] != EXISTING or row["reference_name"] in set(later)]
