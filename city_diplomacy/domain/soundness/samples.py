"""Whether a condition can hold, can fail, or raises: judged on the documents that matter to it.

A clause changes its answer only at the constants it names, so every field is tried as blank, at, just below and
just above each constant the conditions compare it with, at zero, at extremes, and at each of a Select's options.
When all combinations were tried and no clause looks into a text or into the rows of a table, the verdict is a
proof; otherwise it is a sample.
"""

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product
from math import prod
from typing import Any

from ..policy.conditions import OPPOSITES, Condition, ConditionError
from .model import DocumentField

MOST_DOCUMENTS = 4096
EXTREMES = (0, 1, -1, 10**12)
SAMPLED = frozenset(("contains", "does not contain", "has a row where", "has no row where"))


@dataclass(frozen=True)
class Verdict:
	"""What trying a condition showed. `holds_for` and `fails_for` are sample documents, None when there is none;
	`error` is what it raised and `raises_for` on which document. `is_proof` when nothing else is possible.
	"""

	holds_for: Mapping[str, Any] | None
	fails_for: Mapping[str, Any] | None
	error: str | None
	raises_for: Mapping[str, Any] | None
	is_proof: bool


def judge(condition: Condition, fields: Mapping[str, DocumentField]) -> Verdict:
	"""Try a condition on sample documents."""
	documents, complete = documents_for([condition], fields)
	holds = fails = raises = None
	problem = None
	for facts in documents:
		try:
			if condition.holds(facts):
				holds = facts if holds is None else holds
			else:
				fails = facts if fails is None else fails
		except ConditionError as error:
			if problem is None:
				problem, raises = str(error), facts
	return Verdict(holds, fails, problem, raises, complete)


def find_document(
	must_hold: Iterable[Condition | None],
	must_fail: Iterable[Condition | None],
	fields: Mapping[str, DocumentField],
) -> tuple[Mapping[str, Any] | None, bool]:
	"""A sample document on which some conditions hold and others fail, and whether the search was complete.

	None always holds. Conditions that cannot be read or judged count as failing to do either.
	"""
	held, failed = list(must_hold), list(must_fail)
	documents, complete = documents_for([*held, *failed], fields)
	for facts in documents:
		if _all(held, facts, True) and _all(failed, facts, False):
			return facts, complete
	return None, complete


def documents_for(
	conditions: Iterable[Condition | None], fields: Mapping[str, DocumentField]
) -> tuple[Iterator[dict[str, Any]], bool]:
	"""Sample documents with the fields the conditions ask about, and whether they decide them for good.

	By a condition that cannot be read nothing is decided for good.
	"""
	constants: dict[str, list[Any]] = {}
	given = [condition for condition in conditions if condition]
	plain = not any(condition.unreadable for condition in given)
	for clause in (clause for condition in given for clause in condition.clauses):
		name = clause.field.partition(".")[0]
		if name in fields:
			named = clause.value if isinstance(clause.value, tuple) else (clause.value,)
			constants.setdefault(name, []).extend(value for value in named if value is not None)
		plain = plain and clause.operator not in SAMPLED
	read = sorted(constants)
	values = [_values_of(fields[name], constants[name]) for name in read]
	combinations = prod(len(choice) for choice in values)
	if combinations <= MOST_DOCUMENTS:
		return (dict(zip(read, choice, strict=True)) for choice in product(*values)), plain
	return islice(_drawn(read, values), MOST_DOCUMENTS), False


def _all(conditions: Iterable[Condition | None], facts: Mapping[str, Any], wanted: bool) -> bool:
	try:
		return all((condition is None or condition.holds(facts)) is wanted for condition in conditions)
	except ConditionError:
		return False


def _drawn(names: Sequence[str], values: Sequence[Sequence[Any]]) -> Iterator[dict[str, Any]]:
	"""Documents drawn at random, always the same ones, after those where every field is alike in place."""
	for place in range(max(len(choice) for choice in values)):
		yield {name: choice[place % len(choice)] for name, choice in zip(names, values, strict=True)}
	dice = random.Random(0)
	while True:
		yield {name: dice.choice(choice) for name, choice in zip(names, values, strict=True)}


def _values_of(field: DocumentField, constants: Iterable[Any]) -> list[Any]:
	numbers = [value for value in constants if isinstance(value, int | float)]
	texts = [value for value in constants if isinstance(value, str)]
	if field.kind == "check":
		return [0, 1]
	if field.kind == "number":
		near = [number + step for number in numbers for step in (-0.01, 0, 0.01)]
		return list(dict.fromkeys([None, *EXTREMES, *near]))
	if field.kind == "select":
		return list(dict.fromkeys(field.options if field.required else [None, *field.options]))
	if field.kind == "table":
		return [
			[],
			*([dict.fromkeys(field.columns, content)] for content in (None, *dict.fromkeys(constants))),
		]
	if field.kind == "date":
		return list(
			dict.fromkeys([None, "1900-01-01", *texts, *(f"{text}~" for text in texts), "2999-12-31"])
		)
	return list(dict.fromkeys([None, "", *texts, *(f"{text}~" for text in texts), "~"]))


def one_always_holds(conditions: Iterable[Condition | None]) -> bool:
	"""Whether two of the conditions are single clauses and each other's opposite, so that one holds for every document."""
	single = [one.clauses[0] for one in conditions if one and len(one.clauses) == len(one.groups) == 1]
	asked = {(clause.field, clause.operator, clause.value) for clause in single}
	return any((clause.field, OPPOSITES[clause.operator], clause.value) in asked for clause in single)
