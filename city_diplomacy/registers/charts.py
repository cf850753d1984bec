"""What charts about registers show: records one may know of, counted by a field, with labels that can be read."""

from collections.abc import Sequence
from typing import Any

import frappe
from frappe.query_builder.functions import Count

from city_diplomacy.access.rows import EVERY_RECORD, known_records

# Up to this number Frappe's charts would divide one record into halves and quarters.
SMALL = 2


def counted(doctype: str, field: str, wanted: Any = EVERY_RECORD) -> dict[str, int]:
	"""How many records one may read have each value of a field, of those `wanted`.

	Frappe shows every chart to System Managers, our roles or not: who may read none counts none.
	"""
	known = known_records(doctype, frappe.session.user)
	if known is None:
		return {}
	table = frappe.qb.DocType(doctype)
	query = frappe.qb.from_(table).select(table[field], Count("*")).where(wanted & known)
	return dict(query.groupby(table[field]).run())


def bars(labels: Sequence[str], values: Sequence[int], name: str) -> dict[str, Any]:
	"""The data of a bar chart of counts; an axis of a few is marked further up, so that it counts in ones."""
	data: dict[str, Any] = {"labels": list(labels), "datasets": [{"name": name, "values": list(values)}]}
	if values and max(values) <= SMALL:
		data["yMarkers"] = [{"label": "", "value": SMALL + 1}]
	return data


def shown(chart: dict[str, Any]) -> dict[str, Any]:
	"""The chart, or nothing: Frappe then says that there is no data, where it would draw an empty frame."""
	return chart if chart["labels"] else {}
