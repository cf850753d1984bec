"""How long the checker takes for a hundred departments in twelve stages. Plain Python: no site is needed.

	python -m benchmarks.soundness --departments 100 --stages 12 --rounds 20

Two policies of that size are timed in turn: one rule per department and stage (1,200 rules, a third of them
with a condition), and one rule per stage that is asked of the departments a document names.
"""

import argparse
from statistics import quantiles
from time import perf_counter

from city_diplomacy.domain.policy.conditions import Clause, Condition
from city_diplomacy.domain.route.joins import JoinRule
from city_diplomacy.domain.route.routing import AskedOf, Rule
from city_diplomacy.domain.soundness.check import check
from city_diplomacy.domain.soundness.joins import positions_explored
from city_diplomacy.domain.soundness.model import DocumentField, Organisation, Proposal, Transition, Workflow

STATES = ("Clearance", "Decision", "Council")
FIELDS = {
	"workflow_state": DocumentField("workflow_state"),
	"amount": DocumentField("amount", "number"),
	"kind": DocumentField("kind", "select", ("Letter", "Pact", "Treaty")),
	"departments": DocumentField("departments", "table", columns=frozenset({"department"})),
}
CONDITION = Condition(((Clause("amount", "is more than", 100000),), (Clause("kind", "is", "Treaty"),)))


def workflow() -> Workflow:
	"""A Workflow that leads from each state to each other."""
	states = ("Draft", "Intake", *STATES, "Ready", "Active")
	steps = (Transition(a, f"to {b}", b, condition=b) for a in states for b in states if a != b)
	return Workflow({state: state == "Active" for state in states}, tuple(steps))


def proposal(rules: dict[int, Rule], departments: int) -> Proposal:
	return Proposal(rules, workflow(), workflow(), FIELDS, organisation(departments), STATES)


def organisation(departments: int) -> Organisation:
	"""Departments with a head and an acting head each."""
	names = [f"Department {number}" for number in range(departments)]
	heads = {name: f"head of {name}" for name in names}
	acting = {name: f"deputy of {name}" for name in names}
	people = frozenset((*heads.values(), *acting.values()))
	return Organisation(people, frozenset(names), heads, acting)


def rule_by_rule(departments: int, stages: int) -> Proposal:
	"""Each department has a rule of its own in each stage."""
	rules = {}
	for stage in range(1, stages + 1):
		for number in range(departments):
			row = len(rules) + 1
			rules[row] = Rule(
				key=str(row),
				stage=stage,
				state=STATES[stage % 3],
				seat=f"Department {number}",
				asked_of=AskedOf.DEPARTMENT_HEAD,
				department=f"Department {number}",
				condition=CONDITION if number % 3 else None,
				mandatory=not number,
			)
	return proposal(rules, departments)


def by_table(departments: int, stages: int) -> Proposal:
	"""One rule in each stage asks all the departments a document names, and two thirds of them must clear."""
	rules = {
		stage: Rule(
			key=str(stage),
			stage=stage,
			state=STATES[stage % 3],
			seat="Affected department",
			asked_of=AskedOf.DEPARTMENTS_OF_THE_DOCUMENT,
			table_field="departments",
			join=JoinRule("Percent", percent=66.67),
		)
		for stage in range(1, stages + 1)
	}
	return proposal(rules, departments)


def main() -> None:
	"""Print the quartiles of both, with the positions explored and the findings."""
	parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
	parser.add_argument("--departments", type=int, default=100)
	parser.add_argument("--stages", type=int, default=12)
	parser.add_argument("--rounds", type=int, default=20)
	options = parser.parse_args()
	proposals = {
		make.__name__: make(options.departments, options.stages) for make in (rule_by_rule, by_table)
	}
	times: dict[str, list[float]] = {name: [] for name in proposals}
	for _ in range(options.rounds):
		for name, proposal in proposals.items():
			began = perf_counter()
			check(proposal)
			times[name].append((perf_counter() - began) * 1000)
	for name, proposal in proposals.items():
		first, middle, third = quantiles(times[name], n=4)
		print(
			f"{name}: {middle:.1f} ms ({first:.1f} to {third:.1f}), {len(proposal.rules)} rules, "
			f"{positions_explored(proposal)} positions, {len(check(proposal))} findings"
		)


if __name__ == "__main__":
	main()
