"""How the native Workflow of a DocType differs from the one generated for it, and what each difference breaks.

A document stands in the state its route stands in, and only the engine moves routes; from any stage it may go to
any other, because answers that still hold are carried over. So every generated state and transition is needed
whatever the policy says, and no other is ever used. An administrator is free in who of those that prepare documents
hands one in and on which condition, in what actions are called, and in how states look.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from .model import EVERYBODY, Finding, Proposal, Reason, Transition, Workflow, error, warning


def workflow_findings(proposal: Proposal) -> Iterator[Finding]:
	"""Each difference that stops the engine, misleads people or is never used."""
	stored = proposal.workflow
	if stored is None:
		yield error("workflow-missing")
		return
	if not stored.is_active:
		yield error("workflow-inactive")
	if stored.sends_email:
		yield error("workflow-sends-email")
	if stored.state_field not in proposal.fields:
		yield error("workflow-state-field-missing", field=stored.state_field)
	elif stored.state_field != proposal.generated.state_field:
		expected = proposal.generated.state_field
		yield error("workflow-state-field-differs", field=stored.state_field, expected=expected)
	yield from _states(stored, proposal.generated)
	yield from _needed(proposal, stored)
	yield from _added(stored, proposal.generated)
	yield from _ambiguities(stored, proposal.generated)


def _states(stored: Workflow, generated: Workflow) -> Iterator[Finding]:
	for state, is_submitted in generated.states.items():
		if state not in stored.states:
			yield error("state-missing", state=state)
		elif stored.states[state] != is_submitted:
			yield error("state-not-submitted" if is_submitted else "state-submitted", state=state)
	entered, left = ({step.to for step in stored.transitions}, {step.state for step in stored.transitions})
	begins, goes_on = next(iter(generated.states)), {step.state for step in generated.transitions}
	for state in stored.states:
		if state not in generated.states:
			yield error("state-unknown", state=state)
		elif state not in entered and state != begins:
			yield error("state-unreachable", state=state)
		elif state not in left and state in goes_on:
			yield error("dead-end", state=state)


def _needed(proposal: Proposal, stored: Workflow) -> Iterator[Finding]:
	"""Generated transitions that are gone, or that the engine can no longer take for everybody."""
	here, generated = _by_way(stored.transitions), _by_way(proposal.generated.transitions)
	follows = {step.condition: step.to for step in proposal.generated.transitions if step.condition}
	for (state, to), (step, *_others) in generated.items():
		if {state, to} - stored.states.keys():
			continue
		steps = here.get((state, to), [])
		if not step.condition:
			yield from _handing_in(proposal, step, steps)
			continue
		values: dict[str, Any] = {
			"state": state,
			"to": to,
			"action": step.action,
			"condition": step.condition,
		}
		if obstacle := _obstacle(step, steps, follows):
			yield _not_followed(proposal, values | obstacle)
		elif stray := next((found for found in steps if found.condition != step.condition), None):
			yield warning("transition-open", **(values | {"action": stray.action, "role": stray.allowed}))


def _obstacle(step: Transition, steps: list[Transition], follows: dict[str, str]) -> dict[str, Any]:
	"""Why the engine cannot take a generated transition whoever is signed in; empty when it can."""
	for_all = [found for found in steps if found.allowed == EVERYBODY]
	if any(found.condition in ("", step.condition) for found in for_all):
		return {}
	if not steps:
		return {"reason": Reason("no-transition")}
	if not for_all:
		return {"reason": Reason("allowed"), "role": steps[0].allowed}
	own = for_all[0].condition
	if own in follows:
		return {"reason": Reason("other-state"), "awaited": follows[own]}
	return {"reason": Reason("other-condition"), "own_condition": own}


def _not_followed(proposal: Proposal, values: dict[str, Any]) -> Finding:
	"""The engine has to move a document and the Workflow does not let it; said on the stage it cannot enter."""
	asked = ((row, rule) for row, rule in sorted(proposal.rules.items()) if rule.state == values["to"])
	if entered := next(asked, None):
		return error("stage-not-entered", *entered, **values)
	return error("workflow-lacks-transition", **values)


def _handing_in(proposal: Proposal, step: Transition, steps: list[Transition]) -> Iterator[Finding]:
	"""The one move people make themselves: whoever prepares a document hands it to the office."""
	values: dict[str, Any] = {"state": step.state, "to": step.to}
	roles = [found.allowed for found in steps]
	if not {*roles} & {*proposal.requesters, EVERYBODY}:
		yield error("hand-in-missing", roles=proposal.requesters, **values)
	for role in roles:
		if role not in (*proposal.requesters, EVERYBODY):
			yield warning("hand-in-refused", role=role, **values)
	if steps and not any(found.self_approval for found in steps):
		yield warning("hand-in-not-by-author", **values)


def _added(stored: Workflow, generated: Workflow) -> Iterator[Finding]:
	"""Transitions that were never generated: the engine goes no such way, and nobody else can."""
	ways, unknown = _by_way(generated.transitions), stored.states.keys() - generated.states.keys()
	for step in stored.transitions:
		if (step.state, step.to) not in ways and not {step.state, step.to} & unknown:
			yield error("dead-transition", state=step.state, to=step.to, action=step.action)


def _ambiguities(stored: Workflow, generated: Workflow) -> Iterator[Finding]:
	"""One action that leads two ways; those that wait for the route exclude each other."""
	waits = {(step.to, step.condition) for step in generated.transitions if step.condition}
	by_action: dict[tuple[str, str], list[Transition]] = {}
	for step in stored.transitions:
		by_action.setdefault((step.state, step.action), []).append(step)
	for (state, action), steps in by_action.items():
		targets = list(dict.fromkeys(step.to for step in steps))
		if len(targets) > 1 and any((step.to, step.condition) not in waits for step in steps):
			yield error("transition-ambiguous", state=state, action=action, targets=tuple(targets))
		for to in targets:
			allowed = [step.allowed for step in steps if step.to == to]
			if len({*allowed}) < len(allowed):
				yield warning("transition-twice", state=state, action=action, to=to)


def _by_way(steps: Iterable[Transition]) -> dict[tuple[str, str], list[Transition]]:
	ways: dict[tuple[str, str], list[Transition]] = {}
	for step in steps:
		ways.setdefault((step.state, step.to), []).append(step)
	return ways
