"""Which DocTypes are routed, and what their workflow's states mean to the engine.

An app declares a DocType with the hook `routed_doctypes = {"MOU": "path.to.RoutedDoctype"}` and binds the
guards under `doc_events`; one with a `switch` is left alone until that is on. Nothing else in the engine knows a DocType by name.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import frappe
from frappe import _

from city_diplomacy.domain.record.content import content_hash
from city_diplomacy.domain.route.states import WorkflowState
from city_diplomacy.partnership_approvals.exceptions import ApprovalError
from city_diplomacy.partnership_approvals.shapes import Document, Field

NOT_CONTENT = frozenset({"Section Break", "Column Break", "Tab Break", "HTML", "Button", "Fold", "Heading"})


@dataclass(frozen=True)
class RoutedDoctype:
	"""How a DocType is routed.

	`stage_states` are the states a routing policy may put a stage in; `standings` the submitted states a
	finished document may stand in, the first one being where signing leads; `standing_changes` says which of
	them a manager may turn into which, dates and successors see to the rest. `open_fields` stay editable
	while and after people clear the document; everything else is what they clear. `files` names the child
	table that holds the texts, and its columns for the language, the SHA-256 taken at upload and the file.
	`content_fields`, if any are named, are all that people clear. `signature_fields` are what the signature adds, to
	the document and to rows of its tables: content from then on, and nothing before. `switch` is the check in City Diplomacy
	Settings that turns the routing on; without one it is always on. `page` is where people who come by a link
	read the document, with its {name}; `visible_to` a function from a user to the condition for what they may
	know of; `few_known` a function from a user to queries for the names of these, the first column called `name`, or
	to None where there are too many to be put together. A document whose app has a signing of its own says `own_signing`. `readers` are roles that may
	read another app's DocType while it is routed. `council_state` is the stage state in which the council is
	asked: what is asked there is answered by a record of its action.
	"""

	doctype: str
	requesters: tuple[str, ...]
	stage_states: tuple[str, ...]
	standings: tuple[str, ...]
	managers: tuple[str, ...] = ()
	signers: tuple[str, ...] = ()
	state_field: str = "workflow_state"
	title_field: str = "title"
	sponsor_field: str | None = None
	needed_by_field: str | None = None
	submittable: bool = True
	standing_changes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
	draft: str = WorkflowState.DRAFT
	intake: str = WorkflowState.INTAKE_REVIEW
	ready: str = WorkflowState.READY_TO_SIGN
	declined: str = WorkflowState.DECLINED
	withdrawn: str = WorkflowState.WITHDRAWN
	submit_action: str = "Submit for Intake"
	open_fields: frozenset[str] = frozenset()
	signature_fields: frozenset[str] = frozenset()
	files: tuple[str, str, str, str] | None = None
	visible_to: str | None = None
	few_known: str | None = None
	content_fields: frozenset[str] = frozenset()
	switch: str | None = None
	page: str | None = None
	own_signing: bool = False
	readers: tuple[str, ...] = ()
	council_state: str | None = None

	@property
	def workflow_name(self) -> str:
		return f"City Diplomacy {self.doctype}"

	@property
	def states(self) -> tuple[str, ...]:
		"""Every state of its workflow, in the order of the way through it."""
		on_its_way = (self.draft, self.intake, *self.stage_states, self.ready)
		return (*on_its_way, *self.standings, self.declined, self.withdrawn)

	@property
	def signed(self) -> str:
		return self.standings[0]

	def is_submitted(self, state: str) -> bool:
		"""Whether a document in `state` has docstatus 1."""
		return self.submittable and state in self.standings

	def is_signed(self, state: str) -> bool:
		"""Whether a document in `state` is in force or was."""
		return state in self.standings

	def text_may_change(self, state: str) -> bool:
		"""Whether what people clear may still be edited in `state`; answers given before follow the text."""
		return state == self.draft or self.is_running(state)

	def has_set_out(self, state: str) -> bool:
		"""Whether anybody but the author and the office has been asked about a document in `state`."""
		return state not in (self.draft, self.intake)

	def is_running(self, state: str) -> bool:
		"""Whether a document in `state` is on its way: neither a draft nor at an end."""
		return state in (self.intake, self.ready, *self.stage_states)

	def state_of(self, doc: Document) -> str:
		return doc.get(self.state_field) or self.draft

	def is_open(self, fieldname: str) -> bool:
		"""Whether a field is not among what people clear."""
		if self.content_fields:
			return fieldname not in self.content_fields
		return fieldname in self.open_fields

	def title_of(self, doc: Document) -> str:
		return doc.get(self.title_field) or doc.name

	def people_answerable(self, doc: Document) -> set[str]:
		"""Who prepared the document and so cannot clear it."""
		sponsor = doc.get(self.sponsor_field) if self.sponsor_field else None
		return {person for person in (doc.owner, sponsor) if person}


def routing_of(doctype: str) -> RoutedDoctype:
	"""The declaration of a routed DocType. Raises ApprovalError for one that is not routed."""
	paths = _declarations().get(doctype)
	if not paths:
		frappe.throw(_("{0} is not routed through approvals.").format(_(doctype)), ApprovalError)
	return frappe.get_attr(paths[-1])


def declared_routings() -> dict[str, RoutedDoctype]:
	"""Every DocType an installed app declares, switched on or not; the last app wins."""
	return {doctype: frappe.get_attr(paths[-1]) for doctype, paths in _declarations().items()}


def _declarations() -> dict[str, list[str]]:
	# While the app is being installed, Frappe answers an empty list for a hook nobody has.
	return frappe.get_hooks("routed_doctypes") or {}


def is_routed(doctype: str) -> bool:
	"""Whether documents of a DocType set out on routes on this site: declared, and switched on."""
	if doctype not in _declarations():
		return False
	declared = routing_of(doctype)
	if not declared.switch:
		return True
	return bool(frappe.get_cached_doc("City Diplomacy Settings").get(declared.switch))


def routed_here() -> list[str]:
	"""The DocTypes routed on this site."""
	return [doctype for doctype in declared_routings() if is_routed(doctype)]


def require_routed(doctype: str) -> RoutedDoctype:
	"""The declaration of a DocType that is routed on this site. Raises ApprovalError for any other."""
	if not is_routed(doctype):
		frappe.throw(_("{0} is not routed through approvals.").format(_(doctype)), ApprovalError)
	return routing_of(doctype)


def cleared_fields(doctype: str) -> list[Field]:
	"""The definitions of the fields people clear: all that are neither open nor derived.

	Derived (read-only) values are left out, so that a renamed partner's copied name is no change of text.
	"""
	routing = routing_of(doctype)
	fields = frappe.get_meta(doctype).fields
	return [df for df in fields if _is_content(df, frozenset()) and not routing.is_open(df.fieldname)]


def content_of(doc: Document, watched: tuple[str, ...] = ()) -> dict[str, Any]:
	"""The values people clear: the watched fields, or all of them.

	What the signature adds counts once the document is signed.
	"""
	routing = routing_of(doc.doctype)
	still_to_come = frozenset() if routing.is_signed(routing.state_of(doc)) else routing.signature_fields
	content = {}
	for df in cleared_fields(doc.doctype):
		if df.fieldname in still_to_come:
			continue
		if watched and df.fieldname not in watched:
			continue
		value = doc.get(df.fieldname)
		content[df.fieldname] = (
			[_row_content(row, still_to_come) for row in value or ()] if is_table(df) else value
		)
	return content


def hash_of(doc: Document, watched: tuple[str, ...] = ()) -> str:
	"""SHA-256 over the watched content and the files' own hashes: what a decision was taken on."""
	return content_hash(content_of(doc, watched), files_of(doc, watched))


def files_of(doc: Document, watched: tuple[str, ...] = ()) -> list[tuple[str, str]]:
	"""The document's files as (language, SHA-256), if they are among what is watched."""
	routing = routing_of(doc.doctype)
	if not routing.files or (watched and routing.files[0] not in watched):
		return []
	table, language, digest, _file = routing.files
	return [(row.get(language) or "", row.get(digest) or "") for row in doc.get(table) or ()]


def is_table(df: Field) -> bool:
	return df.get("fieldtype") in ("Table", "Table MultiSelect")


def _row_content(row: Document, still_to_come: frozenset[str]) -> dict[str, Any]:
	return {df.fieldname: row.get(df.fieldname) for df in row.meta.fields if _is_content(df, still_to_come)}


def _is_content(df: Field, still_to_come: frozenset[str]) -> bool:
	return df.fieldtype not in NOT_CONTENT and not df.read_only and df.fieldname not in still_to_come
