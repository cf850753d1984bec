"""When a routing rule applies: clauses about the fields of a document, as data.

A clause is a field, an operator in plain words and a value. Clauses of one group must all hold; any one group
is enough. Whoever writes a clause is told at once what is wrong with it; judging one can reach nothing but the
facts passed in.

How an empty field is read: forms leave fields blank, and a rule on a missing amount must neither raise nor let
the agreement slip past its readers by accident. So None counts as 0 beside a number and as "" beside text or a
date (an empty date is earlier than every date). "is set" is the same as "is not blank", and a number of 0 is
not set. A field the document does not have at all is a mistake in the rule, not a blank, and raises
ConditionError.
"""

import json
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import reduce
from typing import Any

from ..sentences import _

TEXT, NUMBER, CHECK, DATE, DATETIME, TABLE = "text", "number", "check", "date", "datetime", "table"

KIND_OF_FIELDTYPE: Mapping[str, str] = {
	**dict.fromkeys(
		("Data", "Select", "Link", "Dynamic Link", "Small Text", "Text", "Long Text", "Autocomplete"), TEXT
	),
	**dict.fromkeys(("Int", "Float", "Currency", "Percent"), NUMBER),
	"Check": CHECK,
	"Date": DATE,
	"Datetime": DATETIME,
	**dict.fromkeys(("Table", "Table MultiSelect"), TABLE),
}
"""The kinds of field a clause can ask about, by Frappe's fieldtype; other fieldtypes have none."""

Facts = Mapping[str, Any]
Translate = Callable[[str], str]
Row = tuple[int, str, str, str | None]
"""A clause as it is written: group, field, operator, value. Several values are parted by commas."""


class ConditionError(ValueError):
	"""A condition that cannot be read, or cannot be judged on this document; the message is a sentence."""


@dataclass(frozen=True)
class Clause:
	"""One thing that is asked about a field, or about "table.column".

	`value` is a number, a text (dates as ISO text), a tuple of these, or None where the operator needs none.
	"""

	field: str
	operator: str
	value: Any = None

	def holds(self, facts: Facts) -> bool:
		table, _dot, column = self.field.rpartition(".")
		name = table or column
		if name not in facts:
			raise ConditionError(f'The condition reads "{name}", a field this document does not have.')
		found = facts[name]
		return _JUDGES[self.operator](_column(found, table, column) if table else found, self.value)

	def in_words(self, labels: Mapping[str, str], translate: Translate = str) -> str:
		table, _dot, column = self.field.rpartition(".")
		label = labels.get(self.field) or (f"{labels.get(table, table)}: {column}" if table else column)
		values = self.value if isinstance(self.value, tuple) else (self.value,)
		return translate(PHRASES[self.operator]).format(label, ", ".join(map(_said, values)))


@dataclass(frozen=True)
class Condition:
	"""Groups of clauses, ready to be judged on any number of documents.

	An empty group always holds, no group at all never does. `unreadable` says why a condition cannot be read,
	in a sentence; it is then never judged.
	"""

	groups: tuple[tuple[Clause, ...], ...] = ()
	unreadable: str = ""

	@property
	def clauses(self) -> tuple[Clause, ...]:
		return tuple(clause for group in self.groups for clause in group)

	@property
	def reads(self) -> frozenset[str]:
		"""The fields it asks about; the column of a table is "table.column"."""
		return frozenset(clause.field for clause in self.clauses)

	def holds(self, facts: Facts) -> bool:
		"""Whether it is true of a document given as a mapping of field names to values.

		Child tables are sequences of mappings. Raises ConditionError when it cannot be read, a field it asks
		about is absent from the facts, or values of different kinds would have to be put in order.
		"""
		if self.unreadable:
			raise ConditionError(self.unreadable)
		return any(all(clause.holds(facts) for clause in group) for group in self.groups)

	def in_words(self, labels: Mapping[str, str], translate: Translate = str) -> str:
		"""The condition as people read it: fields by their labels, operators in words.

		`labels` maps a field, and "table.column", to its label; what is missing is called by its own name.
		`translate` is given each of PHRASES before values are filled in.
		"""
		if self.unreadable:
			return self.unreadable
		groups = []
		for group in self.groups:
			words = reduce(translate(AND).format, (clause.in_words(labels, translate) for clause in group))
			groups.append(f"({words})" if len(group) > 1 < len(self.groups) else words)
		return reduce(translate(OR).format, groups)


def condition_of(rows: Iterable[Row], kinds: Mapping[str, str]) -> Condition:
	"""The condition that rows of clauses stand for.

	`kinds` maps a field to its kind (the values of KIND_OF_FIELDTYPE), the column of a child table under
	"table.column". Raises ConditionError naming the row (counted from 1) when the field is unknown, the operator
	does not fit it or the value cannot be read.
	"""
	groups: dict[int, list[Clause]] = {}
	for number, (group, field, operator, value) in enumerate(rows, start=1):
		try:
			clause = _clause(field, operator, (value or "").strip(), kinds)
		except ConditionError as error:
			raise ConditionError(f"Row {number}: {error}") from None
		groups.setdefault(group, []).append(clause)
	if not groups:
		raise ConditionError("A condition needs at least one row.")
	return Condition(tuple(tuple(clauses) for _group, clauses in sorted(groups.items())))


def operators_for(kind: str, in_table: bool) -> tuple[str, ...]:
	"""The operators that fit a kind of field, or a column of a table, in the order of OPERATORS."""
	fitting = _COLUMNS if in_table else _OF_KIND[kind]
	return tuple(operator for operator in OPERATORS if operator in fitting)


def _clause(field: str, operator: str, value: str, kinds: Mapping[str, str]) -> Clause:
	if operator not in OPERATORS:
		raise ConditionError(f'"{operator}" is not an operator; choose one from the list.')
	if field not in kinds:
		raise ConditionError(f'there is no field "{field}" that a condition can ask about.')
	kind, fitting = kinds[field], operators_for(kinds[field], in_table="." in field)
	if operator not in fitting:
		raise ConditionError(f'"{operator}" does not fit {field}; use one of: {", ".join(fitting)}.')
	if operator in WITHOUT_VALUE:
		if value:
			raise ConditionError(f'"{operator}" takes no value; leave the value empty.')
		return Clause(field, operator)
	if not value:
		raise ConditionError(f'"{operator}" needs a value.')
	if operator not in _LISTS:
		return Clause(field, operator, _constant(value, kind))
	members = tuple(_constant(part.strip(), kind) for part in value.split(",") if part.strip())
	if not members:
		raise ConditionError(f'"{operator}" needs at least one value before a comma.')
	return Clause(field, operator, members)


def _constant(value: str, kind: str) -> str | int | float:
	"""A value as it is compared with fields of a kind."""
	if kind == NUMBER:
		return _number(value)
	if kind == CHECK:
		if value not in ("0", "1"):
			raise ConditionError(f'"{value}" is not 1 (checked) or 0 (not checked).')
		return int(value)
	try:
		if kind == DATE:
			return date.fromisoformat(value).isoformat()
		return datetime.fromisoformat(value).isoformat(sep=" ") if kind == DATETIME else value
	except ValueError:
		wanted = "a date such as 2026-05-31" if kind == DATE else "a time such as 2026-05-31 09:30:00"
		raise ConditionError(f'"{value}" is not {wanted}.') from None


def _number(value: str) -> int | float:
	try:
		number = float(value)
	except ValueError:
		number = math.nan
	if not math.isfinite(number) or "_" in value:
		raise ConditionError(f'"{value}" is not a number; write it like 100000 or 0.5.')
	return int(number) if number.is_integer() and abs(number) < 2**53 else number


def _said(value: Any) -> str:
	return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else str(value)


def _column(rows: Any, table: str, column: str) -> list[Any]:
	try:
		return [row[column] for row in rows or ()]
	except (KeyError, TypeError):
		raise ConditionError(
			f'The condition reads "{column}", a field the rows of "{table}" do not have.'
		) from None


def _is_number(value: Any) -> bool:
	return isinstance(value, int | float | Decimal)


def _as_text(value: Any) -> Any:
	"""Dates as ISO text, which is how a clause writes them."""
	if isinstance(value, datetime):
		return value.isoformat(sep=" ")
	return value.isoformat() if isinstance(value, date) else value


def _paired(found: Any, value: Any) -> tuple[Any, Any]:
	"""A value of the document and one of a clause as they are compared: blanks filled in, numbers of one kind."""
	if found is None:
		found = 0 if _is_number(value) else ""
	if isinstance(found, Decimal) and isinstance(value, float):
		# Decimal and float do not mix in Python; the float's own text is what the person saw.
		value = Decimal(str(value))
	return _as_text(found), value


def _equal(found: Any, value: Any) -> bool:
	found, value = _paired(found, value)
	return bool(found == value)


def _among(found: Any, values: Iterable[Any]) -> bool:
	return any(_equal(found, value) for value in values)


def _ordered(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
	def judge(found: Any, value: Any) -> bool:
		first, second = _paired(found, value)
		if (_is_number(first) and _is_number(second)) or (isinstance(first, str) and isinstance(second, str)):
			return compare(first, second)
		raise ConditionError(
			f'The condition compares "{found}" with "{value}"; '
			"only two numbers, two texts or two dates can be put in order."
		)

	return judge


def _contains(found: Any, value: str) -> bool:
	if found is None or isinstance(found, str):
		return value in (found or "")
	raise ConditionError(f'The condition looks for "{value}" inside "{found}", which is not text.')


def _is_set(found: Any, _value: None) -> bool:
	return not _among(found, ("", 0))


_JUDGES: dict[str, Callable[[Any, Any], bool]] = {
	"is": _equal,
	"is not": lambda found, value: not _equal(found, value),
	"is more than": _ordered(lambda found, value: found > value),
	"is at least": _ordered(lambda found, value: found >= value),
	"is less than": _ordered(lambda found, value: found < value),
	"is at most": _ordered(lambda found, value: found <= value),
	"is one of": _among,
	"is none of": lambda found, values: not _among(found, values),
	"contains": _contains,
	"does not contain": lambda found, value: not _contains(found, value),
	"is set": _is_set,
	"is not set": lambda found, value: not _is_set(found, value),
	"is checked": lambda found, value: bool(found),
	"is not checked": lambda found, value: not found,
	"has rows": lambda found, value: bool(found),
	"has no rows": lambda found, value: not found,
	"has a row where": lambda cells, value: any(_equal(cell, value) for cell in cells),
	"has no row where": lambda cells, value: not any(_equal(cell, value) for cell in cells),
}
OPERATORS: tuple[str, ...] = tuple(_JUDGES)

_LISTS = ("is one of", "is none of")
_PARTS = ("contains", "does not contain")
_BLANKS = ("is set", "is not set")
_CHECKS = ("is checked", "is not checked")
_ROWS = ("has rows", "has no rows")
_COLUMNS = ("has a row where", "has no row where")
_SAME = ("is", "is not")
_ORDER = ("is more than", "is at least", "is less than", "is at most")
WITHOUT_VALUE = frozenset((*_BLANKS, *_CHECKS, *_ROWS))
"""Operators that say everything by themselves; their value is left empty."""

_PAIRS = (_SAME, _ORDER[::3], _ORDER[1:3], _LISTS, _PARTS, _BLANKS, _CHECKS, _ROWS, _COLUMNS)
OPPOSITES: Mapping[str, str] = {one: other for pair in _PAIRS for one, other in (pair, pair[::-1])}
"""By operator, the one that holds of exactly the values it does not hold of."""

_OF_KIND: Mapping[str, tuple[str, ...]] = {
	TEXT: (*_SAME, *_LISTS, *_PARTS, *_BLANKS),
	NUMBER: (*_SAME, *_ORDER, *_LISTS, *_BLANKS),
	CHECK: _CHECKS,
	DATE: (*_SAME, *_ORDER, *_LISTS, *_BLANKS),
	DATETIME: (*_ORDER, *_BLANKS),
	TABLE: _ROWS,
}

AND, OR = _("{0} and {1}"), _("{0} or {1}")
PHRASES: Mapping[str, str] = {
	"is": _("{0} is {1}"),
	"is not": _("{0} is not {1}"),
	"is more than": _("{0} is more than {1}"),
	"is at least": _("{0} is at least {1}"),
	"is less than": _("{0} is less than {1}"),
	"is at most": _("{0} is at most {1}"),
	"is one of": _("{0} is one of {1}"),
	"is none of": _("{0} is none of {1}"),
	"contains": _("{0} contains {1}"),
	"does not contain": _("{0} does not contain {1}"),
	"is set": _("{0} is set"),
	"is not set": _("{0} is not set"),
	"is checked": _("{0} is checked"),
	"is not checked": _("{0} is not checked"),
	"has rows": _("{0} has rows"),
	"has no rows": _("{0} has no rows"),
	"has a row where": _("a row of {0} is {1}"),
	"has no row where": _("no row of {0} is {1}"),
}
"""By operator, the phrase `in_words` hands to `translate`; AND and OR are handed to it as well."""
