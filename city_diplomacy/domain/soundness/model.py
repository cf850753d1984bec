"""What the checker of routing policies looks at, and what it finds.

Everything is handed in: the policy's rules by their row, the native Workflow as it is stored and as it is
generated, the fields the document has, and who holds which office today. So a check needs no database and can be
tried on a policy that exists on paper only.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeGuard

from ..route.routing import GUEST, AskedOf, Rule

ERROR, WARNING = "error", "warning"
EVERYBODY = "All"
ABOUT_PEOPLE = frozenset(
	{
		"departments-vacant",
		"escalates-to-nobody",
		"escalates-to-the-asked",
		"fallback-is-holder",
		"fallback-is-nobody",
		"one-person-two-seats",
		"recusal-leaves-it-stuck",
		"seat-vacant",
	}
)


@dataclass(frozen=True)
class Finding:
	"""One thing wrong with a policy or its Workflow, as data: who shows it finds the sentences under `code`.

	An `error` bars activation, a `warning` does not. `row` and `rule_key` name the rule, None when it is about the
	Workflow or the whole policy. `values` are what the sentences name; one of them may be a `Reason`.
	"""

	code: str
	severity: str
	row: int | None = None
	rule_key: str | None = None
	values: Mapping[str, Any] = field(default_factory=dict, hash=False)

	@property
	def is_error(self) -> bool:
		return self.severity == ERROR

	@property
	def about_people(self) -> bool:
		"""Whether it depends on who holds which office today rather than on how the policy is written."""
		return self.code in ABOUT_PEOPLE


@dataclass(frozen=True)
class Reason:
	"""Why something is so, where a finding can have several reasons; with the values of the finding it is a clause."""

	code: str


@dataclass(frozen=True)
class Transition:
	"""A way from one state to another; without a condition it is one that people take."""

	state: str
	action: str
	to: str
	allowed: str = EVERYBODY
	condition: str = ""
	self_approval: bool = True


@dataclass(frozen=True)
class Workflow:
	"""A native Workflow; `states` maps each state, the first one first, to whether a document in it is submitted."""

	states: Mapping[str, bool]
	transitions: tuple[Transition, ...]
	state_field: str = "workflow_state"
	is_active: bool = True
	sends_email: bool = False


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

	def is_active(self, user: str | None) -> TypeGuard[str]:
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

	`workflow` is the DocType's Workflow as stored, None when there is none; `generated` as it is made from the
	declaration. `stage_states` are the states people answer in, `requesters` the roles that prepare documents,
	`text_fields` the fields that hold the words people clear, `sponsor_field` the one that names who prepared
	them and so cannot.
	"""

	rules: Mapping[int, Rule]
	workflow: Workflow | None
	generated: Workflow
	fields: Mapping[str, DocumentField]
	organisation: Organisation
	stage_states: tuple[str, ...]
	requesters: tuple[str, ...] = ()
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
		if rule.asked_of is AskedOf.DEPARTMENT_HEAD:
			return office.in_line_for(rule.department, rule.fallback_user)
		if rule.asked_of is AskedOf.ROLE:
			# The fallback follows after a recusal; a role nobody has is asked of nobody.
			first = office.holders_of(rule.role)
			return (
				list(dict.fromkeys([*first, *office.in_line_for(None, rule.fallback_user)])) if first else []
			)
		if rule.asked_of is AskedOf.USER:
			named = [rule.user] if office.is_active(rule.user) else []
			return list(dict.fromkeys([*named, *office.in_line_for(rule.department, rule.fallback_user)]))
		return None

	def who_would_answer(self, rule: Rule) -> list[str]:
		"""The people among whom a seat's answer is free: all who have the role, otherwise the first in line."""
		if rule.asked_of is AskedOf.ROLE:
			return list(self.organisation.holders_of(rule.role))
		return (self.line_of(rule) or [])[:1]

	def always_asked(self, rule: Rule) -> bool:
		"""Whether every document puts a rule's question: no condition, and no table that may be empty."""
		return rule.condition is None and rule.asked_of is not AskedOf.DEPARTMENTS_OF_THE_DOCUMENT

	def most_seats(self, rule: Rule) -> int:
		"""How many seats a rule can become."""
		if rule.asked_of is AskedOf.DEPARTMENTS_OF_THE_DOCUMENT:
			return len(self.organisation.departments)
		return 1


def error(code: str, row: int | None = None, rule: Rule | None = None, **values: Any) -> Finding:
	"""A finding that bars activation."""
	return _finding(ERROR, code, row, rule, values)


def warning(code: str, row: int | None = None, rule: Rule | None = None, **values: Any) -> Finding:
	"""A finding that is shown and bars nothing."""
	return _finding(WARNING, code, row, rule, values)


def _finding(severity: str, code: str, row: int | None, rule: Rule | None, values: dict[str, Any]) -> Finding:
	if rule:
		about = {"row": row, "seat": rule.seat, "stage": rule.stage, "condition": rule.condition}
		return Finding(code, severity, row, rule.key, {**about, **values})
	return Finding(code, severity, values=values)
