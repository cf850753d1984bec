"""What hangs on many agreements, read in one statement each: parties, departments, topics, people's names."""

from typing import Any

import frappe

# An IN list longer than this is slower than reading the table whole.
LONGEST_LIST = 1000


def rows_of_agreements(doctype: str, agreements: list[str], fields: list[str], **filters: Any) -> list[Any]:
	"""Rows of a child table of agreements that the caller was allowed to read, in their order."""
	if not agreements:
		return []
	if len(agreements) <= LONGEST_LIST:
		filters["parent"] = ["in", agreements]
	# The agreements were read with the person's own permissions; their rows go with them.
	rows = frappe.get_all(
		doctype,
		filters={"parenttype": "MOU", **filters},
		fields=["parent", *fields],
		order_by="parent asc, idx asc",
		limit_page_length=0,
	)
	wanted = set(agreements)
	return [row for row in rows if row.parent in wanted]


def counterparts_of(agreements: list[str]) -> dict[str, list[Any]]:
	"""The parties on the other side of each agreement, with party_type, party, party_name and country."""
	parties: dict[str, list[Any]] = {}
	fields = ["party_type", "party", "party_name", "country"]
	for row in rows_of_agreements("MOU Party", agreements, fields, side="Counterpart"):
		parties.setdefault(row.parent, []).append(row)
	return parties


def values_of_agreements(doctype: str, agreements: list[str], field: str) -> dict[str, list[str]]:
	"""One column of a child table by agreement, such as the topics of each."""
	values: dict[str, list[str]] = {}
	for row in rows_of_agreements(doctype, agreements, [field]):
		values.setdefault(row.parent, []).append(row[field])
	return values
