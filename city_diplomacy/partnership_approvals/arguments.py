"""What a request may send to a whitelisted method: the types its arguments are annotated with.

Frappe checks and casts arguments by their annotations before a method runs. These types refuse what the methods or
the database behind them could not take, each in one sentence; `checked` refuses a request that leaves an argument
out. Nothing here tells whether a record exists.
"""

import functools
import inspect
import json
from collections.abc import Callable
from typing import Annotated, Any, TypeVar

import frappe
from frappe import _
from frappe.utils import getdate
from pydantic import BeforeValidator, TypeAdapter

from city_diplomacy.domain.words import neutral
from city_diplomacy.partnership_approvals import words
from city_diplomacy.partnership_approvals.exceptions import ArgumentError
from city_diplomacy.partnership_approvals.routing.routed_doctypes import declared_routings
from city_diplomacy.registers.record_dates import FIRST_YEAR, LAST_YEAR

Method = TypeVar("Method", bound=Callable[..., Any])

LONGEST_LINE = 140  # characters, as Frappe's names and Data fields
LONGEST_ADDRESS = 1_000
LONGEST_CONTENT = 1_000_000
LONGEST_PAGE = 500  # rows
LAST_START = 10_000_000
MOST_ROWS = 1_000


def checked(method: Method) -> Method:
	"""Finish Frappe's check of the arguments a request gives: it looks at those given by name alone.

	Raises ArgumentError when one the method needs is left out, instead of failing in the call.
	"""
	signature = inspect.signature(method)
	parameters = signature.parameters.values()
	needed = [each.name for each in parameters if each.default is inspect.Parameter.empty]

	@functools.wraps(method)
	def called(*args: Any, **kwargs: Any) -> Any:
		given = {
			name: _adapter(signature.parameters[name].annotation).validate_python(value)
			for name, value in signature.bind_partial(*args).arguments.items()
		}
		given.update(kwargs)
		missing = [name for name in needed if given.get(name) is None]
		if missing:
			frappe.throw(_("The request leaves out: {0}.").format(", ".join(missing)), ArgumentError)
		return method(**given)

	return called


@functools.cache
def _adapter(annotation: Any) -> TypeAdapter:
	return TypeAdapter(annotation)


def _refuse(sentence: str) -> None:
	frappe.throw(sentence, ArgumentError)


def _optional(check: Callable[[Any], Any]) -> BeforeValidator:
	"""None is left to the annotation and to `checked`."""
	return BeforeValidator(lambda value: None if value is None else check(value))


def _name(value: Any) -> str:
	if isinstance(value, int) and not isinstance(value, bool):
		value = str(value)
	unfit = not isinstance(value, str) or not 0 < len(value) <= LONGEST_LINE
	if unfit or neutral(value) != value:
		_refuse(
			_("The name of a record is expected: up to {0} characters of plain text.").format(LONGEST_LINE)
		)
	return value


def _names(value: Any) -> list[str]:
	try:
		names = _read(value)
	except (ValueError, RecursionError):
		names = None
	if not isinstance(names, list) or not names or len(names) > LONGEST_PAGE:
		_refuse(_("A list of up to {0} names of records is expected.").format(LONGEST_PAGE))
	return list(dict.fromkeys(_name(name) for name in names))


def _routed(value: Any) -> str:
	if not isinstance(value, str) or value not in declared_routings():
		_refuse(_("Name a kind of document that can be routed."))
	return value


def _register(value: Any) -> str:
	modules = frappe.get_module_list("city_diplomacy")
	known = isinstance(value, str) and neutral(value) == value and len(value) <= LONGEST_LINE
	if not known or frappe.db.get_value("DocType", value, "module") not in modules:
		_refuse(_("Name a kind of record of this app."))
	return value


def _line(value: Any) -> str:
	if not isinstance(value, str) or len(value) > LONGEST_LINE:
		_refuse(_("A text of up to {0} characters is expected.").format(LONGEST_LINE))
	return neutral(value)


def _day(value: Any) -> str:
	if value == "":
		return value
	try:
		day = getdate(value) if isinstance(value, str) else None
	except (ValueError, OverflowError, frappe.ValidationError):
		frappe.clear_last_message()
		day = None
	if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
		_refuse(_("A day is expected, written as in 2026-05-31."))
	return day.isoformat()


def _address(value: Any) -> str:
	if not isinstance(value, str) or len(value) > LONGEST_ADDRESS or neutral(value) != value:
		_refuse(_("The address of an uploaded file is expected."))
	return value


def _content(value: Any) -> str:
	if not isinstance(value, str) or len(value) > LONGEST_CONTENT:
		_refuse(_("A text of up to {0} characters is expected.").format(LONGEST_CONTENT))
	return value


def _whole(value: Any, least: int, most: int) -> int:
	is_number = (isinstance(value, int | bool)) or (
		isinstance(value, str) and value.strip().lstrip("-").isdecimal()
	)
	number = int(value) if is_number and len(str(value)) < 20 else None
	if number is None or number < least:
		_refuse(_("A whole number from {0} is expected.").format(least))
	if number > most:
		_refuse(_("A whole number up to {0} is expected.").format(most))
	return number


def _page_length(value: Any) -> int:
	return min(_whole(value, 0, LAST_START), LONGEST_PAGE) or LONGEST_PAGE


def _count(value: Any) -> int:
	return 0 if value == "" else _whole(value, 0, 100_000)


def _read(value: Any) -> Any:
	"""Values as a client sends them, JSON or read already. Raises ValueError for what is not JSON."""
	return json.loads(value) if isinstance(value, str) else value


def _filters(value: Any) -> Any:
	if value == "":
		return None
	try:
		filters = _read(value)
	except (ValueError, RecursionError):
		filters = 0
	if filters is not None and not isinstance(filters, dict | list):
		_refuse(_("Filters are expected as a list of conditions, or as fields with their values."))
	return filters


def _values(value: Any) -> dict[str, Any]:
	try:
		values = _read(value)
	except (ValueError, RecursionError):
		values = None
	if not isinstance(values, dict):
		_refuse(_("Fields with their values are expected."))
	return values


def _rows(value: Any) -> list[dict[str, Any]]:
	try:
		rows = _read(value) if value != "" else []
	except (ValueError, RecursionError):
		rows = None
	if not isinstance(rows, list) or len(rows) > MOST_ROWS or not all(isinstance(row, dict) for row in rows):
		_refuse(_("Rows are expected, each as fields with their values."))
	return rows


# The name of a record, or of anything that is told apart by a name.
Name = Annotated[str | None, _optional(_name)]
# The names of several records, each once.
Names = Annotated[list | None, _optional(_names)]
# A DocType that is declared as routed, whether it is switched on or not.
RoutedDoctypeName = Annotated[str | None, _optional(_routed)]
# A DocType of this app.
RegisterName = Annotated[str | None, _optional(_register)]
# A choice or another short text.
Line = Annotated[str | None, _optional(_line)]
# What somebody writes; kept as `words.take` answers it.
Words = Annotated[str | None, _optional(words.take)]
# An ISO date, also empty.
Day = Annotated[str | None, _optional(_day)]
# The address of an uploaded file.
FileAddress = Annotated[str | None, _optional(_address)]
# The content of a file.
Content = Annotated[str | None, _optional(_content)]
Flag = Annotated[int | None, _optional(lambda value: _whole(value, 0, 1))]
Count = Annotated[int | None, _optional(_count)]
# Where a page of a list begins, and how many rows it has.
Start = Annotated[int | None, _optional(lambda value: _whole(value or 0, 0, LAST_START))]
PageLength = Annotated[int | None, _optional(_page_length)]
Filters = Annotated[dict | list | None, _optional(_filters)]
Values = Annotated[dict | None, _optional(_values)]
Rows = Annotated[list | None, _optional(_rows)]
