"""What can be wrong with one rule by itself: its condition, the fields it reads, its times."""

from collections.abc import Iterator

from ..policy.conditions import ConditionError, compile_condition
from ..route.routing import AskedOf, Rule
from .model import Finding, Proposal, at, error, warning
from .samples import Verdict, judge, spoken


def rule_findings(proposal: Proposal) -> Iterator[Finding]:
	"""Each rule's own mistakes, row by row."""
	seen: dict[str, int] = {}
	verdicts: dict[str, Verdict] = {}
	for row, rule in sorted(proposal.rules.items()):
		if rule.key in seen:
			yield error(
				"rule-key-twice",
				f"Rules {seen[rule.key]} and {row} have the same key, so answers to one count for the other.",
				"Remove one of the two rules and add it again.",
				trace=(f"rule {row} is answered", f"the answer is counted by rule {seen[rule.key]}"),
				**at(row, rule),
			)
		seen.setdefault(rule.key, row)
		yield from _condition(proposal, row, rule, verdicts)
		yield from _asked_field(proposal, row, rule)
		yield from _watched(proposal, row, rule)
		yield from _times(proposal, row, rule)


def _condition(proposal: Proposal, row: int, rule: Rule, verdicts: dict[str, Verdict]) -> Iterator[Finding]:
	if not rule.condition.strip():
		return
	try:
		unknown = sorted(compile_condition(rule.condition).fields - proposal.fields.keys())
	except ConditionError as refusal:
		yield error(
			"condition-unreadable",
			f"The condition of {rule.seat} cannot be read. {refusal}",
			"Correct the condition.",
			trace=("a document sets out", f"{rule.condition} is read", str(refusal)),
			**at(row, rule),
		)
		return
	if unknown:
		yield error(
			"condition-unknown-field",
			f"The condition of {rule.seat} reads {', '.join(unknown)}, which the document does not have.",
			"Name a field of the document.",
			trace=("a document sets out", f"{rule.condition} is judged", f"there is no {unknown[0]}"),
			**at(row, rule),
		)
		return
	if rule.condition not in verdicts:
		verdicts[rule.condition] = judge(rule.condition, proposal.fields)
	yield from _judged(row, rule, verdicts[rule.condition])


def _judged(row: int, rule: Rule, verdict: Verdict) -> Iterator[Finding]:
	if verdict.error:
		yield error(
			"condition-raises",
			f"The condition of {rule.seat} cannot be judged on some documents. {verdict.error}",
			"Compare the field with a value of its own kind, and leave no way to divide by a blank.",
			trace=(f"{spoken(verdict.raises_for)} sets out", f"{rule.condition} is judged", verdict.error),
			**at(row, rule),
		)
	elif verdict.holds_for is None:
		finding = error if verdict.is_proof else warning
		yield finding(
			"condition-never-holds",
			f"The condition of {rule.seat} holds for no document, so this seat is never asked.",
			"Correct the condition, or remove the rule.",
			trace=(f"{rule.condition} is tried on every kind of document", "it holds for none"),
			**at(row, rule),
		)
	elif verdict.fails_for is None and verdict.is_proof:
		yield warning(
			"condition-always-holds",
			f"The condition of {rule.seat} holds for every document.",
			"Leave the condition empty if the seat is always to be asked; otherwise correct it.",
			trace=(f"{rule.condition} is tried on every kind of document", "it fails for none"),
			**at(row, rule),
		)


def _asked_field(proposal: Proposal, row: int, rule: Rule) -> Iterator[Finding]:
	if rule.asked_of is AskedOf.USER_FIELD:
		field = proposal.fields.get(rule.user_field or "")
		if field is None or field.kind != "link" or field.options != ("User",):
			yield error(
				"user-field-unusable",
				f'{rule.seat} is asked of the person in "{rule.user_field or ""}", which is no field that names one.',
				"Choose a field of the document that links to a User.",
				trace=("a document sets out", f"{rule.seat} is to be asked", "no person is found"),
				**at(row, rule),
			)
		elif not field.required and not rule.fallback_user:
			yield warning(
				"user-field-may-be-blank",
				f'Nobody is asked for {rule.seat} when "{rule.user_field}" is left blank.',
				'Name somebody under "Asked when vacant", or make the field mandatory.',
				trace=(f"a document leaves {rule.user_field} blank", f"nobody can answer for {rule.seat}"),
				**at(row, rule),
			)
	elif rule.asked_of is AskedOf.DEPARTMENTS_OF_THE_DOCUMENT:
		field = proposal.fields.get(rule.table_field or "")
		if field is None or field.kind != "table" or "department" not in field.columns:
			yield error(
				"table-field-unusable",
				f'{rule.seat} is asked of the departments in "{rule.table_field or ""}", which is no table of departments.',
				"Choose a table of the document whose rows have a department.",
				trace=("a document sets out", f"{rule.seat} is to be asked", "no department is found"),
				**at(row, rule),
			)


def _watched(proposal: Proposal, row: int, rule: Rule) -> Iterator[Finding]:
	unknown = [name for name in rule.watched_fields if name not in proposal.fields]
	if unknown:
		yield error(
			"watched-unknown-field",
			f"{rule.seat} watches {', '.join(unknown)}, which the document does not have.",
			"Name fields of the document, or none to watch all of it.",
			trace=(
				"the text is edited after the clearance",
				f"{unknown[0]} never changes",
				"nobody is asked again",
			),
			**at(row, rule),
		)


def _times(proposal: Proposal, row: int, rule: Rule) -> Iterator[Finding]:
	if rule.working_days == 0:
		yield warning(
			"no-time-to-answer",
			f"{rule.seat} has no working days to answer and is late on the day it is asked.",
			"Give at least one working day.",
			trace=(f"{rule.seat} is asked", "the same day it is overdue"),
			**at(row, rule),
		)
	if rule.escalates_to and not proposal.organisation.is_active(rule.escalates_to):
		yield error(
			"escalates-to-nobody",
			f"{rule.seat} escalates to {rule.escalates_to}, who cannot sign in.",
			"Name somebody whose account is enabled, or nobody.",
			trace=(f"{rule.seat} does not answer in time", f"{rule.escalates_to} is told", "nobody reads it"),
			about_people=True,
			**at(row, rule),
		)
	elif rule.escalates_to and proposal.who_would_answer(rule) == [rule.escalates_to]:
		yield warning(
			"escalates-to-the-asked",
			f"{rule.seat} escalates to {rule.escalates_to}, the very person who is asked.",
			"Name somebody else, such as a superior.",
			trace=(f"{rule.escalates_to} does not answer in time", f"{rule.escalates_to} is told"),
			about_people=True,
			**at(row, rule),
		)
