"""The small language in which a routing rule says when it applies.

A condition is one Python expression over `doc`: `doc.amount > 100000 and doc.binding == "Yes"`. Only what
a rule needs is allowed (see `compile_condition`); the rest is refused while the policy is being written,
not when an agreement is being routed. Nothing is handed to `eval`: the checked tree is turned into
closures once, so judging a condition costs microseconds and can reach nothing but the facts passed in.

How an empty field is read: forms leave fields blank, and a rule on a missing amount must neither raise
nor let the agreement slip past its readers by accident. So None counts as 0 beside a number and as ""
beside text or a date (an empty date is earlier than every date). A field the document does not have at
all is a mistake in the rule, not a blank, and raises ConditionError.
"""

import ast
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

MAXIMUM_LENGTH = 1000
MAXIMUM_DEPTH = 50

Facts = Mapping[str, Any]
Reading = Callable[[Facts], Any]


class ConditionError(ValueError):
	"""A condition that cannot be read, or cannot be judged on this document; the message is a sentence."""


@dataclass(frozen=True)
class Condition:
	"""A checked condition, ready to be judged on any number of documents."""

	expression: str
	fields: frozenset[str]
	_reading: Reading = field(repr=False, compare=False)

	def holds(self, facts: Facts) -> bool:
		"""Whether the condition is true of a document given as a mapping of field names to values.

		Child tables are sequences of mappings. Raises ConditionError when a field named by the condition
		is absent from the facts, or when values of different kinds are ordered or calculated with.
		"""
		return bool(self._reading(facts))


def compile_condition(expression: str) -> Condition:
	"""Read an expression and return the Condition; an empty one always holds.

	Allowed: `doc.fieldname`, text, numbers, True, False, None, lists and tuples, comparisons with `in` and
	`not in`, `and`, `or`, `not`, `+ - * /`, a minus sign, `len(doc.table)` and
	`column(doc.table, "field")`. At most 1000 characters. Raises ConditionError naming what is wrong and
	in which column.
	"""
	return _compile((expression or "").strip())


@lru_cache(maxsize=1024)
def _compile(expression: str) -> Condition:
	if not expression:
		return Condition("", frozenset(), lambda facts: True)
	if len(expression) > MAXIMUM_LENGTH:
		raise ConditionError(
			f"The condition is {len(expression)} characters long; at most {MAXIMUM_LENGTH} are allowed."
		)
	tree = _parse(expression)
	reader = _Reader(expression)
	reading = reader.read(tree.body, depth=0)
	return Condition(expression, frozenset(reader.fields), reading)


def _parse(expression: str) -> ast.Expression:
	try:
		return ast.parse(expression, mode="eval")
	except SyntaxError as error:
		column = error.offset or 1
		raise ConditionError(
			f"The condition cannot be read at column {column}: it is not a complete expression on one line."
		) from error
	except (ValueError, RecursionError, MemoryError) as error:
		raise ConditionError(
			"The condition cannot be read at column 1: it holds unreadable characters or is nested too deeply."
		) from error


class _Reader:
	"""Turns a syntax tree into closures, refusing every node that is not on the list."""

	def __init__(self, expression: str):
		self.lines = expression.splitlines() or [""]
		self.fields: set[str] = set()

	def read(self, node: ast.expr, depth: int) -> Reading:
		if depth > MAXIMUM_DEPTH:
			raise self.error(node, "the expression is nested too deeply")
		if isinstance(node, ast.Constant):
			return self.read_constant(node)
		if isinstance(node, ast.Attribute):
			return self.read_field(node)
		if isinstance(node, ast.List | ast.Tuple):
			parts = [self.read(part, depth + 1) for part in node.elts]
			return lambda facts: [part(facts) for part in parts]
		if isinstance(node, ast.BoolOp):
			return self.read_and_or(node, depth)
		if isinstance(node, ast.UnaryOp):
			return self.read_unary(node, depth)
		if isinstance(node, ast.BinOp):
			return self.read_arithmetic(node, depth)
		if isinstance(node, ast.Compare):
			return self.read_comparison(node, depth)
		if isinstance(node, ast.Call):
			return self.read_call(node, depth)
		if isinstance(node, ast.Name):
			raise self.error(
				node, f'"{node.id}" is not known; write doc.{node.id} for a field of the document'
			)
		raise self.error(node, f"{_spoken(node)} is not allowed in a condition")

	def read_constant(self, node: ast.Constant) -> Reading:
		value = node.value
		if value is not None and not isinstance(value, str | int | float):
			raise self.error(node, "only text, numbers, True, False and None may be written out")
		return lambda facts: value

	def read_field(self, node: ast.Attribute) -> Reading:
		name = node.attr
		if not isinstance(node.value, ast.Name) or node.value.id != "doc":
			raise self.error(node, f'".{name}" does not follow doc; only fields of the document can be read')
		if name.startswith("_"):
			raise self.error(node, f'the field name "{name}" begins with an underscore')
		self.fields.add(name)

		def value_of_field(facts: Facts) -> Any:
			try:
				return facts[name]
			except KeyError:
				raise ConditionError(
					f'The condition reads "{name}", a field this document does not have.'
				) from None

		return value_of_field

	def read_and_or(self, node: ast.BoolOp, depth: int) -> Reading:
		parts = [self.read(part, depth + 1) for part in node.values]
		if isinstance(node.op, ast.And):
			return lambda facts: all(part(facts) for part in parts)
		return lambda facts: any(part(facts) for part in parts)

	def read_unary(self, node: ast.UnaryOp, depth: int) -> Reading:
		operand = self.read(node.operand, depth + 1)
		if isinstance(node.op, ast.Not):
			return lambda facts: not operand(facts)
		if isinstance(node.op, ast.USub):
			place = self.column(node)
			return lambda facts: -_number(operand(facts), place)
		raise self.error(node, f"{_spoken(node)} is not allowed in a condition")

	def read_arithmetic(self, node: ast.BinOp, depth: int) -> Reading:
		operation = _ARITHMETIC.get(type(node.op))
		if operation is None:
			raise self.error(node, "only + - * and / may be calculated with")
		left, right = self.read(node.left, depth + 1), self.read(node.right, depth + 1)
		place = self.column(node)

		def calculate(facts: Facts) -> Any:
			first, second = _alike(_number(left(facts), place), _number(right(facts), place))
			try:
				return operation(first, second)
			except ArithmeticError as error:
				raise ConditionError(
					f"The calculation at column {place} cannot be made: {first} and {second} give no number."
				) from error

		return calculate

	def read_comparison(self, node: ast.Compare, depth: int) -> Reading:
		first = self.read(node.left, depth + 1)
		rest: list[tuple[Callable[[Any, Any, int], bool], Reading, int]] = []
		for operator, operand in zip(node.ops, node.comparators, strict=True):
			compare = _COMPARISONS.get(type(operator))
			if compare is None:
				raise self.error(operand, 'compare with "==" or "!=", not with "is"')
			rest.append((compare, self.read(operand, depth + 1), self.column(operand)))

		def judge(facts: Facts) -> bool:
			left = first(facts)
			for compare, operand, place in rest:
				right = operand(facts)
				if not compare(left, right, place):
					return False
				left = right
			return True

		return judge

	def read_call(self, node: ast.Call, depth: int) -> Reading:
		name = node.func.id if isinstance(node.func, ast.Name) else ""
		if name not in ("len", "column") or node.keywords:
			raise self.error(node, 'only len(doc.table) and column(doc.table, "field") may be called')
		place = self.column(node)
		if name == "len":
			if len(node.args) != 1:
				raise self.error(node, "len takes one table or text, as in len(doc.table)")
			operand = self.read(node.args[0], depth + 1)
			return lambda facts: _length(operand(facts), place)
		if len(node.args) != 2 or not isinstance(node.args[0], ast.Attribute):
			raise self.error(node, 'column takes a table and a field, as in column(doc.table, "field")')
		row_field = node.args[1]
		if not isinstance(row_field, ast.Constant) or not isinstance(row_field.value, str):
			raise self.error(row_field, "the field of a column is written in quotation marks")
		if not row_field.value.isidentifier() or row_field.value.startswith("_"):
			raise self.error(row_field, f'"{row_field.value}" is not the name of a field')
		table = self.read_field(node.args[0])
		table_name, field_name = node.args[0].attr, row_field.value
		return lambda facts: _column(table(facts), table_name, field_name)

	def column(self, node: ast.expr) -> int:
		"""Where a node begins, counted in characters from 1 (the parser counts bytes)."""
		line = self.lines[min(node.lineno, len(self.lines)) - 1]
		return len(line.encode()[: node.col_offset].decode(errors="ignore")) + 1

	def error(self, node: ast.expr, problem: str) -> ConditionError:
		return ConditionError(f"The condition is refused at column {self.column(node)}: {problem}.")


_NODE_NAMES = {
	"Lambda": "a lambda",
	"IfExp": "an if expression",
	"Dict": "a dictionary",
	"Set": "a set",
	"ListComp": "a comprehension",
	"SetComp": "a comprehension",
	"DictComp": "a comprehension",
	"GeneratorExp": "a comprehension",
	"Subscript": "an index in square brackets",
	"JoinedStr": "an f-string",
	"NamedExpr": "an assignment",
	"Starred": "a star",
	"UnaryOp": "this sign",
}


def _spoken(node: ast.expr) -> str:
	return _NODE_NAMES.get(type(node).__name__, f"{type(node).__name__}")


def _number(value: Any, place: int) -> Any:
	if value is None:
		return 0
	if isinstance(value, int | float | Decimal):
		return value
	raise ConditionError(f'The condition calculates with "{value}" at column {place}, which is not a number.')


def _alike(left: Any, right: Any) -> tuple[Any, Any]:
	"""Decimal and float do not mix in Python; the float's own text is what the person saw."""
	if isinstance(left, Decimal) and isinstance(right, float):
		return left, Decimal(str(right))
	if isinstance(right, Decimal) and isinstance(left, float):
		return Decimal(str(left)), right
	return left, right


def _is_number(value: Any) -> bool:
	return isinstance(value, int | float | Decimal)


def _as_text(value: Any) -> Any:
	"""Dates as ISO text, so that a rule can write them between quotation marks."""
	if isinstance(value, datetime):
		return value.isoformat(sep=" ")
	if isinstance(value, date):
		return value.isoformat()
	return value


def _paired(left: Any, right: Any) -> tuple[Any, Any]:
	"""Two values as they are compared: blanks filled in, dates as text, numbers of one kind."""
	left, right = _as_text(left), _as_text(right)
	if left is None and right is None:
		return 0, 0
	if left is None and (_is_number(right) or isinstance(right, str)):
		left = 0 if _is_number(right) else ""
	elif right is None and (_is_number(left) or isinstance(left, str)):
		right = 0 if _is_number(left) else ""
	return _alike(left, right)


def _equal(left: Any, right: Any, place: int) -> bool:
	left, right = _paired(left, right)
	return bool(left == right)


def _contained(left: Any, right: Any, place: int) -> bool:
	if right is None:
		return False
	if isinstance(right, str):
		left = _as_text("" if left is None else left)
		if isinstance(left, str):
			return left in right
		raise ConditionError(
			f'The condition looks for "{left}" inside a text at column {place}; it is not text.'
		)
	if isinstance(right, Sequence):
		return any(_equal(left, member, place) for member in right)
	raise ConditionError(
		f'The condition looks inside "{right}" at column {place}, which is not a list or text.'
	)


def _ordered(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any, int], bool]:
	def judge(left: Any, right: Any, place: int) -> bool:
		first, second = _paired(left, right)
		if (_is_number(first) and _is_number(second)) or (isinstance(first, str) and isinstance(second, str)):
			return compare(first, second)
		raise ConditionError(
			f'The condition compares "{left}" with "{right}" at column {place}; '
			"only two numbers, two texts or two dates can be put in order."
		)

	return judge


def _length(value: Any, place: int) -> int:
	if value is None:
		return 0
	if isinstance(value, str | Sequence):
		return len(value)
	raise ConditionError(
		f'The condition counts "{value}" at column {place}, which is not a table, list or text.'
	)


def _column(rows: Any, table: str, field_name: str) -> list[Any]:
	if rows is None:
		return []
	if isinstance(rows, str) or not isinstance(rows, Sequence):
		raise ConditionError(f'The condition reads a column of "{table}", which is not a table.')
	try:
		return [row[field_name] for row in rows]
	except (KeyError, TypeError):
		raise ConditionError(
			f'The condition reads "{field_name}", a field the rows of "{table}" do not have.'
		) from None


_ARITHMETIC: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
	ast.Add: lambda left, right: left + right,
	ast.Sub: lambda left, right: left - right,
	ast.Mult: lambda left, right: left * right,
	ast.Div: lambda left, right: left / right,
}

_COMPARISONS: dict[type[ast.cmpop], Callable[[Any, Any, int], bool]] = {
	ast.Eq: _equal,
	ast.NotEq: lambda left, right, place: not _equal(left, right, place),
	ast.Lt: _ordered(lambda left, right: left < right),
	ast.LtE: _ordered(lambda left, right: left <= right),
	ast.Gt: _ordered(lambda left, right: left > right),
	ast.GtE: _ordered(lambda left, right: left >= right),
	ast.In: _contained,
	ast.NotIn: lambda left, right, place: not _contained(left, right, place),
}
