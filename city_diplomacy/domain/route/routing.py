"""Who must be asked about a document, in which order, and why.

A policy is a list of rules: when (condition) somebody (seat) must be asked at some stage. Planning a route
turns the rules into stages of questions without deciding anything and without touching a database, so the
same function serves the engine, the preview and the rehearsal of a draft policy.

Two promises hold whatever the organisation looks like: a route never loses a seat (a vacant one stays in
the route, marked vacant, and blocks), and asking a seat once instead of twice never makes it weaker.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Protocol

from ..calendar.deadlines import add_working_days
from ..choices import StrEnum
from ..policy.conditions import Condition, ConditionError
from .joins import JoinKind, JoinRule

GUEST = "Guest"
DEPARTMENT = "department"


class RoutingError(ValueError):
	"""Rules that contradict each other or do not fit the document; the message names the rules."""


class AskedOf(StrEnum):
	"""How a rule finds the person to ask."""

	DEPARTMENT_HEAD = "Department Head"
	DEPARTMENTS_OF_THE_DOCUMENT = "Departments of the Document"
	USER_FIELD = "User Field"
	USER = "User"
	ROLE = "Role"


class Basis(StrEnum):
	"""Why a question stands with its holder."""

	HEAD = "head"
	ACTING_HEAD = "acting head"
	NAMED_USER = "named user"
	FIELD = "field"
	ROLE = "role"
	FALLBACK = "fallback"
	VACANT = "vacant"


class CoReviewersSee(StrEnum):
	"""What the other seats of a round may see of this one's answer."""

	NOTHING = "Nothing"
	DECISIONS = "Decisions"
	REMARKS = "Remarks"


class IfRefused(StrEnum):
	"""Where a refused document goes."""

	RETURN_TO_DRAFT = "Return to Draft"
	DECLINE = "Decline"


@dataclass(frozen=True)
class Rule:
	"""One line of a routing policy. Raises RoutingError for a word that is not on its list.

	Without a `condition` it always applies. `table_field` is the child table whose rows have a `department`
	(Departments of the Document); `user_field` the field that names the person (User Field). `watched_fields` are
	the fields whose change asks the seat again; none given means the whole document. `working_days` is the time to
	answer.
	"""

	key: str
	stage: int
	state: str
	seat: str
	asked_of: AskedOf | str
	department: str | None = None
	table_field: str | None = None
	user_field: str | None = None
	user: str | None = None
	role: str | None = None
	fallback_user: str | None = None
	condition: Condition | None = None
	join: JoinRule = field(default_factory=JoinRule)
	group: str = ""
	mandatory: bool = False
	veto: bool = False
	working_days: int = 5
	escalates_to: str | None = None
	watched_fields: tuple[str, ...] = ()
	recorded_decision_allowed: bool = False
	may_forward: bool = False
	co_reviewers_see: str = CoReviewersSee.DECISIONS
	if_refused: str = IfRefused.RETURN_TO_DRAFT
	why: str = ""

	def __post_init__(self) -> None:
		for name, options in (
			("asked_of", AskedOf),
			("co_reviewers_see", CoReviewersSee),
			("if_refused", IfRefused),
		):
			try:
				object.__setattr__(self, name, options(getattr(self, name)))
			except ValueError as error:
				known = ", ".join(str(option) for option in options)
				raise RoutingError(
					f'Rule {self.key}: "{getattr(self, name)}" is not one of {known} ({name}).'
				) from error
		if self.working_days < 0:
			raise RoutingError(f"Rule {self.key} gives {self.working_days} working days; give 0 or more.")


class Directory(Protocol):
	"""What planning needs to know about the organisation."""

	def head_of(self, department: str) -> str | None:
		"""The user who heads a department."""

	def acting_head_of(self, department: str) -> str | None:
		"""The user who acts for the head of a department."""

	def is_active(self, user: str) -> bool:
		"""Whether the user exists and may sign in."""

	def has_role(self, user: str, role: str) -> bool:
		"""Whether the user has a role."""


@dataclass(frozen=True)
class Question:
	"""One seat's question: `seat` is what people read; `holder` is None for a role or a vacant seat.

	`passed_over` are people who hold the office and may not answer here: they prepared the document, or fill
	another mandatory seat of it.
	"""

	rule: Rule
	seat: str
	department: str | None
	holder: str | None
	role: str | None
	basis: Basis
	due: date | None = None
	passed_over: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stage:
	"""Questions asked at the same time, while the document stands in `state`."""

	number: int
	state: str
	questions: tuple[Question, ...]

	def groups(self) -> dict[str, tuple[JoinRule, tuple[Question, ...]]]:
		"""The questions by join group, each group with the rule by which it joins.

		Raises RoutingError when two rules of one group join differently.
		"""
		grouped: dict[str, list[Question]] = {}
		for question in self.questions:
			members = grouped.setdefault(question.rule.group, [])
			members.append(question)
			first = members[0].rule
			if first.join != question.rule.join:
				raise RoutingError(
					f'Rules {first.key} and {question.rule.key} are both in group "{first.group}" of stage '
					f"{self.number} but join differently; give them the same join or different groups."
				)
		return {group: (members[0].rule.join, tuple(members)) for group, members in grouped.items()}


def plan_route(
	rules: Iterable[Rule],
	facts: Mapping[str, Any],
	directory: Directory,
	*,
	start: date | None = None,
	holidays: Collection[date] = (),
	barred: Collection[str] = (),
) -> tuple[Stage, ...]:
	"""The stages a document with these facts goes through, in order of their numbers.

	`barred` people prepared the document and are never asked about it; the next who may hold the seat is. So
	it is for somebody who would fill a second mandatory seat.

	Rules whose condition fails are left out, and so are stages that ask nobody. Within a stage a
	department or a seat is asked once: the first rule keeps it, and takes over what a later rule asks more
	strictly. With a `start` day, `due` is filled in as if every seat took all its time.

	Raises RoutingError when the rules of one stage have different states or a rule reads a field the
	document does not have, ConditionError (naming the rule) when a condition cannot be judged.
	"""
	stages: list[Stage] = []
	seating = _Seating(directory, frozenset(barred))
	for number, stage_rules in _by_stage(rules):
		questions: list[Question] = []
		for rule in stage_rules:
			if _applies(rule, facts):
				for question in _questions_of(rule, facts, seating):
					_add_once(questions, question)
		if not questions:
			continue
		if start is not None:
			questions = [
				replace(question, due=add_working_days(start, question.rule.working_days, holidays))
				for question in questions
			]
			start = max(question.due for question in questions if question.due)
		stages.append(Stage(number, stage_rules[0].state, tuple(questions)))
	return tuple(stages)


def read_by(rules: Iterable[Rule]) -> dict[str, set[str]]:
	"""The fields of a document that rules look at, each with the columns they look at where it is a table."""
	reads: dict[str, set[str]] = {}
	for rule in rules:
		names = set(rule.condition.reads) if rule.condition else set()
		if rule.asked_of is AskedOf.DEPARTMENTS_OF_THE_DOCUMENT and rule.table_field:
			names.add(f"{rule.table_field}.{DEPARTMENT}")
		if rule.asked_of is AskedOf.USER_FIELD and rule.user_field:
			names.add(rule.user_field)
		for name in names:
			field_name, _dot, column = name.partition(".")
			reads.setdefault(field_name, set()).update({column} - {""})
	return reads


def may_hold_seat(user: str | None, directory: Directory) -> bool:
	"""Whether a user can be asked at all: a real, enabled person, never Guest."""
	return user is not None and user not in ("", GUEST) and directory.is_active(user)


def _by_stage(rules: Iterable[Rule]) -> list[tuple[int, list[Rule]]]:
	stages: dict[int, list[Rule]] = {}
	for rule in rules:
		members = stages.setdefault(rule.stage, [])
		if members and members[0].state != rule.state:
			raise RoutingError(
				f"Rules {members[0].key} and {rule.key} are both of stage {rule.stage} but name the states "
				f'"{members[0].state}" and "{rule.state}"; a stage has one state.'
			)
		members.append(rule)
	return sorted(stages.items())


def _applies(rule: Rule, facts: Mapping[str, Any]) -> bool:
	try:
		return rule.condition is None or rule.condition.holds(facts)
	except ConditionError as error:
		raise ConditionError(f"Rule {rule.key}: {error}") from error


def _questions_of(rule: Rule, facts: Mapping[str, Any], seating: "_Seating") -> list[Question]:
	if rule.asked_of is AskedOf.DEPARTMENTS_OF_THE_DOCUMENT:
		return [
			_of_department(rule, department, read_as, seating)
			for department, read_as in _departments(rule, facts)
		]
	if rule.asked_of is AskedOf.DEPARTMENT_HEAD:
		return [_of_department(rule, rule.department, rule.seat, seating)]
	if rule.asked_of is AskedOf.ROLE and rule.role:
		return [Question(rule, rule.seat, rule.department, None, rule.role, Basis.ROLE)]
	if rule.asked_of is AskedOf.USER_FIELD:
		person, basis = _fact(rule, rule.user_field, facts), Basis.FIELD
	else:
		person, basis = rule.user, Basis.NAMED_USER
	return [seating.seated(rule, rule.seat, rule.department, [(person, basis)])]


def _departments(rule: Rule, facts: Mapping[str, Any]) -> list[tuple[str, str]]:
	"""Each department a document names, with the name people read. A row without one asks nobody."""
	rows = _fact(rule, rule.table_field, facts) or ()
	return [
		(row[DEPARTMENT], row.get("department_name") or row[DEPARTMENT])
		for row in rows
		if row.get(DEPARTMENT)
	]


def _fact(rule: Rule, fieldname: str | None, facts: Mapping[str, Any]) -> Any:
	if not fieldname:
		raise RoutingError(f"Rule {rule.key} asks by a field of the document but does not name the field.")
	if fieldname not in facts:
		raise RoutingError(f'Rule {rule.key} reads "{fieldname}", a field this document does not have.')
	return facts[fieldname]


def _of_department(rule: Rule, department: str | None, seat: str, seating: "_Seating") -> Question:
	people: list[tuple[str | None, Basis]] = []
	if department:
		people = [
			(seating.directory.head_of(department), Basis.HEAD),
			(seating.directory.acting_head_of(department), Basis.ACTING_HEAD),
		]
	return seating.seated(rule, seat, department, people)


class _Seating:
	"""Finds a person for each seat of one document, remembering who fills a mandatory one already."""

	def __init__(self, directory: Directory, barred: frozenset[str]):
		self.directory, self.barred = directory, barred
		self.mandatory_seats: dict[str, tuple[str, str | None]] = {}

	def seated(
		self, rule: Rule, seat: str, department: str | None, people: Iterable[tuple[str | None, Basis]]
	) -> Question:
		"""The question with the first person who may hold the seat; vacant, but asked, when nobody may."""
		passed_over: list[str] = []
		for person, basis in (*people, (rule.fallback_user, Basis.FALLBACK)):
			if not person or not may_hold_seat(person, self.directory):
				continue
			if person in self.barred or self._fills_another(person, rule, seat, department):
				passed_over.append(person)
				continue
			if rule.mandatory:
				self.mandatory_seats.setdefault(person, (seat, department))
			return Question(rule, seat, department, person, None, basis, passed_over=tuple(passed_over))
		return Question(rule, seat, department, None, None, Basis.VACANT, passed_over=tuple(passed_over))

	def _fills_another(self, person: str, rule: Rule, seat: str, department: str | None) -> bool:
		if not rule.mandatory or person not in self.mandatory_seats:
			return False
		filled, its_department = self.mandatory_seats[person]
		# A seat asked again at a later stage, or a department named twice, is one seat.
		return not (_same_words(filled, seat) or (department and department == its_department))


def _add_once(questions: list[Question], new: Question) -> None:
	for position, kept in enumerate(questions):
		same_department = new.department and new.department == kept.department
		if same_department or _same_words(new.seat, kept.seat):
			questions[position] = replace(kept, rule=_at_least_as_strict(kept.rule, new.rule))
			return
	questions.append(new)


def _same_words(first: str, second: str) -> bool:
	return first.strip().casefold() == second.strip().casefold()


def _at_least_as_strict(kept: Rule, dropped: Rule) -> Rule:
	"""The rule that stays, with whatever the rule it stands in for asks more strictly.

	A seat whose answer a join of All needs would become one voice among several in another group, so it
	becomes mandatory there.
	"""
	if kept is dropped:
		return kept
	needed_by_its_join = dropped.join.kind is JoinKind.ALL and kept.join.kind is not JoinKind.ALL
	watched: tuple[str, ...] = ()
	if kept.watched_fields and dropped.watched_fields:
		watched = tuple(dict.fromkeys((*kept.watched_fields, *dropped.watched_fields)))
	return replace(
		kept,
		mandatory=kept.mandatory or dropped.mandatory or needed_by_its_join,
		veto=kept.veto or dropped.veto,
		watched_fields=watched,
	)
