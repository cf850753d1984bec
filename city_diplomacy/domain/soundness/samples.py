"""Whether a condition can hold, can fail, or raises: judged on the documents that matter to it.

A comparison with a constant changes its answer only at that constant, so every field is tried as blank, at,
just below and just above each constant the conditions name, at zero, at extremes, and at each of a Select's
options. When the conditions only compare fields with constants and all combinations were tried, the verdict
is a proof; otherwise (fields compared with each other, calculations, too many combinations) it is a sample.
"""

import ast
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product
from math import prod
from typing import Any

from ..policy.conditions import Condition, ConditionError, compile_condition
from .model import DocumentField

MOST_DOCUMENTS = 4096
EXTREMES = (0, 1, -1, 10**12)


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


def judge(expression: str, fields: Mapping[str, DocumentField]) -> Verdict:
	"""Try a condition on sample documents. Raises ConditionError when it cannot be read at all."""
	condition = compile_condition(expression)
	documents, complete = documents_for([expression], fields)
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
	must_hold: Iterable[str], must_fail: Iterable[str], fields: Mapping[str, DocumentField]
) -> tuple[Mapping[str, Any] | None, bool]:
	"""A sample document on which some conditions hold and others fail, and whether the search was complete.

	Conditions that cannot be read or judged count as failing to do either.
	"""
	positive, negative = list(must_hold), list(must_fail)
	try:
		held = [compile_condition(text) for text in positive]
		failed = [compile_condition(text) for text in negative]
	except ConditionError:
		return None, False
	documents, complete = documents_for([*positive, *negative], fields)
	for facts in documents:
		if _all(held, facts, True) and _all(failed, facts, False):
			return facts, complete
	return None, complete


def documents_for(
	expressions: Sequence[str], fields: Mapping[str, DocumentField]
) -> tuple[Iterator[dict[str, Any]], bool]:
	"""Sample documents with the fields the conditions read, and whether they decide the conditions for good.

	Conditions that cannot be read are left out, and then nothing is decided for good.
	"""
	given, expressions = expressions, [text for text in expressions if _is_readable(text)]
	read = sorted({name for text in expressions for name in compile_condition(text).fields if name in fields})
	constants = _constants(expressions)
	values = [_values_of(fields[name], constants) for name in read]
	combinations = prod(len(choice) for choice in values)
	plain = len(expressions) == len(given)
	plain = plain and all(_compares_with_constants_only(text) for text in expressions)
	if combinations <= MOST_DOCUMENTS:
		return (dict(zip(read, choice, strict=True)) for choice in product(*values)), plain
	return islice(_drawn(read, values), MOST_DOCUMENTS), False


def _is_readable(expression: str) -> bool:
	try:
		compile_condition(expression)
	except ConditionError:
		return False
	return True


def _all(conditions: Iterable[Condition], facts: Mapping[str, Any], wanted: bool) -> bool:
	try:
		return all(condition.holds(facts) is wanted for condition in conditions)
	except ConditionError:
		return False


def _drawn(names: Sequence[str], values: Sequence[Sequence[Any]]) -> Iterator[dict[str, Any]]:
	"""Documents drawn at random, always the same ones, after those where every field is alike in place."""
	for place in range(max(len(choice) for choice in values)):
		yield {name: choice[place % len(choice)] for name, choice in zip(names, values, strict=True)}
	dice = random.Random(0)
	while True:
		yield {name: dice.choice(choice) for name, choice in zip(names, values, strict=True)}


def _constants(expressions: Iterable[str]) -> list[Any]:
	found: dict[Any, None] = {}
	for text in expressions:
		for node in ast.walk(ast.parse(text.strip() or "True", mode="eval")):
			if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
				if isinstance(node.operand, ast.Constant) and isinstance(node.operand.value, int | float):
					found[-node.operand.value] = None
			elif isinstance(node, ast.Constant) and not isinstance(node.value, bool | None):
				found[node.value] = None
	return list(found)


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
		return [[], *_rows(field, texts, numbers)]
	if field.kind == "date":
		return list(
			dict.fromkeys([None, "1900-01-01", *texts, *(f"{text}~" for text in texts), "2999-12-31"])
		)
	return list(dict.fromkeys([None, "", *texts, *(f"{text}~" for text in texts), "~"]))


def _rows(field: DocumentField, texts: list[str], numbers: list[Any]) -> list[list[dict[str, Any]]]:
	"""Tables of one row for each text, and as long as the numbers a length may be compared with."""
	contents = list(dict.fromkeys([None, *(text for text in texts if text not in field.columns)]))
	tables = [[dict.fromkeys(field.columns, content)] for content in contents]
	lengths = {int(n) + step for n in numbers for step in (0, 1) if 1 < n + step <= 50}
	return [*tables, *([dict.fromkeys(field.columns)] * length for length in sorted(lengths))]


def _compares_with_constants_only(expression: str) -> bool:
	"""Whether each comparison has a field on one side and constants on the other."""
	for node in ast.walk(ast.parse(expression.strip() or "True", mode="eval")):
		if isinstance(node, ast.BinOp | ast.Call):
			return False
		if isinstance(node, ast.Compare):
			sides = [node.left, *node.comparators]
			if sum(isinstance(side, ast.Attribute) for side in sides) > 1:
				return False
			if any(isinstance(op, ast.In | ast.NotIn) for op in node.ops) and not isinstance(
				node.comparators[-1], ast.List | ast.Tuple
			):
				return False
	return True


_OPPOSITES = {ast.Eq: ast.NotEq, ast.In: ast.NotIn, ast.Lt: ast.GtE, ast.Gt: ast.LtE}


def one_always_holds(expressions: Iterable[str]) -> bool:
	"""Whether two of the conditions are each other's opposite as written, so that one of them holds for every document."""
	written = [comparison for comparison in map(_comparison, expressions) if comparison]
	opposites = {**_OPPOSITES, **{second: first for first, second in _OPPOSITES.items()}}
	return any(
		opposites.get(first[1]) is second[1] and (first[0], first[2]) == (second[0], second[2])
		for first in written
		for second in written
	)


def _comparison(expression: str) -> tuple[str, type[ast.cmpop], str] | None:
	try:
		node = ast.parse(expression.strip(), mode="eval").body
	except SyntaxError:
		return None
	if not isinstance(node, ast.Compare) or len(node.ops) != 1:
		return None
	return ast.dump(node.left), type(node.ops[0]), ast.dump(node.comparators[0])
