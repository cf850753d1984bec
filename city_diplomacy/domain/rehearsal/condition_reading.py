"""What a condition reads of a document, and how it reads to people.

Both walk the syntax tree of an expression that `domain.policy.conditions` has accepted, so that whoever fetches a
document fetches no more than is asked about, and whoever draws a policy need not show code.
"""

import ast
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from ..policy.conditions import compile_condition
from ..route.routing import AskedOf, Rule

DEPARTMENT = "department"

Translate = Callable[[str], str]


@dataclass(frozen=True)
class Reads:
	"""Fields of a document, and columns of its child tables, that rules look at.

	A table that is only counted stands in `tables` without columns; a field that a condition compares as a
	whole stands in `fields`, whether it is a table or not, because a condition does not say.
	"""

	fields: frozenset[str] = frozenset()
	tables: Mapping[str, frozenset[str]] = field(default_factory=dict)

	@property
	def names(self) -> frozenset[str]:
		"""Every field of the document, tables among them."""
		return self.fields | frozenset(self.tables)


def read_by(rules: Iterable[Rule]) -> Reads:
	"""What the conditions of rules read, and the fields by which they find whom to ask.

	Raises ConditionError for a condition that cannot be read.
	"""
	fields: set[str] = set()
	tables: dict[str, set[str]] = {}
	for rule in rules:
		condition = compile_condition(rule.condition)
		fields |= condition.fields
		for table, column in _columns(condition.expression):
			tables.setdefault(table, set()).add(column)
		if rule.asked_of is AskedOf.DEPARTMENTS_OF_THE_DOCUMENT and rule.table_field:
			tables.setdefault(rule.table_field, set()).add(DEPARTMENT)
		if rule.asked_of is AskedOf.USER_FIELD and rule.user_field:
			fields.add(rule.user_field)
	return Reads(
		frozenset(fields - set(tables)), {table: frozenset(columns) for table, columns in tables.items()}
	)


def in_words(expression: str, labels: Mapping[str, str], translate: Translate = str) -> str:
	"""A condition as people read it: fields by their labels, operators in words; "" when it always holds.

	`labels` maps a field, and "table.column", to its label; what is missing is called by its own name.
	`translate` is given each fixed phrase before values are filled in. Arithmetic stays as it is written.
	Raises ConditionError for an expression that `domain.policy.conditions` refuses.
	"""
	written = compile_condition(expression).expression
	if not written:
		return ""
	return _Words(labels, translate).say(ast.parse(written, mode="eval").body)


def _columns(expression: str) -> Iterable[tuple[str, str]]:
	if not expression:
		return
	for node in ast.walk(ast.parse(expression, mode="eval")):
		if _is_call(node, "column"):
			yield node.args[0].attr, node.args[1].value


def _is_call(node: ast.AST, name: str) -> bool:
	return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name


_PHRASES: dict[type[ast.cmpop], str] = {
	ast.Eq: "{0} is {1}",
	ast.NotEq: "{0} is not {1}",
	ast.Lt: "{0} is less than {1}",
	ast.LtE: "{0} is at most {1}",
	ast.Gt: "{0} is more than {1}",
	ast.GtE: "{0} is at least {1}",
}
_MEMBERSHIP: dict[type[ast.cmpop], tuple[str, str, str]] = {
	# among a list of values, inside a text, in a column of a table
	ast.In: ("{0} is one of {1}", "{1} contains {0}", "a row of {1} is {0}"),
	ast.NotIn: ("{0} is none of {1}", "{1} does not contain {0}", "no row of {1} is {0}"),
}
AND, OR, NOT = "{0} and {1}", "{0} or {1}", "not ({0})"
CHECKED, NOT_CHECKED = "{0} is checked", "{0} is not checked"
SET, NOT_SET = "{0} is set", "{0} is not set"
ROWS, NO_ROWS, NUMBER_OF = "{0} has rows", "{0} has no rows", "the number of {0}"

PHRASES: tuple[str, ...] = (
	*_PHRASES.values(),
	*(phrase for phrases in _MEMBERSHIP.values() for phrase in phrases),
	*(AND, OR, NOT, CHECKED, NOT_CHECKED, SET, NOT_SET, ROWS, NO_ROWS, NUMBER_OF),
)
"""Every phrase `in_words` hands to `translate`."""


class _Words:
	def __init__(self, labels: Mapping[str, str], translate: Translate):
		self.labels, self.translate = labels, translate

	def phrase(self, phrase: str, *parts: str) -> str:
		return self.translate(phrase).format(*parts)

	def say(self, node: ast.expr) -> str:
		"""A part of the condition that is true or false."""
		if isinstance(node, ast.BoolOp):
			return self.say_joined(node)
		if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
			if isinstance(node.operand, ast.Attribute):
				return self.phrase(NOT_CHECKED, self.name(node.operand))
			return self.phrase(NOT, self.say(node.operand))
		if isinstance(node, ast.Compare):
			return self.say_comparison(node)
		if isinstance(node, ast.Attribute):
			return self.phrase(CHECKED, self.name(node))
		return self.name(node)

	def say_joined(self, node: ast.BoolOp) -> str:
		parts = []
		for value in node.values:
			part = self.say(value)
			parts.append(f"({part})" if isinstance(value, ast.BoolOp) else part)
		joined = parts[0]
		for part in parts[1:]:
			joined = self.phrase(AND if isinstance(node.op, ast.And) else OR, joined, part)
		return joined

	def say_comparison(self, node: ast.Compare) -> str:
		sides = [node.left, *node.comparators]
		said = [
			self.say_pair(left, operator, right)
			for left, operator, right in zip(sides, node.ops, node.comparators, strict=False)
		]
		joined = said[0]
		for part in said[1:]:
			joined = self.phrase(AND, joined, part)
		return joined

	def say_pair(self, left: ast.expr, operator: ast.cmpop, right: ast.expr) -> str:
		kind = type(operator)
		if kind in _MEMBERSHIP:
			among, inside, column = _MEMBERSHIP[kind]
			if isinstance(right, ast.List | ast.Tuple):
				return self.phrase(among, self.name(left), self.name(right))
			return self.phrase(
				column if _is_call(right, "column") else inside, self.name(left), self.name(right)
			)
		compared_with = right.value if isinstance(right, ast.Constant) else "?"
		if kind in (ast.Eq, ast.NotEq) and compared_with in ("", None):
			return self.phrase(NOT_SET if kind is ast.Eq else SET, self.name(left))
		if _is_call(left, "len") and compared_with == 0 and kind in (ast.Eq, ast.Gt, ast.NotEq):
			return self.phrase(NO_ROWS if kind is ast.Eq else ROWS, self.name(left.args[0]))
		return self.phrase(_PHRASES[kind], self.name(left), self.name(right))

	def name(self, node: ast.expr) -> str:
		"""A value: a field by its label, a text between quotation marks, several parted by commas."""
		if isinstance(node, ast.Attribute):
			return self.labels.get(node.attr, node.attr)
		if isinstance(node, ast.Constant):
			is_text = isinstance(node.value, str)
			return json.dumps(node.value, ensure_ascii=False) if is_text else str(node.value)
		if isinstance(node, ast.List | ast.Tuple):
			return ", ".join(self.name(part) for part in node.elts)
		if _is_call(node, "len"):
			return self.phrase(NUMBER_OF, self.name(node.args[0]))
		if _is_call(node, "column"):
			table, column = node.args[0].attr, node.args[1].value
			return self.labels.get(f"{table}.{column}") or f"{self.labels.get(table, table)}: {column}"
		return ast.unparse(node).replace("doc.", "")
