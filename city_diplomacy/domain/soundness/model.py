"""What the checker of routing policies looks at, and what it finds.

Everything is handed in: the policy's rules by their row, the native workflow as a graph of coarse states, the
fields the document has, and who holds which office today. So a check needs no database and can be tried on a
policy that exists on paper only.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..route.joins import JoinKind
from ..route.routing import GUEST, AskedOf, Rule

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True)
class Finding:
	"""One thing wrong with a policy or its workflow.

	`code` is stable, for tests and translations; an `error` bars activation, a `warning` does not. `row` and
	`rule_key` name the rule, None when it is about the workflow or the whole policy. `trace` is how it comes
	to happen, step by step; `mend` says what to do. `about_people` marks what depends on who holds which
	office today rather than on how the policy is written.
	"""

	code: str
	severity: str
	problem: str
	mend: str
	row: int | None = None
	rule_key: str | None = None
	trace: tuple[str, ...] = ()
	about_people: bool = False

	@property
	def is_error(self) -> bool:
		return self.severity == ERROR


@dataclass(frozen=True)
class Transition:
	"""A way from one coarse state to another. `follows_route_into` is the state the document's route must stand
	in for it to be taken, which only the engine can bring about; `condition` any other condition.
	"""

	state: str
	action: str
	to: str
	allowed: str = "All"
	follows_route_into: str | None = None
	condition: str = ""


@dataclass(frozen=True)
class CoarseWorkflow:
	"""The native Workflow of a DocType, with what its states mean to the engine.

	`states` maps each state to whether a document in it is submitted. `standings` are the submitted states of a
	finished document, the first one being where signing leads; with `declined` and `withdrawn` they are the ends.
	"""

	states: Mapping[str, bool]
	transitions: tuple[Transition, ...]
	draft: str
	intake: str
	stage_states: tuple[str, ...]
	ready: str
	standings: tuple[str, ...]
	declined: str
	withdrawn: str
	requesters: tuple[str, ...] = ()
	is_there: bool = True
	is_active: bool = True
	state_field: str = "workflow_state"
	sends_email: bool = False

	@property
	def ends(self) -> tuple[str, ...]:
		return (*self.standings, self.declined, self.withdrawn)

	@property
	def running(self) -> tuple[str, ...]:
		return (self.intake, *self.stage_states, self.ready)


@dataclass(frozen=True)
class DocumentField:
	"""A field as conditions meet it. `kind` is one of number, check, text, select, date, link, table.

	`options` are a Select's choices, or the one DocType a link leads to; `columns` the fields of a table's rows.
	"""

	name: str
	kind: str = "text"
	options: tuple[str, ...] = ()
	columns: frozenset[str] = frozenset()
	required: bool = False


@dataclass(frozen=True)
class Organisation:
	"""Who holds which office today: heads and acting heads by department, holders by role, people who may sign
	in. A department without a head is in `departments` all the same.
	"""

	people: frozenset[str] = frozenset()
	departments: frozenset[str] = frozenset()
	heads: Mapping[str, str] = field(default_factory=dict)
	acting_heads: Mapping[str, str] = field(default_factory=dict)
	roles: Mapping[str, frozenset[str]] = field(default_factory=dict)

	def is_active(self, user: str | None) -> bool:
		return bool(user) and user != GUEST and user in self.people

	def holders_of(self, role: str | None) -> tuple[str, ...]:
		return tuple(sorted(user for user in self.roles.get(role or "", ()) if self.is_active(user)))

	def in_line_for(self, department: str | None, fallback: str | None) -> list[str]:
		"""Who answers for a department: its head, its acting head, the fallback; only people who may sign in."""
		line = (self.heads.get(department or ""), self.acting_heads.get(department or ""), fallback)
		return list(dict.fromkeys(person for person in line if self.is_active(person)))


@dataclass(frozen=True)
class Proposal:
	"""A policy as it would be switched on: rules by row number, and all it depends on.

	`text_fields` are the fields that hold the words people clear, `sponsor_field` the one that names who
	prepared them and so cannot.
	"""

	rules: Mapping[int, Rule]
	workflow: CoarseWorkflow
	fields: Mapping[str, DocumentField]
	organisation: Organisation
	text_fields: tuple[str, ...] = ()
	sponsor_field: str | None = None

	def by_stage(self) -> dict[int, dict[int, Rule]]:
		"""The rules of each stage by row, stages in order."""
		stages: dict[int, dict[int, Rule]] = {}
		for row, rule in sorted(self.rules.items()):
			stages.setdefault(rule.stage, {})[row] = rule
		return dict(sorted(stages.items()))

	def line_of(self, rule: Rule) -> list[str] | None:
		"""Who can come to answer a rule's seat, the first asked first; None when only the document knows."""
		office = self.organisation
		if rule.asked_of is AskedOf.ROLE:
			holders = office.holders_of(rule.role)
			# The fallback follows after a recusal; a role nobody has is asked of nobody.
			return (
				list(dict.fromkeys([*holders, *office.in_line_for(None, rule.fallback_user)]))
				if holders
				else []
			)
		if rule.asked_of is AskedOf.DEPARTMENT_HEAD:
			return office.in_line_for(rule.department, rule.fallback_user)
		if rule.asked_of is AskedOf.USER:
			first = [rule.user] if rule.user and office.is_active(rule.user) else []
			return list(dict.fromkeys([*first, *office.in_line_for(rule.department, rule.fallback_user)]))
		return None

	def who_would_answer(self, rule: Rule) -> list[str]:
		"""The people among whom a seat's answer is free: all who have the role, otherwise the first in line."""
		if rule.asked_of is AskedOf.ROLE:
			return list(self.organisation.holders_of(rule.role))
		return (self.line_of(rule) or [])[:1]

	def always_asked(self, rule: Rule) -> bool:
		"""Whether every document puts a rule's question: no condition, and no table that may be empty."""
		return not rule.condition.strip() and rule.asked_of is not AskedOf.DEPARTMENTS_OF_THE_DOCUMENT

	def most_seats(self, rule: Rule) -> int:
		"""How many seats a rule can become."""
		if rule.asked_of is AskedOf.DEPARTMENTS_OF_THE_DOCUMENT:
			return len(self.organisation.departments)
		return 1


def error(code: str, problem: str, mend: str, **more: object) -> Finding:
	"""A finding that bars activation."""
	return Finding(code, ERROR, problem, mend, **more)


def warning(code: str, problem: str, mend: str, **more: object) -> Finding:
	"""A finding that is shown and bars nothing."""
	return Finding(code, WARNING, problem, mend, **more)


def at(row: int, rule: Rule) -> dict[str, object]:
	"""Where a finding about one rule belongs."""
	return {"row": row, "rule_key": rule.key}


def wants_all(rule: Rule) -> bool:
	return rule.join.kind is JoinKind.ALL
