"""Copies of agreements that went through the real engine, with everything that hangs on them and whole ledgers.

A copy differs from its pattern in names, in the columns that are no content, and in the chain of its ledger, which
is written anew with the site's key: `verify` finds nothing wrong with it. The file a copy names is its pattern's.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import frappe
from pypika.terms import Parameter

from city_diplomacy.domain.record import ledger as chain
from city_diplomacy.partnership_approvals.ledger import keys

LEDGER, ROUTE = "Approval Decision", "Approval Route"
# DocType: the columns by which its rows name the agreement.
ABOUT = {
	ROUTE: ("reference_doctype", "reference_name"),
	"Approval Clearance": ("reference_doctype", "reference_name"),
	LEDGER: ("reference_doctype", "reference_name"),
	"Approval Snapshot": ("reference_doctype", "reference_name"),
	"Approval Notice": ("reference_doctype", "reference_name"),
	"Workflow Action": ("reference_doctype", "reference_name"),
	"Comment": ("reference_doctype", "reference_name"),
	"Version": ("ref_doctype", "docname"),
}

Row = dict[str, Any]
# A text cut at the names that differ from copy to copy: (literal, old name, literal, …).
Text = tuple[str, ...]


@dataclass
class Pattern:
	"""An agreement to be copied: by DocType the columns and rows, the rows' texts cut at the names."""

	name: str
	columns: dict[str, list[str]] = field(default_factory=dict)
	rows: dict[str, list[list[Any]]] = field(default_factory=dict)

	@property
	def entries(self) -> int:
		return len(self.rows.get(LEDGER, ()))


def read(agreement: str) -> Pattern:
	"""The pattern of an agreement as it stands."""
	found = {"MOU": _select("MOU", name=agreement)}
	for df in frappe.get_meta("MOU").get_table_fields():
		found.setdefault(df.options, []).extend(
			_select(df.options, parenttype="MOU", parent=agreement, parentfield=df.fieldname)
		)
	for doctype, (kind, name) in ABOUT.items():
		found[doctype] = _select(doctype, **{kind: "MOU", name: agreement})
	found[LEDGER].sort(key=lambda row: row["sequence"])
	found["ToDo"] = _select(
		"ToDo", reference_type="Approval Clearance", reference_name=_names(found["Approval Clearance"])
	)
	found["Workflow Action Permitted Role"] = _select(
		"Workflow Action Permitted Role", parent=_names(found["Workflow Action"])
	)
	# A snapshot is called after its route and the hash of the text, which stays.
	named = [rows for doctype, rows in found.items() if doctype != "Approval Snapshot"]
	names = {row["name"] for rows in named for row in rows}
	cut = re.compile("(" + "|".join(sorted(map(re.escape, names), key=len, reverse=True)) + ")")
	pattern = Pattern(agreement)
	for doctype, rows in found.items():
		if rows:
			pattern.columns[doctype] = list(rows[0])
			pattern.rows[doctype] = [
				[_cut(cut, row[column]) for column in pattern.columns[doctype]] for row in rows
			]
	return pattern


class Copier:
	"""Collects copies and stores them with one statement for so many rows of a DocType."""

	def __init__(self) -> None:
		self.key = keys.keyring().current
		self.columns: dict[str, list[str]] = {}
		self.waiting: dict[str, list[list[Any]]] = {}

	def copy(self, pattern: Pattern, name: str, moment: datetime, own: Row) -> None:
		"""Add a copy called `name`, made at `moment`, its agreement with the values of `own`."""
		renamed = _Renamed(pattern.name, name)
		copies = {
			doctype: [
				dict(zip(pattern.columns[doctype], (renamed.text(value) for value in row), strict=True))
				for row in rows
			]
			for doctype, rows in pattern.rows.items()
		}
		copies["MOU"][0].update(own)
		if LEDGER in copies:
			head = self._chain(copies[LEDGER])
			copies[ROUTE][0]["ledger_head"] = head
		for doctype, rows in copies.items():
			columns = self.columns.setdefault(doctype, pattern.columns[doctype])
			for row in rows:
				row["creation"] = row["modified"] = moment
				self.waiting.setdefault(doctype, []).append([row[column] for column in columns])

	def _chain(self, entries: Sequence[Row]) -> str:
		"""Write the chain of a ledger anew; returns its head."""
		previous = chain.GENESIS
		for entry in entries:
			entry["payload"] = chain.canonical(json.loads(entry["payload"]))
			entry["previous_hash"] = previous
			previous = entry["entry_hash"] = chain.entry_hash(self.key, previous, entry["payload"])
		return previous

	def store(self) -> None:
		for doctype, rows in self.waiting.items():
			insert(doctype, self.columns[doctype], rows)
		self.waiting = {}


def insert(doctype: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
	"""Store many rows as the database's driver does it; Frappe's own way takes a tenth of a millisecond a value."""
	places = [Parameter("%s")] * len(columns)
	statement = frappe.qb.into(frappe.qb.DocType(doctype)).columns(*columns).insert(*places)
	frappe.db._cursor.executemany(str(statement), rows)
	frappe.db.transaction_writes += len(rows)


class _Renamed:
	"""The names of one copy by those of its pattern; the same for the same copy, whenever it is made."""

	def __init__(self, agreement: str, name: str):
		self.name = name
		self.known = {agreement: name}

	def text(self, value: Any) -> Any:
		if not isinstance(value, tuple):
			return value
		# Every other part is a name.
		return "".join(self.of(part) if place % 2 else part for place, part in enumerate(value))

	def of(self, old: str) -> str:
		if old not in self.known:
			self.known[old] = hashlib.sha256(f"{self.name}/{old}".encode()).hexdigest()[:16]
		return self.known[old]


def _cut(names: re.Pattern, value: Any) -> Any:
	if not isinstance(value, str):
		return value
	parts = tuple(names.split(value))
	return parts if len(parts) > 1 else value


def _select(doctype: str, **filters: Any) -> list[Row]:
	table = frappe.qb.DocType(doctype)
	query = frappe.qb.from_(table).select(table.star)
	for column, value in filters.items():
		query = query.where(
			table[column].isin(value or [""]) if isinstance(value, list) else table[column] == value
		)
	return query.run(as_dict=True)


def _names(rows: Iterable[Row]) -> list[str]:
	return [row["name"] for row in rows]
