"""A new record that passed its rules, kept as the rows it is written as, so that it need not be made a second time.

It is kept with what the rules rested on (`grounds`). Whoever writes it asks first whether that is still so, and whether
the records it links to are still there.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import frappe

from city_diplomacy.register_imports.bulk import columns, naming
from city_diplomacy.registers.importing import Importing

OF_THE_WRITING = frozenset(("creation", "modified", "owner", "modified_by"))
OF_ITS_RECORD = OF_THE_WRITING | {"name", "parent"}
Row = tuple[str, dict[str, Any]]
"""A DocType and the values of its columns."""


@dataclass
class Kept:
	"""A record that is ready to be written: its rows, the first its own, and the document others see of it."""

	document: Any
	rows: list[Row]


def may_be_kept(doc: Any) -> bool:
	"""Whether what a document links to is known from its DocTypes; a Dynamic Link may lead anywhere."""
	return not any(
		row.get(fieldname)
		for row in (doc, *doc.get_all_children())
		for fieldname in columns.columns_of(row.meta).dynamic
	)


def pack(doc: Any, grounds: str) -> str:
	"""A prepared document as JSON."""
	own = _filled(doc, OF_THE_WRITING)
	rows = [(row.doctype, _filled(row, OF_ITS_RECORD)) for row in doc.get_all_children()]
	return json.dumps([grounds, own, rows], ensure_ascii=False)


def _filled(row: Any, but: frozenset[str]) -> dict[str, Any]:
	return {column: value for column, value in columns.filled(row).items() if column not in but}


def grounds_of(packed: str) -> str:
	"""What the rules rested on that a packed document passed."""
	return packed[2 : packed.index('"', 2)] if packed else ""


class Unpacker:
	"""Makes records of one register of what was packed, as if they had just passed their rules."""

	def __init__(self, register: str, new: Callable[[str], Any], importing: Importing):
		self.register, self.new, self.importing = register, new, importing
		self.series = naming.Series()

	def unpack(self, packed: str, found_by: dict[str, Any], mark: Callable[[Any], None]) -> Kept:
		"""The record, named and stamped; `mark` is called with its document.

		By what it was compared is in the document's flag `found_by`, for whoever writes its index.
		"""
		_grounds, values, children = json.loads(packed)
		doc = self.new(self.register)
		now, user = frappe.utils.now(), frappe.session.user
		stamps = {"creation": now, "modified": now, "owner": user, "modified_by": user}
		if naming.is_numbered(doc):
			values["name"] = naming.number(doc, self.series)
			self.importing.named(values)
		doc.__dict__.update(values, **stamps)
		mark(doc)
		doc.flags.found_by = found_by
		rows = [(self.register, columns.row_of(self.register, {**values, **stamps}))]
		for doctype, own in children:
			of_its_record = {**stamps, "parent": doc.name, "name": naming.hash_name()}
			rows.append((doctype, columns.row_of(doctype, {**own, **of_its_record})))
			row = self.new(doctype)
			row.__dict__.update(own, **of_its_record)
			doc.__dict__[own["parentfield"]].append(row)
		return Kept(doc, rows)


def links_lead_somewhere(rows: Iterable[Row]) -> bool:
	"""Whether every record that rows link to is there under the name they call it by."""
	wanted: dict[str, set[str]] = defaultdict(set)
	for doctype, values in rows:
		for fieldname, linked in columns.columns_of(frappe.get_meta(doctype)).links:
			if values.get(fieldname):
				wanted[linked].add(values[fieldname])
	return all(
		names
		<= set(frappe.get_all(doctype, {"name": ["in", sorted(names)]}, pluck="name", limit_page_length=0))
		for doctype, names in wanted.items()
	)


def taken(register: str, documents: Sequence[Any]) -> set[str] | None:
	"""The names of documents that are stored already; None where the database finds one under another spelling."""
	names = {doc.name for doc in documents}
	found = set(frappe.get_all(register, {"name": ["in", sorted(names)]}, pluck="name", limit_page_length=0))
	return found if found <= names else None
