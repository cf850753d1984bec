"""Proves a routing policy and its native Workflow together, before they are switched on.

A policy is unsound when some document, on some legal series of answers, comes to a point from which it can
neither go on nor end, when somebody is asked who cannot answer, or when what it seems to demand is not what
it does. Stage after stage, the answers are played as tokens on a small net (see `join_outcomes`): identical
clearances are counted, so a hundred departments cost what one costs, times a hundred.

What a proof says: no finding of severity "error" means every document the rules can be judged on has, at every
stage it reaches, a series of answers that takes it on to the next and finally to signature. What it does not
say: that people will answer, or that who holds an office today still holds it tomorrow.
"""

from collections.abc import Iterator, Sequence

from ..route.routing import Rule
from .joins import join_findings
from .model import Finding, Proposal, at, error, warning
from .rules import rule_findings
from .samples import find_document, one_always_holds, spoken
from .seats import seat_findings, shared_seats
from .stages import conditions_of_seats, stage_findings
from .workflow_graph import workflow_findings


def check(proposal: Proposal) -> list[Finding]:
	"""Everything wrong with a policy and its workflow: errors first, then by row."""
	findings = [
		*workflow_findings(proposal),
		*rule_findings(proposal),
		*stage_findings(proposal),
		*_shadowed(proposal),
		*join_findings(proposal),
		*seat_findings(proposal),
		*_whole_route(proposal),
	]
	return sorted(dict.fromkeys(findings), key=lambda finding: (not finding.is_error, finding.row or 0))


def _shadowed(proposal: Proposal) -> Iterator[Finding]:
	for rules in proposal.by_stage().values():
		for first, second in shared_seats(rules):
			kept, dropped = rules[first], rules[second]
			if not _covers(proposal, kept, dropped):
				continue
			same_person = (kept.asked_of, kept.user, kept.role, kept.department, kept.user_field) == (
				dropped.asked_of,
				dropped.user,
				dropped.role,
				dropped.department,
				dropped.user_field,
			)
			finding = warning if same_person else error
			yield finding(
				"rule-shadowed",
				f"Rule {second} never asks anybody: whenever it applies, rule {first} has asked {kept.seat} already.",
				"Remove one of the two, or give them different seats or stages.",
				trace=(f"rule {first} asks {kept.seat}", f"rule {second} finds the seat taken"),
				**at(second, dropped),
			)


def _covers(proposal: Proposal, kept: Rule, dropped: Rule) -> bool:
	"""Whether one rule applies wherever another does."""
	if not kept.condition.strip() or kept.condition.strip() == dropped.condition.strip():
		return True
	held = [dropped.condition] if dropped.condition.strip() else []
	sample, complete = find_document(held, [kept.condition], proposal.fields)
	return sample is None and complete


def _whole_route(proposal: Proposal) -> Iterator[Finding]:
	rules = proposal.rules
	if not any(proposal.always_asked(rule) for rule in rules.values()):
		sample, complete = find_document((), conditions_of_seats(rules), proposal.fields)
		if sample is not None:
			yield error(
				"route-may-be-empty",
				"Some documents are asked of nobody, so they can never be cleared.",
				"Leave at least one seat without a condition.",
				trace=(
					f"{spoken(sample)}, with no departments, sets out",
					"no rule applies",
					"nobody is asked",
				),
			)
		elif not complete and not one_always_holds(rule.condition for rule in rules.values()):
			yield warning(
				"route-may-be-empty",
				"Every seat has a condition; whether one always holds could not be proved.",
				"Leave at least one seat without a condition.",
			)
	mandatory = [rule for rule in rules.values() if rule.mandatory]
	if not mandatory:
		yield warning(
			"no-mandatory-seat",
			"No seat is mandatory, so any of them can be passed over by a recusal.",
			"Make the seats mandatory without which nothing may be signed.",
			trace=("everybody but one recuses", "that one clears", "the document is ready to sign"),
		)
	else:
		yield from _unwatched_text(proposal, mandatory)


def _unwatched_text(proposal: Proposal, mandatory: Sequence[Rule]) -> Iterator[Finding]:
	for name in proposal.text_fields:
		if not any(not rule.watched_fields or name in rule.watched_fields for rule in mandatory):
			yield warning(
				"text-unwatched",
				f'No mandatory seat watches "{name}", the text itself.',
				"Let at least one mandatory seat watch it, or all of the document.",
				trace=(
					"every mandatory seat clears",
					f"{name} is replaced",
					"nobody mandatory is asked again",
				),
			)
