"""A route in hand: its locked row, its clearances, its ledger, and the one way its document moves.

Made by `routes.lock` and `routes.open_route`, which say in which order rows are locked.
"""

from typing import Any

import frappe
from frappe.utils import now_datetime

from city_diplomacy.partnership_approvals.engine.clearance_rows import ClearanceRows
from city_diplomacy.partnership_approvals.ledger import entries, notes, snapshots
from city_diplomacy.partnership_approvals.ledger import facts as ledger_facts
from city_diplomacy.partnership_approvals.ledger.entries import EntryValues
from city_diplomacy.partnership_approvals.routing.routed_doctypes import RoutedDoctype, routing_of
from city_diplomacy.partnership_approvals.routing.routed_document import RoutedDocument
from city_diplomacy.partnership_approvals.shapes import ClearanceRow, Document, RouteRow

STORED = (
	"workflow_state",
	"outcome",
	"round",
	"stage",
	"policy",
	"requested_by",
	"prepared_by",
	"started_on",
	"ended_on",
	"ledger_count",
	"ledger_head",
	"ledger_key_id",
)
COLUMNS = ("name", "reference_doctype", "reference_name", *STORED)


class Route:
	"""A route in hand: its row is locked until the transaction ends. Made by `lock` and `open_route`.

	`clearances` are its rows of Approval Clearance; see there.
	"""

	def __init__(self, row: RouteRow):
		self.row = row
		self.clearances = ClearanceRows(row)
		self.routing: RoutedDoctype = routing_of(row.reference_doctype)

	@property
	def state(self) -> str:
		return self.row.workflow_state

	def change(self, **values: Any) -> None:
		"""Note new values; `store` writes them."""
		self.row.update(values)

	def record(self, event: str, remarks: str | None = None, **facts: Any) -> None:
		"""Append an entry to the ledger in the name of the signed-in person."""
		facts.setdefault("actor", frappe.session.user)
		facts.setdefault("round", self.row.round)
		facts.setdefault("stage", self.row.stage)
		self.row.prepared_by = ledger_facts.with_author(
			self.row.get("prepared_by"), event, facts["actor"], facts.get("acting_for")
		)
		facts = {"event": event, "happened_on": now_datetime(), **facts}
		self.add_entry(entries.new_entry(self.row, facts, remarks, self.state, self.row.policy))

	def add_entry(self, entry: EntryValues) -> None:
		"""Store an entry that was made for this route."""
		frappe.get_doc({"doctype": "Approval Decision", **entry}).db_insert()

	def record_text(self, event: str, doc: Document, remarks: str | None = None, **facts: Any) -> None:
		"""Append an entry that fixes what the document says as a whole, and keep that text on file."""
		self.record(event, remarks, content_hash=snapshots.keep(self.row, doc), **facts)

	def record_about(self, row: ClearanceRow, event: str, remarks: str | None = None, **facts: Any) -> None:
		"""Append an entry about one clearance."""
		about = {"seat": row.seat, "department": row.department, "clearance": row.name}
		self.record(event, remarks, **{**about, **facts})

	def record_carried_over(self, row: ClearanceRow) -> None:
		"""An answer that still holds is an answer of this round, given by whom it was given."""
		self.record_about(
			row,
			ledger_facts.CARRIED_OVER,
			ledger_facts.words_of(row.remarks, row.conditions),
			happened_on=row.decided_on,
			acting_for=row.decided_by,
			decision=row.decision,
			content_hash=row.content_hash,
		)

	def store(self) -> None:
		"""Write the route; what was written on clearances since its last entry is told in one of its own."""
		if notes.has_notes(self.row):
			self.record(notes.UPDATED)
		frappe.db.set_value(
			"Approval Route",
			self.row.name,
			{field: self.row.get(field) for field in STORED if field in self.row},
		)

	def keep_in(self, doc: Document, state: str) -> str:
		"""Keep the text of the document as it will be in a state, where what the signature adds counts; answers its
		hash."""
		field, before = self.routing.state_field, self.routing.state_of(doc)
		doc.set(field, state)
		try:
			return snapshots.keep(self.row, doc)
		finally:
			doc.set(field, before)

	def document(self) -> Document:
		"""The document as it is stored now, read with its lock."""
		doc = frappe.get_doc(self.row.reference_doctype, self.row.reference_name, for_update=True)
		if isinstance(doc, RoutedDocument):
			doc.remember_as_read()
		return doc

	def move_document(self, doc: Document | None = None) -> Document:
		"""Let the native workflow follow the route, through the document's own save or submit.

		The transition's condition reads this route's row, so the native checks agree without the person who
		decides needing write permission on the document. `doc` is the document as `document` answered it under
		this lock; without it it is read again. Answers the document.
		"""
		doc = doc or self.document()
		doc.set(self.routing.state_field, self.state)
		# Deciding a clearance never needs write permission on the document; the guards hold the rest.
		doc.flags.ignore_permissions = True
		# The guards judge by this very route, which is locked; a client can send no flags, and no object.
		doc.flags.moved_by_route = self
		if self.routing.is_submitted(self.state) and doc.docstatus.is_draft():
			doc.docstatus = 1
		# Frappe's own version would show whoever answered last to everybody who reads the document; see timeline.py.
		try:
			doc.save(ignore_version=True)
		finally:
			doc.flags.moved_by_route = None
		return doc
