"""Proves a routing policy and its native Workflow together, before they are switched on.

A policy is unsound when some document, on some legal series of answers, comes to a point from which it can
neither go on nor end, when somebody is asked who cannot answer, or when what it seems to demand is not what
it does. Stage after stage, the answers are played as tokens on a small net (see `join_outcomes`): identical
clearances are counted, so a hundred departments cost what one costs, times a hundred.

What a proof says: no finding of severity "error" means every document the rules can be judged on has, at every
stage it reaches, a series of answers that takes it on to the next and finally to signature. What it does not
say: that people will answer, or that who holds an office today still holds it tomorrow.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from ..route.routing import AskedOf, Rule
from .joins import join_findings
from .model import Finding, Proposal, error, warning
from .rules import rule_findings
from .samples import find_document, one_always_holds
from .seats import seat_findings, shared_seats
from .workflow import workflow_findings


def check(proposal: Proposal) -> list[Finding]:
	"""Everything wrong with a policy and its workflow: errors first, then by row."""
	findings = [
		*workflow_findings(proposal),
		*rule_findings(proposal),
		*_stages(proposal),
		*join_findings(proposal),
		*seat_findings(proposal),
		*_whole_route(proposal),
	]
	return sorted(findings, key=lambda finding: (not finding.is_error, finding.row or 0))


def _stages(proposal: Proposal) -> Iterator[Finding]:
	"""Stages in no state of a stage or in two, and rules of one that another has always forestalled."""
	for row, rule in sorted(proposal.rules.items()):
		if rule.state not in proposal.stage_states:
			yield error("stage-state-unknown", row, rule, state=rule.state, choices=proposal.stage_states)
	for rules in proposal.by_stage().values():
		for (first_row, first), (row, rule) in pairwise(rules.items()):
			if rule.state != first.state:
				others = {"first_row": first_row, "first_seat": first.seat, "first_state": first.state}
				yield error("stage-two-states", row, rule, state=rule.state, **others)
				break
		yield from _shadowed(proposal, rules)


def _shadowed(proposal: Proposal, rules: Mapping[int, Rule]) -> Iterator[Finding]:
	for first, second in shared_seats(rules):
		kept, dropped = rules[first], rules[second]
		if _covers(proposal, kept, dropped):
			finding = warning if _who(kept) == _who(dropped) else error
			yield finding("rule-shadowed", second, dropped, first_row=first, first_seat=kept.seat)


def _who(rule: Rule) -> tuple[object, ...]:
	return (rule.asked_of, rule.user, rule.role, rule.department, rule.user_field)


def _covers(proposal: Proposal, kept: Rule, dropped: Rule) -> bool:
	"""Whether one rule applies wherever another does."""
	if kept.condition in (None, dropped.condition):
		return True
	sample, complete = find_document([dropped.condition], [kept.condition], proposal.fields)
	return sample is None and complete


def _whole_route(proposal: Proposal) -> Iterator[Finding]:
	rules = list(proposal.rules.values())
	if not any(proposal.always_asked(rule) for rule in rules):
		# A table of departments may be empty anyway.
		of_seats = [r.condition for r in rules if r.asked_of is not AskedOf.DEPARTMENTS_OF_THE_DOCUMENT]
		sample, complete = find_document((), of_seats, proposal.fields)
		if sample is not None:
			yield error("route-may-be-empty", document=sample)
		elif not complete and not one_always_holds(rule.condition for rule in rules):
			yield warning("route-perhaps-empty")
	mandatory = [rule for rule in rules if rule.mandatory]
	if not mandatory:
		yield warning("no-mandatory-seat")
	else:
		yield from _unwatched_text(proposal, mandatory)


def _unwatched_text(proposal: Proposal, mandatory: Sequence[Rule]) -> Iterator[Finding]:
	for name in proposal.text_fields:
		if not any(not rule.watched_fields or name in rule.watched_fields for rule in mandatory):
			yield warning("text-unwatched", field=name)
