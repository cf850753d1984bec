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

from .condition_samples import find_document, spoken
from .routing import AskedOf, Rule
from .soundness_joins import join_findings
from .soundness_model import Finding, Proposal, at, error, warning
from .soundness_rules import rule_findings
from .soundness_seats import seat_findings, shared_seats
from .workflow_graph import lacking, moves, workflow_findings


def check(proposal: Proposal) -> list[Finding]:
	"""Everything wrong with a policy and its workflow: errors first, then by row."""
	findings = [
		*workflow_findings(proposal),
		*rule_findings(proposal),
		*_stages(proposal),
		*_ways_between_stages(proposal),
		*_shadowed(proposal),
		*join_findings(proposal),
		*seat_findings(proposal),
		*_whole_route(proposal),
	]
	return sorted(dict.fromkeys(findings), key=lambda finding: (not finding.is_error, finding.row or 0))


def _stages(proposal: Proposal) -> Iterator[Finding]:
	workflow = proposal.workflow
	for row, rule in sorted(proposal.rules.items()):
		if rule.state not in workflow.stage_states or (
			workflow.is_there and rule.state not in workflow.states
		):
			yield error(
				"stage-state-unknown",
				f'{rule.seat} is asked in "{rule.state}", which is no state of a stage.',
				f"Choose one of: {', '.join(workflow.stage_states)}.",
				**at(row, rule),
			)
	for number, rules in proposal.by_stage().items():
		(first_row, first), *rest = rules.items()
		for row, rule in rest:
			if rule.state != first.state:
				yield error(
					"stage-two-states",
					f'Rules {first_row} and {row} are both of stage {number} but show "{first.state}" and "{rule.state}".',
					"Give them one state, or two stages.",
					**at(row, rule),
				)
				break


def _ways_between_stages(proposal: Proposal) -> Iterator[Finding]:
	"""The workflow must be able to follow from each stage into each that may come next, those between skipped."""
	workflow = proposal.workflow
	if not workflow.is_there:
		return
	stages = [
		(next(iter(rules.items())), _may_be_skipped(proposal, rules))
		for rules in proposal.by_stage().values()
	]
	stages = [stage for stage in stages if stage[0][1].state in workflow.states]
	before = {workflow.intake: "Intake is complete"}
	for (row, first), skipped in stages:
		for state, event in before.items():
			if state in workflow.states and state != first.state and not moves(workflow, state, first.state):
				yield error(
					"stage-not-entered",
					f'Stage {first.stage} cannot be entered: nothing leads from "{state}" to "{first.state}" for everybody.',
					f'Add a transition from "{state}" to "{first.state}", allowed to All, that follows the route.',
					trace=(event, f"stage {first.stage} is to begin", f"the Workflow stays in {state}"),
					**at(row, first),
				)
		ends = {first.state: f"everybody asked in {first.state} clears"}
		before = {**before, **ends} if skipped else ends
	for state in before:
		if state != workflow.intake and not moves(workflow, state, workflow.ready):
			yield lacking(workflow, state, workflow.ready, "everything is decided")


def _may_be_skipped(proposal: Proposal, rules: Mapping[int, Rule]) -> bool:
	"""Whether some document asks nobody in this stage."""
	if any(proposal.always_asked(rule) for rule in rules.values()):
		return False
	sample, complete = find_document((), _conditions_of_seats(rules), proposal.fields)
	return sample is not None or not complete


def _conditions_of_seats(rules: Mapping[int, Rule]) -> list[str]:
	"""The conditions that must fail for nobody to be asked; a table of departments may be empty anyway."""
	return [
		rule.condition
		for rule in rules.values()
		if rule.condition.strip() and rule.asked_of is not AskedOf.DEPARTMENTS_OF_THE_DOCUMENT
	]


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
		sample, complete = find_document((), _conditions_of_seats(rules), proposal.fields)
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
		elif not complete:
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
