"""The clearances of one route as they stand now, read with their rows locked."""

from typing import Any

import frappe
from pypika import Table

CLEARANCE = Table("tabApproval Clearance")
ROW = (
	"name",
	"seat",
	"rule_key",
	"stage",
	"round",
	"state",
	"decision",
	"mandatory",
	"veto",
	"content_hash",
	"put_to",
	"role",
	"department",
	"decided_by",
	"acting_for",
	"remarks",
	"conditions",
	"conditions_met",
	"conditions_met_on",
	"why",
	"due_date",
)
"""What the walk over the stages looks at."""


def locked_rows(route: str, columns: tuple[str, ...], condition: Any = None) -> list[Any]:
	"""Clearances of a route as they are now, their rows locked, in the order they were asked.

	A plain read would show them as they were when the request began. They are found by the index that begins
	with the route; no index may begin with a column of a `condition`, such as the decision, or the database
	could find them by that one and lock what belongs to other agreements. So no condition is on who decided, was
	asked or had it before, or on the department, by which people's lists are found.
	"""
	query = frappe.qb.from_(CLEARANCE).select(*(CLEARANCE[column] for column in columns))
	query = query.where(CLEARANCE.route == route)
	if condition is not None:
		query = query.where(condition)
	return query.orderby(CLEARANCE.asked_on).for_update().run(as_dict=True)
