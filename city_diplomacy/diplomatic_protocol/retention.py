"""Takes what people eat and need out of what is kept beside a record: its history and what was answered by a link.

Names, programmes, seats and letters stay: they are the city's record. Which records are due is each register's own
(`visits/needs.py`, `guests/needs.py`); how long needs are kept is in `domain/protocol/retention.py`.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import frappe

from city_diplomacy.guest_links import links

NEEDS = ("diet", "access_needs")
TAKEN_OUT = ""


def clear_rows(doctype: str, of_parents: Any) -> None:
	"""Empty the needs in the rows of a table that a condition finds."""
	table = frappe.qb.DocType(doctype)
	query = frappe.qb.update(table)
	for fieldname in NEEDS:
		query = query.set(table[fieldname], None)
	query.where(of_parents).run()


def clear_beside(doctype: str, names: Sequence[str], table: str = "") -> None:
	"""Take needs out of the answers and the history of records; `table` is the field of the rows that hold them, where the
	record itself does not."""
	_clear_answers(doctype, names)
	_clear_history(doctype, names, table)
	for name in names:
		frappe.clear_document_cache(doctype, name)


def _clear_answers(doctype: str, names: Sequence[str]) -> None:
	"""What was answered by a link is kept with the link: about somebody in particular under a longer name."""
	sent = frappe.get_all(
		links.DOCTYPE,
		{"reference_doctype": doctype, "reference_name": ["in", names or [""]]},
		pluck="name",
		limit_page_length=0,
	)
	answer = frappe.qb.DocType(links.ANSWERS)
	of_needs = answer.field.isin(NEEDS)
	for fieldname in NEEDS:
		of_needs |= answer.field.like(f"%_{fieldname}")
	frappe.qb.update(answer).set(answer.said, TAKEN_OUT).set(answer.held, TAKEN_OUT).where(
		answer.parent.isin(sent or [""]) & of_needs
	).run()


def _clear_history(doctype: str, names: Sequence[str], table: str) -> None:
	"""Frappe keeps what a record said before it was changed."""
	for version in frappe.get_all(
		"Version",
		{"ref_doctype": doctype, "docname": ["in", names or [""]]},
		["name", "data"],
		limit_page_length=0,
	):
		data = json.loads(version.data or "{}")
		if _without_needs(data, table):
			frappe.db.set_value(
				"Version", version.name, "data", frappe.as_json(data, indent=None), update_modified=False
			)


def _without_needs(data: dict[str, Any], table: str) -> bool:
	"""Take needs out of one version; whether there were any."""
	found = False
	for change in _changes(data, table):
		change[1:], found = [TAKEN_OUT, TAKEN_OUT], True
	for kind in ("added", "removed"):
		for of_table, row in data.get(kind) or []:
			for fieldname in NEEDS:
				if table and of_table == table and row.get(fieldname):
					row[fieldname], found = TAKEN_OUT, True
	return found


def _changes(data: dict[str, Any], table: str) -> Iterator[list[Any]]:
	"""The changes of needs, each [field, before, after]: in the rows of a table, or in the record itself."""
	changes = data.get("changed") or []
	if table:
		rows = data.get("row_changed") or []
		changes = [change for of_table, _place, _name, own in rows if of_table == table for change in own]
	return (change for change in changes if change[0] in NEEDS)
