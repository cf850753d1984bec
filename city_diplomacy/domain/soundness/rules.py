"""What can be wrong with one rule by itself: its condition, the fields it reads, its times."""

from collections.abc import Iterator

from ..policy.conditions import Condition
from ..route.routing import AskedOf, Rule
from .model import Finding, Proposal, error, warning
from .samples import Verdict, judge


def rule_findings(proposal: Proposal) -> Iterator[Finding]:
	"""Each rule's own mistakes, row by row."""
	seen: dict[str, int] = {}
	verdicts: dict[Condition, Verdict] = {}
	for row, rule in sorted(proposal.rules.items()):
		if rule.key in seen:
			yield error("rule-key-twice", row, rule, first_row=seen[rule.key])
		seen.setdefault(rule.key, row)
		yield from _condition(proposal, row, rule, verdicts)
		yield from _asked_field(proposal, row, rule)
		if unknown := tuple(name for name in rule.watched_fields if name not in proposal.fields):
			yield error("watched-unknown-field", row, rule, fields=unknown, field=unknown[0])
		yield from _times(proposal, row, rule)


def _condition(
	proposal: Proposal, row: int, rule: Rule, verdicts: dict[Condition, Verdict]
) -> Iterator[Finding]:
	condition = rule.condition
	if condition is None:
		return
	if condition.unreadable:
		yield error("condition-unreadable", row, rule, detail=condition.unreadable)
		return
	unknown = tuple(sorted({name.partition(".")[0] for name in condition.reads} - proposal.fields.keys()))
	if unknown:
		yield error("condition-unknown-field", row, rule, fields=unknown, field=unknown[0])
		return
	if condition not in verdicts:
		verdicts[condition] = judge(condition, proposal.fields)
	verdict = verdicts[condition]
	if verdict.error:
		yield error("condition-raises", row, rule, detail=verdict.error, document=verdict.raises_for)
	elif verdict.holds_for is None:
		finding = error if verdict.is_proof else warning
		yield finding("condition-never-holds", row, rule)
	elif verdict.fails_for is None and verdict.is_proof:
		yield warning("condition-always-holds", row, rule)


def _asked_field(proposal: Proposal, row: int, rule: Rule) -> Iterator[Finding]:
	if rule.asked_of is AskedOf.USER_FIELD:
		field = proposal.fields.get(rule.user_field or "")
		if field is None or field.kind != "link" or field.options != ("User",):
			yield error("user-field-unusable", row, rule, field=rule.user_field or "")
		elif not field.required and not rule.fallback_user:
			yield warning("user-field-may-be-blank", row, rule, field=rule.user_field)
	elif rule.asked_of is AskedOf.DEPARTMENTS_OF_THE_DOCUMENT:
		field = proposal.fields.get(rule.table_field or "")
		if field is None or field.kind != "table" or "department" not in field.columns:
			yield error("table-field-unusable", row, rule, field=rule.table_field or "")


def _times(proposal: Proposal, row: int, rule: Rule) -> Iterator[Finding]:
	if rule.working_days == 0:
		yield warning("no-time-to-answer", row, rule)
	superior = rule.escalates_to
	if superior and not proposal.organisation.is_active(superior):
		yield error("escalates-to-nobody", row, rule, person=superior)
	elif superior and proposal.who_would_answer(rule) == [superior]:
		yield warning("escalates-to-the-asked", row, rule, person=superior)
