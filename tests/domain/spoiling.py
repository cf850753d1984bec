"""How a sound policy is spoiled in one way: the words the corpus of defects is written in."""

from dataclasses import dataclass, replace

from city_diplomacy.domain.route.joins import JoinRule
from city_diplomacy.domain.soundness.model import Proposal
from tests.domain.paper_city import (
	COMPOSITE_RULES,
	WORKFLOW,
	asked,
	organisation_with,
	proposal,
	staffed,
)

ATTORNEY, FINANCE, DEPARTMENTS, ETHICS, MAYORS, COUNCIL = range(1, 7)
STRICT = {row: replace(rule, recorded_decision_allowed=False) for row, rule in COMPOSITE_RULES.items()}
TWO, THREE, HALF = JoinRule("K of N", k=2), JoinRule("K of N", k=3), JoinRule("Percent", percent=50)


@dataclass(frozen=True)
class Defect:
	"""What was spoiled, the code that must be found, and the row it must be found on (None: no row)."""

	name: str
	code: str
	proposal: Proposal
	row: int | None = None
	severity: str = "error"


def error(name: str, code: str, spoiled: Proposal, row: int | None = None) -> Defect:
	"""A defect that must bar activation."""
	return Defect(name, code, spoiled, row)


def warning(name: str, code: str, spoiled: Proposal, row: int | None = None) -> Defect:
	"""A defect that must be shown and bar nothing."""
	return Defect(name, code, spoiled, row, "warning")


def without(*rows: int, rules=COMPOSITE_RULES) -> Proposal:
	"""A policy without some of its rows."""
	return proposal({row: rule for row, rule in rules.items() if row not in rows})


def only(*rules) -> Proposal:
	"""A policy of these rules alone."""
	return proposal(dict(enumerate(rules, start=1)))


def strict(**changes) -> Proposal:
	"""The composite policy, no decision recorded for anybody, in a city whose offices are held otherwise."""
	return organisation_with(STRICT, **changes)


def heads(**changed: str | None) -> dict[str, str]:
	"""Who heads which department, some changed; None takes the head away."""
	heads = {**staffed(STRICT.values()).heads, **changed}
	return {department: head for department, head in heads.items() if head}


def states(**changes) -> dict[str, bool]:
	"""The states of the Workflow with others added."""
	return {**WORKFLOW.states, **changes}


def without_state(name: str) -> Proposal:
	"""The composite policy on a Workflow that lost a state with its transitions."""
	states = {state: submitted for state, submitted in WORKFLOW.states.items() if state != name}
	steps = tuple(step for step in WORKFLOW.transitions if name not in (step.state, step.to))
	return proposal(COMPOSITE_RULES, workflow=replace(WORKFLOW, states=states, transitions=steps))


def disabled(person: str, rules) -> Proposal:
	"""A policy in a city where somebody's account is closed."""
	office = staffed(rules.values())
	return organisation_with(rules, people=office.people - {person})


def member(number: int, **fields):
	"""A rule that asks one member of the council."""
	return asked(f"Council Member {number}", user=f"member{number}@city.example", **fields)
