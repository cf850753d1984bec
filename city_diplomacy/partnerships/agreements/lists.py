"""What hangs on many agreements, read in one statement each: parties, departments, topics, people's names."""

from collections.abc import Sequence
from typing import Any

import frappe

from city_diplomacy.registers.many_rows import in_lots


def rows_of_agreements(
	doctype: str, agreements: Sequence[str], fields: list[str], **filters: Any
) -> list[Any]:
	"""Rows of a child table of agreements that the caller was allowed to read, in their order."""
	found: list[Any] = []
	for names in in_lots(sorted(agreements)):
		# The agreements were read with the person's own permissions; their rows go with them.
		found += frappe.get_all(
			doctype,
			filters={"parenttype": "MOU", "parent": ["in", names], **filters},
			fields=["parent", *fields],
			order_by="parent asc, idx asc",
			limit_page_length=0,
		)
	return found


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
