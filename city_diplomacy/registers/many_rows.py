"""Many rows written beneath the document layer in one statement, such as those of an index, and many values in lots.

Frappe's `bulk_insert` makes an object of every value, and for rows of many short values that takes longer than the
database does. On MariaDB a row is handed to it as one term, and what could be anything in it is a parameter all the same.
"""

import re
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, TypeVar

import frappe
from pypika.terms import Term

LOT = 500
# The database answers a longer list of values by reading the whole table.
LONGEST_LIST = 1000
# Text in which nothing means anything to the database, its driver or Frappe: no quotation mark, backslash, bracket,
# percent sign or letter beyond ASCII.
_PLAIN_TEXT = re.compile(r"[A-Za-z0-9 _.,:;@/+|-]*")
Value = TypeVar("Value")


def in_lots(values: Sequence[Value], size: int = LONGEST_LIST) -> Iterator[Sequence[Value]]:
	"""The values in lists of at most `size`, in their order."""
	for begin in range(0, len(values), size):
		yield values[begin : begin + size]


def names(count: int) -> list[str]:
	"""Names for new rows that sort behind those given before, so that each row is written beside the one before it.

	Rows of an index that nobody calls by name; no two of them are equal, whoever makes them.
	"""
	begin = f"{time.time_ns():016x}{frappe.generate_hash(length=6)}"
	return [f"{begin}{number:06x}" for number in range(count)]


class _Row(Term):
	"""The values of a row."""

	def __init__(self, values: Sequence[Any], known: dict[str, str]):
		super().__init__()
		self.values, self.known = values, known

	def get_sql(self, param_wrapper: Any, **_options: Any) -> str:
		"""Nothing, numbers and plain text as they are, which most values of a row are; any other as a parameter."""
		known, written = self.known, []
		for value in self.values:
			kind = type(value)
			if value is None:
				written.append("NULL")
			elif kind is str and value in known:
				written.append(known[value])
			elif kind is str and _PLAIN_TEXT.fullmatch(value):
				written.append(known.setdefault(value, f"'{value}'"))
			elif kind is int:
				written.append(str(value))
			elif isinstance(value, datetime):
				written.append(f"'{value}'")
			else:
				written.append(param_wrapper.get_sql(param_value=value))
		return ",".join(written)


def insert(doctype: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
	"""Write rows; each has a value for each column, fit to be stored."""
	as_terms = frappe.conf.get("db_type") == "mariadb"
	for lot in in_lots(list(rows), LOT):
		# Most texts stand in many rows of a lot: the kind of a record, who wrote it, its name.
		known: dict[str, str] = {}
		frappe.db.bulk_insert(
			doctype, list(columns), [(_Row(row, known),) for row in lot] if as_terms else lot
		)
