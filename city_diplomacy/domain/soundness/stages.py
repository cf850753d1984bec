"""What can be wrong with the order of stages, and with the native states they are shown in."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from ..route.routing import AskedOf, Rule
from .model import CoarseWorkflow, Finding, Proposal, at, error
from .samples import find_document
from .workflow_graph import lacking, moves

Rules = Mapping[int, Rule]


def stage_findings(proposal: Proposal) -> Iterator[Finding]:
	"""States that are none of a stage's, stages in two states, stages the workflow cannot follow into."""
	yield from _states(proposal)
	if proposal.workflow.is_there:
		yield from _ways_between(proposal)


def conditions_of_seats(rules: Rules) -> list[str]:
	"""The conditions that must all fail for nobody to be asked; a table of departments may be empty anyway."""
	return [
		rule.condition
		for rule in rules.values()
		if rule.condition.strip() and rule.asked_of is not AskedOf.DEPARTMENTS_OF_THE_DOCUMENT
	]


def _states(proposal: Proposal) -> Iterator[Finding]:
	workflow = proposal.workflow
	for row, rule in sorted(proposal.rules.items()):
		if not _is_of_a_stage(rule.state, workflow):
			yield error(
				"stage-state-unknown",
				f'{rule.seat} is asked in "{rule.state}", which is no state of a stage.',
				f"Choose one of: {', '.join(workflow.stage_states)}.",
				trace=(
					f"stage {rule.stage} is to begin",
					f"{rule.state} is no state for people to answer in",
				),
				**at(row, rule),
			)
	for number, rules in proposal.by_stage().items():
		for (first_row, first), (row, rule) in pairwise(rules.items()):
			if rule.state != first.state:
				yield error(
					"stage-two-states",
					f'Rules {first_row} and {row} are both of stage {number} but show "{first.state}" and "{rule.state}".',
					"Give them one state, or two stages.",
					trace=(
						f"stage {number} begins",
						f"{first.seat} and {rule.seat} are asked",
						"in which state?",
					),
					**at(row, rule),
				)
				break


def _is_of_a_stage(state: str, workflow: CoarseWorkflow) -> bool:
	return state in workflow.stage_states and (not workflow.is_there or state in workflow.states)


def _ways_between(proposal: Proposal) -> Iterator[Finding]:
	"""The workflow must follow from each stage into each that can come next, those between being skipped."""
	workflow = proposal.workflow
	stages = [rules for rules in proposal.by_stage().values() if _is_of_a_stage(_state(rules), workflow)]
	for place in range(-1, len(stages)):
		state = _state(stages[place]) if place >= 0 else workflow.intake
		for following in _next_of(proposal, stages, place):
			to = _state(stages[following]) if following < len(stages) else workflow.ready
			if state not in workflow.states or state == to or moves(workflow, state, to):
				continue
			if _can_follow(proposal, stages, place, following):
				yield _no_way(workflow, state, to, stages[following] if following < len(stages) else None)


def _next_of(proposal: Proposal, stages: list[Rules], place: int) -> Iterator[int]:
	"""The stages that may come next, up to the first that is never skipped; beyond the last the document is ready.

	Straight from intake a document is ready in a second round alone, which `workflow_graph` sees to: one nobody is
	asked about does not set out.
	"""
	for following in range(place + 1, len(stages)):
		yield following
		if any(proposal.always_asked(rule) for rule in stages[following].values()):
			return
	if place >= 0:
		yield len(stages)


def _state(rules: Rules) -> str:
	return next(iter(rules.values())).state


def _no_way(workflow: CoarseWorkflow, state: str, to: str, rules: Rules | None) -> Finding:
	if rules is None:
		return lacking(workflow, state, to, "everything is decided")
	row, first = next(iter(rules.items()))
	before = "intake is complete" if state == workflow.intake else f"{state} is decided"
	return error(
		"stage-not-entered",
		f'Stage {first.stage} cannot be entered: nothing leads from "{state}" to "{to}" for everybody.',
		f'Add a transition from "{state}" to "{to}", allowed to All, that follows the route.',
		trace=(before, f"stage {first.stage} is to begin", f"the Workflow stays in {state}"),
		**at(row, first),
	)


def _can_follow(proposal: Proposal, stages: list[Rules], place: int, following: int) -> bool:
	"""Whether some document goes from one stage straight to a later one. In doubt it does."""
	asked = [stages[index] for index in (place, following) if 0 <= index < len(stages)]
	skipped = stages[place + 1 : following]
	for departments in (False, True):
		wanted = [_asks_somebody(rules, departments) for rules in asked]
		unwanted = [_asks_somebody(rules, departments) for rules in skipped]
		if "False" in wanted or "True" in unwanted:
			continue
		sample, complete = find_document(wanted, unwanted, proposal.fields)
		if sample is not None or not complete:
			return True
	return False


def _asks_somebody(rules: Rules, departments: bool) -> str:
	"""The condition under which a stage asks anybody of a document that names departments, or none."""
	conditions = [
		rule.condition.strip()
		for rule in rules.values()
		if departments or rule.asked_of is not AskedOf.DEPARTMENTS_OF_THE_DOCUMENT
	]
	if "" in conditions:
		return "True"
	return " or ".join(f"({condition})" for condition in conditions) or "False"
