"""What is stored beside the ledgers of many routes, read in a fixed number of statements."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import frappe

from city_diplomacy.domain.record import disclosure
from city_diplomacy.domain.record import ledger as chain
from city_diplomacy.domain.record.recorded import Recorded
from city_diplomacy.partnership_approvals.ledger import notes
from city_diplomacy.partnership_approvals.routing import pinned_policies
from city_diplomacy.partnership_approvals.routing.preparers import COUNCIL_ACTION
from city_diplomacy.partnership_approvals.routing.routed_doctypes import cleared_fields, is_table, routing_of
from city_diplomacy.partnership_approvals.shapes import (
	ClearanceRow,
	CouncilAction,
	Document,
	EntryRow,
	Field,
	HeadRow,
	HoldRow,
	Record,
	RouteRow,
	Row,
	SnapshotRow,
)

AnyRow = TypeVar("AnyRow", bound=Record)


@dataclass(frozen=True)
class Read:
	"""One ledger that was read: its entries as rows and as what they say, and what follows from them all.

	`names` are, by the name an account had when an entry was written, the one it has now.
	"""

	route_row: RouteRow
	rows: list[EntryRow]
	said: Sequence[Mapping[str, Any]]
	recorded: Recorded
	words: dict[int, disclosure.Words]
	names: dict[str, str]
	keyring: chain.Keyring

	def pairs(self) -> Iterable[tuple[EntryRow, Mapping[str, Any]]]:
		"""Each entry with what it says."""
		return zip(self.rows, self.said, strict=True)

	def entry(self, sequence: object) -> tuple[EntryRow, Mapping[str, Any]] | None:
		"""The entry that carries a number, with what it says."""
		return next((pair for pair in self.pairs() if pair[0].sequence == sequence), None)


@dataclass(frozen=True)
class Stored:
	"""By route: its clearances, legal holds, texts on file and exported head; the routed documents with their
	tables, by DocType and name; the policies, by name; the records of the council, by clearance; the rows of
	File, by URL; by DocType, which of the records named in the ledgers are there by that name."""

	clearances: dict[str, list[ClearanceRow]]
	holds: dict[str, list[HoldRow]]
	snapshots: dict[str, list[SnapshotRow]]
	heads: dict[str, HeadRow]
	documents: dict[tuple[str, str], Document]
	policies: dict[str, pinned_policies.Pinned]
	council_actions: dict[str, list[CouncilAction]]
	files: dict[str, Row]
	known: dict[str, set[str]]


def entries_of_routes(route_names: Iterable[str]) -> dict[str, list[EntryRow]]:
	"""All columns of the entries of each route in their order; a route without any has an empty list."""
	names = list(route_names)
	found: dict[str, list[EntryRow]] = {name: [] for name in names}
	for row in _rows("Approval Decision", {"route": ["in", names]}, order_by="route asc, sequence asc"):
		found[row.route].append(row)
	return found


def read(ledgers: list[Read]) -> Stored:
	"""What the entries of `ledgers` are compared with. The verification of a ledger reads past permissions:
	its caller decides who may see what it finds."""
	route_rows = [one.route_row for one in ledgers]
	names = [route_row.name for route_row in route_rows]
	clearances = _rows(notes.DOCTYPE, {"route": ["in", names]})
	documents = documents_of(route_rows)
	actions = _council_actions(clearances)
	urls = {row.evidence for row in clearances} | {row.attested_copy for row in actions}
	urls |= {url for doc in documents.values() for url in _attached(doc)}
	return Stored(
		clearances=_grouped(clearances, "route"),
		holds=_grouped(_rows("Legal Hold", {"route": ["in", names]}), "route"),
		snapshots=_grouped(_rows("Approval Snapshot", {"route": ["in", names]}), "route"),
		heads={row.route: row for row in _rows("Ledger Head", {"route": ["in", names]})},
		documents=documents,
		policies=pinned_policies.read({route_row.policy for route_row in route_rows} - {None, ""}),
		council_actions=_grouped(actions, "clearance"),
		files=_files({url for url in urls if url}),
		known=_known(ledgers),
	)


def documents_of(route_rows: list[RouteRow], for_update: bool = False) -> dict[tuple[str, str], Document]:
	"""The routed documents with the tables that are part of what people clear; read with locks where an entry is
	going to tell of them."""
	names: dict[str, list[str]] = defaultdict(list)
	for route_row in route_rows:
		names[route_row.reference_doctype].append(route_row.reference_name)
	found = {}
	for doctype, wanted in names.items():
		table = frappe.qb.DocType(doctype)
		rows = _selected(table, table.name.isin(wanted), for_update)
		tables = {}
		for field in _tables(doctype):
			child = frappe.qb.DocType(frappe.get_meta(doctype).get_field(field).options)
			of_these = (
				(child.parent.isin(wanted)) & (child.parenttype == doctype) & (child.parentfield == field)
			)
			tables[field] = _grouped(_selected(child, of_these, for_update, child.idx), "parent")
		for row in rows:
			values = {field: tables[field].get(row.name, []) for field in tables}
			found[doctype, row.name] = frappe.get_doc({"doctype": doctype, **row, **values})
	return found


def _selected(table: Any, condition: Any, for_update: bool, order: Any = None) -> list[Any]:
	query = frappe.qb.from_(table).select(table.star).where(condition)
	query = query.orderby(order) if order is not None else query
	return (query.for_update() if for_update else query).run(as_dict=True)


def _tables(doctype: str) -> list[str]:
	"""The child tables of a routed DocType that are content, and the one with its files."""
	files = routing_of(doctype).files
	tables = {df.fieldname for df in cleared_fields(doctype) if is_table(df)}
	return sorted(tables | ({files[0]} if files else set()))


def attachments(doc: Document) -> list[Field]:
	"""The fields of a routed document that hold one file each, such as the signed copy."""
	return [df for df in doc.meta.fields if df.fieldtype in ("Attach", "Attach Image")]


def _attached(doc: Document) -> set[str]:
	urls = {doc.get(df.fieldname) for df in attachments(doc)}
	if files := routing_of(doc.doctype).files:
		table, _language, _digest, attach = files
		urls |= {row.get(attach) for row in doc.get(table) or ()}
	return urls


def _council_actions(clearances: list[ClearanceRow]) -> list[CouncilAction]:
	names = [row.name for row in clearances]
	return _rows(
		COUNCIL_ACTION,
		{"clearance": ["in", names], "docstatus": 1},
		["name", "clearance", "attested_copy"],
	)


def _files(urls: set[str]) -> dict[str, Row]:
	if not urls:
		return {}
	return {row.file_url: row for row in _rows("File", {"file_url": ["in", sorted(urls)], "is_folder": 0})}


def _known(ledgers: list[Read]) -> dict[str, set[str]]:
	"""Of the people, roles and other records that ledgers name in links, those that still bear that name."""
	links = {**pinned_policies.links(), **notes.links()}
	named: dict[str, set[object]] = {doctype: set() for doctype in sorted({"User", *links.values()})}
	for one in ledgers:
		named["User"] |= {payload.get("actor") for payload in one.said}
		for column, value in _told_names(one.recorded):
			if column in links and isinstance(value, str):
				named[links[column]].add(value)
	return {
		doctype: {row.name for row in _rows(doctype, {"name": ["in", _texts(names)]}, ["name"])}
		for doctype, names in named.items()
	}


def _told_names(record: Recorded) -> Iterator[tuple[str, object]]:
	for columns in record.clearances.values():
		yield from ((column, told.value) for column, told in columns.items())
	for parts in record.rules.values():
		for told in parts.values():
			yield from told.value.items() if isinstance(told.value, Mapping) else ()


def _texts(values: Iterable[object]) -> list[str]:
	# A list that is empty is no list to a database.
	return sorted(value for value in values if isinstance(value, str) and value) or [""]


def _grouped(rows: list[AnyRow], column: str) -> dict[str, list[AnyRow]]:
	found: dict[str, list[AnyRow]] = defaultdict(list)
	for row in rows:
		found[row.get(column)].append(row)
	return found


def _rows(
	doctype: str, filters: dict[str, Any], fields: list[str] | None = None, order_by: str = "name asc"
) -> list[Any]:
	return frappe.get_all(
		doctype, filters=filters, fields=fields or ["*"], order_by=order_by, limit_page_length=0
	)
