"""What was cleared is what is signed: one hash over the fields and files a seat was asked about.

The hash is taken over stored values, and must be the same each time the same stored value is read,
whichever way it was read. So:

- None, "" and an empty table are the same blank, and a blank field is the same as one that is not there;
  a column added to the database later therefore reopens nothing.
- Numbers (int, float, Decimal, and True/False as 1/0) are compared by value to nine decimal places, which
  is what Frappe's Float and Currency columns keep: 5, 5.0 and Decimal("5.00") are the same.
- Text is text: "5.00" in a clause is neither 5 nor "5.0". Unicode is normalised to NFC and line ends to
  one newline; nothing else is forgiven.
- Dates and times are their ISO text, so a date and the text "2026-04-01" are the same.
- Rows of a child table count in the order of their `idx`; what the framework keeps about a row (name,
  parent, timestamps and the like) does not count.
"""

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Context, Decimal
from enum import Enum
from typing import Any

from .ledger import canonical

BOOKKEEPING_OF_ROWS = frozenset(
	{
		"name",
		"owner",
		"creation",
		"modified",
		"modified_by",
		"docstatus",
		"idx",
		"parent",
		"parentfield",
		"parenttype",
		"doctype",
	}
)
"""Columns of a child row that the framework keeps for itself; they change without the content changing."""

STORED_PLACES = Decimal("1E-9")
LARGEST_EXPONENT = 350
_EXACT = Context(prec=400)
_HALF_A_CHARACTER = re.compile(r"[\ud800-\udfff]")


class ContentError(ValueError):
	"""A value that cannot be hashed; the message names the field."""


def content_hash(fields: Mapping[str, Any], files: Sequence[tuple[str, str]] = ()) -> str:
	"""SHA-256 in hex over field values and files, each file as (language, SHA-256 of its bytes).

	The order of fields and files does not matter. Raises ContentError for a value of an unknown kind.
	"""
	documents = sorted([_text(language or ""), _text(digest or "").lower()] for language, digest in files)
	written = canonical({"fields": _record(fields, ""), "files": documents})
	return hashlib.sha256(written.encode()).hexdigest()


def changed_fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
	"""The names, sorted, of the fields whose content differs by the rules of this module."""
	old, new = _record(before, ""), _record(after, "")
	return tuple(sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name)))


def _record(fields: Mapping[str, Any], place: str) -> dict[str, Any]:
	"""The filled-in fields of a document or row, each in its one written form."""
	record: dict[str, Any] = {}
	for name, value in fields.items():
		written = _written(value, f"{place}{name}")
		if written not in (None, []):
			record[_text(name)] = written
	return record


def _written(value: Any, place: str) -> Any:
	if isinstance(value, Enum):
		value = value.value
	if value is None or value == "":
		return None
	if isinstance(value, str):
		if _HALF_A_CHARACTER.search(value):
			raise ContentError(f'The field "{place}" holds a character that no encoding stores.')
		return f"text:{_text(value)}"
	if isinstance(value, int | float | Decimal):
		return f"number:{_number(value, place)}"
	moment = _moment(value)
	if moment is not None:
		return f"text:{moment}"
	if isinstance(value, list | tuple):
		return _table(value, place)
	raise ContentError(f'The field "{place}" holds a {type(value).__name__}, which has no written form.')


def _moment(value: Any) -> str | None:
	if isinstance(value, datetime):
		return value.isoformat(sep=" ")
	if isinstance(value, date | time):
		return value.isoformat()
	if isinstance(value, timedelta):
		return str(value)
	return None


def _table(rows: Sequence[Any], place: str) -> list[Any]:
	if rows and all(isinstance(row, Mapping) and isinstance(row.get("idx"), int) for row in rows):
		rows = sorted(rows, key=lambda row: row["idx"])
	written = []
	for row in rows:
		if isinstance(row, Mapping):
			kept = {
				name: value
				for name, value in row.items()
				if name not in BOOKKEEPING_OF_ROWS and not name.startswith("_")
			}
			written.append(_record(kept, f"{place}."))
		else:
			written.append(_written(row, place))
	return written


def _number(value: int | float | Decimal, place: str) -> str:
	# A float's shortest text, not its binary value: 0.1 is what was typed and what is stored.
	exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
	if not exact.is_finite() or exact.adjusted() > LARGEST_EXPONENT:
		raise ContentError(f'The field "{place}" does not hold a number that can be stored.')
	rounded = exact.quantize(STORED_PLACES, context=_EXACT)
	return format(rounded.normalize(_EXACT), "f") if rounded else "0"


def _text(value: str) -> str:
	plain = value.replace("\r\n", "\n").replace("\r", "\n")
	return unicodedata.normalize("NFC", plain)
