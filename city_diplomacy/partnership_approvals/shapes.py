"""The shapes of what Frappe hands over untyped: rows of our tables, and what an approval asks of a document.

A row is one `frappe._dict` of a statement, or a document of the same table; a test compares the columns here with
those of the DocTypes. These are Protocols, so that nothing is converted, and nothing here exists while a request runs.
Columns that may be empty are None or, where a form left them empty, "".
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Protocol, TypedDict


class Record(Protocol):
	"""What rows and documents have in common."""

	name: str

	def get(self, column: str, default: Any = None, /) -> Any: ...

	def update(self, values: Mapping[str, Any], /) -> Any: ...


class Row(Record, Protocol):
	"""A row a statement answered: its columns are attributes and members alike."""

	def __getitem__(self, column: str, /) -> Any: ...

	def __contains__(self, column: object, /) -> bool: ...

	def keys(self) -> Iterable[str]: ...

	def setdefault(self, column: str, default: Any, /) -> Any: ...

	def pop(self, column: str, default: Any = None, /) -> Any: ...


class About(Row, Protocol):
	"""A row about one routed document, such as a clearance, an entry or a notice."""

	reference_doctype: str
	reference_name: str


class RouteRow(About, Protocol):
	"""The row of Approval Route. A `Route` is the engine's hold on one; see `engine.route`."""

	policy: str
	workflow_state: str
	outcome: str
	round: int
	stage: int
	requested_by: str | None
	prepared_by: str | None
	started_on: datetime | None
	ended_on: datetime | None
	ledger_count: int
	ledger_head: str | None
	ledger_key_id: str | None


class ClearanceRow(About, Protocol):
	"""The row of Approval Clearance: one question to one seat, and its answer."""

	seat: str
	state: str
	put_to: str | None
	role: str | None
	department: str | None
	basis: str
	forwarded_from: str | None
	why: str | None
	asked_on: datetime
	due_date: date | None
	escalation_level: int | None
	next_escalation: date | None
	round: int
	stage: int
	workflow_state: str
	rule_key: str
	question: str | None
	question_on: datetime | None
	answer: str | None
	answered_on: datetime | None
	decision: str | None
	remarks: str | None
	conditions: str | None
	conditions_met: str | None
	conditions_met_on: datetime | None
	decided_by: str | None
	acting_for: str | None
	decided_on: datetime | None
	recorded: int
	carried_over: int
	overridden: int
	evidence: str | None
	content_hash: str | None
	snapshot: str | None
	mandatory: int
	veto: int
	co_reviewers_see: str | None
	route: str


class EntryRow(About, Protocol):
	"""The row of Approval Decision: one entry of the ledger of a route."""

	route: str
	sequence: int
	event: str
	happened_on: datetime
	actor: str | None
	acting_for: str | None
	seat: str | None
	department: str | None
	decision: str | None
	round: int
	stage: int
	clearance: str | None
	content_hash: str | None
	remarks: str | None
	remarks_salt: str | None
	disclosure: str | None
	exemption: str | None
	words_removed: str | None
	about: str | None
	marked_as: str | None
	authority: str | None
	payload: str
	previous_hash: str
	entry_hash: str


class NoticeRow(About, Protocol):
	"""The row of Approval Notice: one thing one person is told."""

	creation: datetime
	for_user: str
	kind: str
	matter: str
	status: str
	deliver_after: datetime | None
	delivered_on: datetime | None
	digest: int
	seat: str | None
	what: str | None
	changed: str | None
	due_date: date | None
	from_user: str | None
	url: str
	clearance: str | None
	notification_log: str | None


class DelegationRow(Record, Protocol):
	"""The row of Approval Delegation."""

	delegator: str
	delegate: str
	from_date: date
	to_date: date
	document_type: str | None
	department: str | None
	arranged_by: str | None


class SnapshotRow(About, Protocol):
	"""The row of Approval Snapshot: a text as it was under its hash."""

	route: str
	taken_on: datetime | None
	content_hash: str
	content: str | None
	files: str | None


class HoldRow(About, Protocol):
	"""The row of Legal Hold."""

	route: str
	reason: str | None
	placed_by: str | None
	placed_on: datetime | None
	placed_sequence: int
	lifted_by: str | None
	lifted_on: datetime | None
	lift_reason: str | None
	lifted_sequence: int


class HeadRow(About, Protocol):
	"""The row of Ledger Head: how a ledger ended when its head was last exported."""

	route: str
	entry_count: int
	exported_on: datetime | None
	head: str | None
	key_id: str | None
	verified_on: datetime | None
	broken: int
	first_problem: str | None
	break_digest: str | None


class RuleRow(Record, Protocol):
	"""A row of Routing Rule, as a policy holds it; `routing.Rule` is what the domain makes of it."""

	idx: int
	stage: int
	workflow_state: str
	seat: str
	asked_of: str
	department: str | None
	settings_field: str | None
	table_field: str | None
	user_field: str | None
	user: str | None
	role: str | None
	fallback_user: str | None
	applies_when: str | None
	condition: str | None
	why: str | None
	join_group: str | None
	join: str | None
	join_k: int | None
	join_percent: float | None
	mandatory: int
	veto: int
	if_refused: str | None
	working_days: int | None
	escalates_to: str | None
	watched_fields: str | None
	recorded_decision_allowed: int
	may_forward: int
	co_reviewers_see: str | None
	rule_key: str


class ConditionRow(Record, Protocol):
	"""A row of Routing Condition: one clause of a condition of a policy."""

	condition_name: str | None
	group: int | None
	field: str | None
	operator: str | None
	value: str | None


class ScheduleRow(Row, Protocol):
	"""The row of Records Schedule: how long words of a class are kept."""

	class_title: str
	applies_to: str
	active: int
	disclosure: str | None
	keep_years: int
	citation: str


class VoteRow(Record, Protocol):
	"""A row of Council Vote: how one member voted."""

	idx: int
	member: str
	vote: str


class AmendmentRow(Record, Protocol):
	"""A row of Council Amendment: a text as the council adopted it."""

	idx: int
	fieldname: str
	label: str
	text: str


class Field(Record, Protocol):
	"""What Frappe's meta says of one field."""

	fieldname: str
	fieldtype: str
	label: str
	options: Any  # the DocType of a link or table, by name; lines of choices of a Select
	read_only: int
	hidden: int


class Document(Record, Protocol):
	"""What an approval asks of a document of Frappe's, whatever its DocType."""

	doctype: str
	owner: str
	modified: datetime
	modified_by: str
	docstatus: Any  # Frappe's DocStatus
	flags: Any  # a frappe._dict
	meta: Any  # Frappe's Meta

	def set(self, key: str, value: Any, /) -> None: ...

	def is_new(self) -> bool: ...

	def as_dict(self) -> dict[str, Any]: ...

	def check_permission(self, permtype: str, /) -> None: ...

	def save(self, *, ignore_permissions: bool = ..., ignore_version: bool = ...) -> Any: ...

	def db_set(self, key: str, value: Any, /) -> None: ...

	def get_doc_before_save(self) -> Any: ...  # the same document as it is stored, None of a new one

	def get_all_children(self) -> Iterable["Document"]: ...


class DelegationDocument(Document, DelegationRow, Protocol):
	"""An Approval Delegation."""


class FileDocument(Document, Protocol):
	"""Frappe's File, or its row."""

	file_name: str
	file_size: int | None
	file_url: str | None
	thumbnail_url: str | None
	is_private: int
	is_folder: int
	content_hash: str | None
	attached_to_doctype: str | None
	attached_to_name: str | None
	attached_to_field: str | None

	def get_content(self) -> Any: ...


class CouncilAction(Document, Protocol):
	"""A Council Action: what the council did about a document."""

	clearance: str
	reference_doctype: str
	reference_name: str
	file_number: str
	committee_meeting_date: date | None
	council_meeting_date: date | None
	mover: str
	seconder: str
	outcome: str
	continued_to: date | None
	referred_to: str
	effective_date: date | None
	instrument: str
	instrument_number: str
	votes: list[VoteRow]
	amendments: list[AmendmentRow]
	ayes: int
	noes: int
	absent: int
	abstained: int
	recused: int
	attested_copy: str | None
	notes: str

	def set_document_from_clearance(self) -> None: ...


class Policy(Document, Protocol):
	"""A Routing Policy with its tables."""

	title: str
	document_type: str
	version: int
	status: str
	rules: list[RuleRow]
	conditions: list[ConditionRow]


class LedgerFinding(TypedDict):
	"""What is wrong with an entry of a ledger, by its sequence, or with the record as a whole (0)."""

	sequence: int
	problem: str
