"""What can be wrong with the native Workflow by itself, and with what the engine needs of it."""

from collections.abc import Iterable, Iterator
from itertools import combinations

from ..policy.conditions import ConditionError, compile_condition
from .model import CoarseWorkflow, Finding, Proposal, Transition, error, warning
from .samples import find_document, spoken

EVERYBODY = "All"


def workflow_findings(proposal: Proposal) -> Iterator[Finding]:
	"""All that is wrong with the workflow, whatever the policy says."""
	workflow = proposal.workflow
	if not workflow.is_there:
		yield error(
			"workflow-missing",
			"No native Workflow shows where the document stands.",
			"Create the Workflow of this DocType again; migrating the site does it.",
			trace=("a draft is handed in", "no Workflow knows its state"),
		)
		return
	yield from _settings(proposal)
	yield from _reachability(workflow)
	yield from _transitions(workflow)
	yield from _ambiguities(proposal)
	yield from _needed_moves(workflow)


def reachable(workflow: CoarseWorkflow, start: str, backwards: bool = False) -> set[str]:
	"""The states one can come to from `start` (or from which one can come to it), itself included."""
	ways: dict[str, list[str]] = {}
	for step in workflow.transitions:
		first, second = (step.to, step.state) if backwards else (step.state, step.to)
		ways.setdefault(first, []).append(second)
	seen, waiting = {start}, [start]
	while waiting:
		for state in ways.get(waiting.pop(), ()):
			if state not in seen and state in workflow.states:
				seen.add(state)
				waiting.append(state)
	return seen


def moves(workflow: CoarseWorkflow, state: str, to: str) -> list[Transition]:
	"""The transitions by which the engine can take a document from one state to another, whoever is signed in."""
	return [
		step
		for step in workflow.transitions
		if (step.state, step.to) == (state, to)
		and step.allowed == EVERYBODY
		and not step.condition
		and step.follows_route_into in (None, to)
	]


def _settings(proposal: Proposal) -> Iterator[Finding]:
	workflow = proposal.workflow
	if not workflow.is_active:
		yield error(
			"workflow-inactive",
			"The native Workflow is switched off, so lists and reports no longer show where a document stands.",
			'Tick "Is Active" in the Workflow.',
			trace=("a draft is to be handed in", "its form offers no way to do so"),
		)
	if workflow.state_field not in proposal.fields:
		yield error(
			"workflow-state-field-missing",
			f'The Workflow keeps its state in "{workflow.state_field}", a field the document does not have.',
			"Set the Workflow State Field to the field the document declares.",
			trace=("the route moves on", f"the Workflow looks for {workflow.state_field}", "there is none"),
		)
	if workflow.sends_email:
		yield error(
			"workflow-sends-email",
			"The Workflow sends e-mail alerts, whose links act for whoever opens them, without signing in.",
			'Untick "Send Email Alert"; the approval engine writes its own messages.',
			trace=("a reviewer forwards the alert", "a stranger opens its link", "the step counts as taken"),
		)


def _reachability(workflow: CoarseWorkflow) -> Iterator[Finding]:
	for state in (workflow.draft, *workflow.running, *workflow.ends):
		if state not in workflow.states:
			yield error(
				"state-missing",
				f'The engine uses the state "{state}", which the Workflow does not have.',
				f'Add the state "{state}" to the Workflow.',
				trace=(f"the route goes to {state}", "the Workflow refuses the save"),
			)
	from_draft = reachable(workflow, workflow.draft)
	to_an_end = {
		state
		for end in workflow.ends
		if end in workflow.states
		for state in reachable(workflow, end, backwards=True)
	}
	leaves = {step.state for step in workflow.transitions if step.to in workflow.states}
	for state in workflow.states:
		if state not in from_draft:
			yield error(
				"state-unreachable",
				f'No document can ever come to "{state}".',
				f'Add a transition into "{state}", or remove the state.',
				trace=(f"start in {workflow.draft}", f"no transition leads on to {state}"),
			)
		elif state not in workflow.ends and state not in leaves:
			yield error(
				"dead-end",
				f'Nothing leads out of "{state}", and it is no end.',
				f'Add the ways on and back from "{state}".',
				trace=(f"a document comes to {state}", "no transition leads out", "it stays for ever"),
			)
		elif state not in to_an_end:
			yield error(
				"no-way-to-an-end",
				f'A document in "{state}" can move, but never to a signature, a refusal or a withdrawal.',
				f'Lead a transition from "{state}", or from where it goes, to an end.',
				trace=(f"a document comes to {state}", "it goes round and round", "it never ends"),
			)


def _transitions(workflow: CoarseWorkflow) -> Iterator[Finding]:
	from_draft = reachable(workflow, workflow.draft)
	for step in workflow.transitions:
		way = f'"{step.action}" from {step.state} to {step.to}'
		if step.state not in workflow.states or step.to not in workflow.states:
			reason = "one of its states is not in the Workflow"
		elif step.state not in from_draft:
			reason = f"no document ever stands in {step.state}"
		elif step.follows_route_into and step.follows_route_into != step.to:
			reason = f"it waits until the route stands in {step.follows_route_into}, not in {step.to}"
		elif workflow.states[step.state] and not workflow.states[step.to]:
			reason = f"{step.state} is submitted and {step.to} is not, and nothing is ever unsubmitted"
		else:
			continue
		yield error(
			"dead-transition",
			f"The transition {way} can never be taken: {reason}.",
			"Correct its states or its condition, or remove it.",
			trace=(f"a document stands in {step.state}", f"{step.action} is tried", reason),
		)


def _ambiguities(proposal: Proposal) -> Iterator[Finding]:
	by_action: dict[tuple[str, str], list[Transition]] = {}
	for step in proposal.workflow.transitions:
		by_action.setdefault((step.state, step.action), []).append(step)
	for (state, action), steps in by_action.items():
		for first, second in combinations(steps, 2):
			if first.to == second.to and first.allowed != second.allowed:
				continue
			sample = _both(proposal, first, second)
			if sample is None:
				continue
			if first.to == second.to:
				yield warning(
					"transition-twice",
					f'"{action}" from {state} to {first.to} stands in the Workflow twice.',
					"Remove one of the two.",
					trace=(f"a document stands in {state}", f"{action} is offered twice"),
				)
				continue
			yield error(
				"transition-ambiguous",
				f'"{action}" leads from {state} both to {first.to} and to {second.to}; which, nobody can say.',
				"Give the two different actions, or conditions that exclude each other.",
				trace=(f"{sample} stands in {state}", f"{action} is chosen", f"{first.to} or {second.to}?"),
			)


def _both(proposal: Proposal, first: Transition, second: Transition) -> str | None:
	"""A document, in words, for which two transitions are both open; None when they exclude each other."""
	routes = {step.follows_route_into for step in (first, second)} - {None}
	if len(routes) > 1:
		return None
	conditions = [step.condition for step in (first, second) if step.condition]
	try:
		known = all(compile_condition(condition).fields <= proposal.fields.keys() for condition in conditions)
	except ConditionError:
		known = False
	if not known:
		return "a document"
	sample, complete = find_document(conditions, (), proposal.fields)
	if sample is None and complete:
		return None
	return spoken(sample)


def _needed_moves(workflow: CoarseWorkflow) -> Iterator[Finding]:
	for state, to, why in _moves_of_the_engine(workflow):
		if state not in workflow.states or to not in workflow.states:
			continue
		if state == workflow.draft and to == workflow.intake:
			missing = not any((step.state, step.to) == (state, to) for step in workflow.transitions)
		else:
			missing = not moves(workflow, state, to)
		if missing:
			yield lacking(workflow, state, to, why)


def lacking(workflow: CoarseWorkflow, state: str, to: str, why: str, **where: object) -> Finding:
	"""The engine has to move a document and the Workflow does not let it."""
	narrowed = [step for step in workflow.transitions if (step.state, step.to) == (state, to)]
	missing = (
		f"its transition from {state} to {to} is not open to everybody"
		if narrowed
		else f"it has no transition from {state} to {to}"
	)
	return error(
		"workflow-lacks-transition",
		f"The Workflow cannot follow when {why}: {missing}.",
		f'Let a transition from "{state}" to "{to}", allowed to All, follow the route.',
		trace=(f"a document stands in {state}", why, f"the Workflow does not let it go to {to}"),
		**where,
	)


def _moves_of_the_engine(workflow: CoarseWorkflow) -> Iterable[tuple[str, str, str]]:
	"""What the engine does with any policy. Moves between stages depend on the policy: see the checker."""
	yield workflow.draft, workflow.intake, "the author hands it to the office"
	for state in workflow.running:
		yield state, workflow.draft, "it is sent back to draft"
	for state in (workflow.draft, *workflow.running):
		yield state, workflow.withdrawn, "it is withdrawn"
	for state in workflow.stage_states:
		yield state, workflow.declined, "it is declined"
	yield workflow.intake, workflow.ready, "every answer of an earlier round still holds"
	yield workflow.ready, workflow.standings[0], "it is signed"
	for standing in workflow.standings:
		yield workflow.draft, standing, "an agreement signed earlier is recorded"
		for other in workflow.standings:
			if other != standing:
				yield standing, other, "its standing changes"
