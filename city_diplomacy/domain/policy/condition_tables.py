"""Conditions written as a table instead of an expression.

Each row is a clause: a field, an operator in plain words, a value. Rows of one group must all hold; any one
group is enough. The table is turned into an expression of `domain.policy.conditions` when a policy is saved, so a
rule is judged in one way however it was written.

Blank fields read as they do there: 0 beside a number, "" beside text or a date. "is set" is therefore the
same as "is not blank", and a number of 0 is not set.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from city_diplomacy.domain.policy.conditions import ConditionError, compile_condition

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

_SYMBOLS = {
	"is": "==",
	"is not": "!=",
	"is more than": ">",
	"is at least": ">=",
	"is less than": "<",
	"is at most": "<=",
}
_LISTS = {"is one of": "in", "is none of": "not in"}
_PARTS = {"contains": "in", "does not contain": "not in"}
_BLANKS = {"is set": "!=", "is not set": "=="}
_CHECKS = {"is checked": "", "is not checked": "not "}
_ROWS = {"has rows": "> 0", "has no rows": "== 0"}
ROW_WHERE = "has a row where"

OPERATORS: tuple[str, ...] = (*_SYMBOLS, *_LISTS, *_PARTS, *_BLANKS, *_CHECKS, *_ROWS, ROW_WHERE)
WITHOUT_VALUE = frozenset((*_BLANKS, *_CHECKS, *_ROWS))
"""Operators that say everything by themselves; their value is left empty."""

_OPERATORS_OF_KIND: Mapping[str, frozenset[str]] = {
	TEXT: frozenset(("is", "is not", *_LISTS, *_PARTS, *_BLANKS)),
	NUMBER: frozenset((*_SYMBOLS, *_LISTS, *_BLANKS)),
	CHECK: frozenset(_CHECKS),
	DATE: frozenset((*_SYMBOLS, *_LISTS, *_BLANKS)),
	DATETIME: frozenset(("is more than", "is at least", "is less than", "is at most", *_BLANKS)),
	TABLE: frozenset(_ROWS),
}


class ConditionTableError(ConditionError):
	"""A row of a condition table that makes no sense; the message names the row and says what to mend."""


@dataclass(frozen=True)
class Clause:
	"""One row: rows with the same `group` must all hold. `value` is as typed; lists are parted by commas."""

	group: int
	field: str
	operator: str
	value: str = ""


def operators_for(kind: str, in_table: bool = False) -> tuple[str, ...]:
	"""The operators that fit a kind of field, in the order of OPERATORS; a table's column has only one."""
	if in_table:
		return (ROW_WHERE,)
	return tuple(operator for operator in OPERATORS if operator in _OPERATORS_OF_KIND[kind])


def expression_of(clauses: Sequence[Clause], kinds: Mapping[str, str]) -> str:
	"""The expression a table of clauses stands for; an empty table gives an empty one, which always holds.

	`kinds` maps a field to its kind (the values of KIND_OF_FIELDTYPE), the column of a child table under
	"table.field". Raises ConditionTableError naming the row (counted from 1) when the field is unknown, the
	operator does not fit it or the value cannot be read, and when the whole is too long to be judged.
	"""
	groups: dict[int, list[str]] = {}
	for number, clause in enumerate(clauses, start=1):
		groups.setdefault(clause.group, []).append(_written(clause, kinds, f"Row {number}"))
	several = len(groups) > 1
	parts = []
	for _group, terms in sorted(groups.items()):
		joined = " and ".join(terms)
		parts.append(f"({joined})" if several and len(terms) > 1 else joined)
	expression = " or ".join(parts)
	try:
		return compile_condition(expression).expression
	except ConditionError as error:
		raise ConditionTableError(f"The rows together cannot be read as one condition. {error}") from error


def _written(clause: Clause, kinds: Mapping[str, str], row: str) -> str:
	field, operator = clause.field, clause.operator
	if operator not in OPERATORS:
		raise ConditionTableError(f'{row}: "{operator}" is not an operator; choose one from the list.')
	if field not in kinds:
		raise ConditionTableError(f'{row}: there is no field "{field}" that a condition can ask about.')
	kind, value = kinds[field], (clause.value or "").strip()
	table, _dot, column = field.rpartition(".")
	fitting = operators_for(kind, in_table=bool(table))
	if operator not in fitting:
		raise ConditionTableError(
			f'{row}: "{operator}" does not fit {field}; use one of: {", ".join(fitting)}.'
		)
	if operator in WITHOUT_VALUE:
		if value:
			raise ConditionTableError(f'{row}: "{operator}" takes no value; leave the value empty.')
		return _without_value(field, operator, kind)
	if not value:
		raise ConditionTableError(f'{row}: "{operator}" needs a value.')
	if operator == ROW_WHERE:
		return f"{_literal(value, kind, row)} in column(doc.{table}, {json.dumps(column)})"
	if operator in _PARTS:
		return f"{_literal(value, kind, row)} {_PARTS[operator]} doc.{field}"
	if operator in _LISTS:
		members = [_literal(part.strip(), kind, row) for part in value.split(",") if part.strip()]
		if not members:
			raise ConditionTableError(f'{row}: "{operator}" needs at least one value before a comma.')
		return f"doc.{field} {_LISTS[operator]} [{', '.join(members)}]"
	return f"doc.{field} {_SYMBOLS[operator]} {_literal(value, kind, row)}"


def _without_value(field: str, operator: str, kind: str) -> str:
	if operator in _CHECKS:
		return f"{_CHECKS[operator]}doc.{field}"
	if operator in _ROWS:
		return f"len(doc.{field}) {_ROWS[operator]}"
	return f"doc.{field} {_BLANKS[operator]} {'0' if kind == NUMBER else json.dumps('')}"


def _literal(value: str, kind: str, row: str) -> str:
	"""A value as the condition language writes it, checked against its kind."""
	if kind == NUMBER:
		return _number(value, row)
	if kind == CHECK:
		if value not in ("0", "1"):
			raise ConditionTableError(f'{row}: "{value}" is not 1 (checked) or 0 (not checked).')
		return value
	if kind == DATE:
		return json.dumps(_moment(value, date, "a date such as 2026-05-31", row))
	if kind == DATETIME:
		return json.dumps(_moment(value, datetime, "a time such as 2026-05-31 09:30:00", row))
	return json.dumps(value, ensure_ascii=False)


def _number(value: str, row: str) -> str:
	try:
		number = float(value)
	except ValueError:
		number = math.nan
	if not math.isfinite(number) or "_" in value:
		raise ConditionTableError(f'{row}: "{value}" is not a number; write it like 100000 or 0.5.')
	return str(int(number)) if number.is_integer() and abs(number) < 2**53 else repr(number)


def _moment(value: str, kind: type[date], wanted: str, row: str) -> str:
	try:
		moment = kind.fromisoformat(value)
	except ValueError:
		raise ConditionTableError(f'{row}: "{value}" is not {wanted}.') from None
	return moment.isoformat(sep=" ") if isinstance(moment, datetime) else moment.isoformat()
