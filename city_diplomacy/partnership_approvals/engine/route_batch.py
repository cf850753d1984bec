"""Routes in hand by the hundred, for the scheduler's work: each locked by itself, written down together.

Document, route and clearance are locked one by one by their own names, as everybody else locks them: for a list of
names the database may read a small table from end to end, and lock what is not in the list. One that somebody has in
hand is left for later and keeps no other waiting. What follows from the act is written once for the whole batch:
entries of ledgers and notices in one statement each, documents read with their tables in one statement a table.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy, deepcopy
from typing import Any

import frappe

from city_diplomacy.partnership_approvals.engine import routes
from city_diplomacy.partnership_approvals.engine.route import Route
from city_diplomacy.partnership_approvals.ledger import entries as ledger
from city_diplomacy.partnership_approvals.ledger.entries import EntryValues
from city_diplomacy.partnership_approvals.native import workflow_actions
from city_diplomacy.partnership_approvals.shapes import Document, RouteRow, Row


class BatchedRoute(Route):
	"""A route whose entries are stored, and whose document is moved, with those of its batch."""

	def __init__(self, row: RouteRow, stored: Row, batch: "RouteBatch"):
		super().__init__(row)
		self.stored, self.batch = stored, batch

	def add_entry(self, entry: EntryValues) -> None:
		self.batch.entries.append(entry)

	def document(self) -> Document:
		"""The document as its locked row says, without its tables."""
		return frappe.get_doc({"doctype": self.row.reference_doctype, **self.stored})

	def move_document(self, doc: Document | None = None) -> Document:
		self.batch.moving.append(self)
		return doc or self.document()


class RouteBatch:
	"""The routes of documents of one DocType, locked one after the other in one transaction.

	`in_hand` are the names of documents that were left because somebody else has them locked.
	"""

	def __init__(self, doctype: str):
		self.doctype = doctype
		self.locked: dict[str, BatchedRoute] = {}
		self.in_hand: list[str] = []
		self.entries: list[EntryValues] = []
		self.moving: list[BatchedRoute] = []

	def lock(self, name: str) -> BatchedRoute | None:
		"""The route of a document, both locked; None where it has none, or somebody has it in hand."""
		if name in self.locked:
			return self.locked[name]
		table = frappe.qb.DocType(self.doctype)
		found = (
			frappe.qb.from_(table)
			.select(table.star)
			.where(table.name == name)
			.for_update(skip_locked=True)
			.run(as_dict=True)
		)
		if not found:
			self.in_hand.append(name)
			return None
		row = routes.locked_row(self.doctype, name)
		if not row:
			return None
		self.locked[name] = BatchedRoute(row, found[0], self)
		return self.locked[name]

	@contextmanager
	def act_on(self, route: BatchedRoute, title: str, doctype: str, name: str) -> Iterator[None]:
		"""What is refused in the block is left undone and kept as an error about the record; nothing is raised.

		Only what is written down with the batch is undone: the block writes nothing itself before all is judged.
		"""
		entries, moving, row = len(self.entries), len(self.moving), deepcopy(route.row)
		try:
			yield
		except frappe.ValidationError:
			del self.entries[entries:], self.moving[moving:]
			route.row = route.clearances.route_row = row
			frappe.log_error(title=title, reference_doctype=doctype, reference_name=name)

	def store(self) -> None:
		"""Write down what was done: the entries, the documents that moved, and what waited for them."""
		ledger.store_entries(self.entries)
		documents = self._documents([route.stored for route in self.moving])
		for route in self.moving:
			_follow(route, documents[route.row.reference_name])
		workflow_actions.complete_others(
			self.doctype, {route.row.reference_name: route.state for route in self.moving}
		)
		self.entries, self.moving = [], []

	def _documents(self, rows: list[Row]) -> dict[str, Document]:
		"""The documents of locked rows with all their tables, by name."""
		names = [row.name for row in rows]
		if not names:
			return {}
		tables: dict[str, dict[str, list[Row]]] = {}
		for df in frappe.get_meta(self.doctype).get_table_fields():
			tables[df.fieldname] = {}
			# The engine's own job; what listens to the document is handed it whole.
			for child in frappe.get_all(
				df.options,
				filters={"parenttype": self.doctype, "parentfield": df.fieldname, "parent": ["in", names]},
				fields=["*"],
				order_by="idx asc",
				limit_page_length=0,
			):
				tables[df.fieldname].setdefault(child.parent, []).append(child)
		return {
			row.name: frappe.get_doc(
				{
					"doctype": self.doctype,
					**row,
					**{field: of.get(row.name, []) for field, of in tables.items()},
				}
			)
			for row in rows
		}


def _follow(route: BatchedRoute, doc: Any) -> None:
	"""Let a document follow its route by its state alone, with the events of a value that changed.

	Nothing else of it is different, so nothing else is judged or written again.
	"""
	doc._doc_before_save = copy(doc)
	doc.db_set(route.routing.state_field, route.state)
