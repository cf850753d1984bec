"""Which records the sample city is made of, so that they and no others can be removed again.

Each is a row of Frappe's DefaultValue table under a parent of our own. Rows there are reached through no form
and no request, only by code on the server, which a file or a tag that people can edit could not promise: what
stands in the book is deleted without asking. Written in the transaction that makes the records, the book is
right or there is neither.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import frappe

PARENT = "city_diplomacy_sample_city"
COLUMNS = ("name", "parent", "parenttype", "parentfield", "idx", "defkey", "defvalue", "creation", "modified")


@dataclass(frozen=True)
class Entry:
	"""A record of the sample city as it was when it was entered; or a setting with what it was before."""

	doctype: str
	name: str
	stamp: str
	before: Any = None


class Book:
	"""What was made in this run, in the order of making."""

	def __init__(self) -> None:
		self._made: list[tuple[str, str, Any]] = []

	def note(self, doctype: str, name: str, before: Any = None) -> None:
		"""A record was made, or, with `before`, one that was there got other values."""
		self._made.append((doctype, name, before))

	def mark(self) -> int:
		return len(self._made)

	def go_back_to(self, mark: int) -> None:
		"""Forget what was noted since; its making was undone."""
		del self._made[mark:]

	def write(self) -> None:
		"""Enter what was noted, with the stamps the records have now."""
		if not self._made:
			return
		stamps = stamps_of((doctype, name) for doctype, name, _before in self._made)
		now, first = frappe.utils.now(), frappe.db.count("DefaultValue", {"parent": PARENT}) + 1
		rows = [
			(
				frappe.generate_hash(length=16),
				PARENT,
				"__sample",
				"records",
				number,
				doctype,
				json.dumps({"name": name, "stamp": stamps.get((doctype, name), ""), "before": before}),
				now,
				now,
			)
			for number, (doctype, name, before) in enumerate(self._made, first)
		]
		frappe.db.bulk_insert("DefaultValue", list(COLUMNS), rows)
		self._made = []


def read_book() -> list[Entry]:
	"""All entries in the order of making."""
	rows = frappe.get_all(
		"DefaultValue",
		filters={"parent": PARENT},
		fields=["defkey", "defvalue"],
		order_by="idx asc",
		limit_page_length=0,
	)
	return [Entry(row.defkey, **json.loads(row.defvalue)) for row in rows]


def strike_out(gone: Iterable[Entry]) -> None:
	"""Take removed records out of the book; what stays in the site stays in the book."""
	struck = {(entry.doctype, entry.name) for entry in gone}
	rows = frappe.get_all(
		"DefaultValue", filters={"parent": PARENT}, fields=["name", "defkey", "defvalue"], limit_page_length=0
	)
	names = [row.name for row in rows if (row.defkey, json.loads(row.defvalue)["name"]) in struck]
	if names:
		frappe.db.delete("DefaultValue", {"name": ["in", names]})


def stamps_of(records: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
	"""What tells whether somebody has changed a record since: the time of its last change.

	Answers on an agreement do not change it but its ledger, so an agreement's stamp has the ledger's head too.
	Files are left out: attaching one to its record is a change of nobody's.
	"""
	by_doctype: dict[str, list[str]] = defaultdict(list)
	for doctype, name in records:
		by_doctype[doctype].append(name)
	by_doctype.pop("File", None)
	stamps = {}
	for doctype, names in by_doctype.items():
		if frappe.get_meta(doctype).issingle:
			continue
		# The book is written and read by the site's administrator on the server.
		for row in frappe.get_all(
			doctype, filters={"name": ["in", names]}, fields=["name", "modified"], limit_page_length=0
		):
			stamps[(doctype, row.name)] = str(row.modified)
	for row in frappe.get_all(
		"Approval Route",
		filters={"reference_name": ["in", by_doctype.get("MOU") or [""]], "reference_doctype": "MOU"},
		fields=["reference_name", "ledger_head"],
		limit_page_length=0,
	):
		stamps[("MOU", row.reference_name)] += f" {row.ledger_head}"
	return stamps
