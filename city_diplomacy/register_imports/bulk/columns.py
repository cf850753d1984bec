"""What the columns of a DocType take, worked out once: for rows of which every value is as its column holds it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import frappe
from frappe.utils import cint

LONGEST_DATA = 140
LONGEST_NUMBER = 9
"""Digits that fit into any column of numbers."""
LONGEST_WRITTEN = 24
"""Characters of any number as text."""
LONGEST_OF_NO_FIELD = LONGEST_DATA * LONGEST_DATA
"""Frappe asks nothing about the length of what is no field of the DocType."""


@dataclass(frozen=True)
class Columns:
	"""The columns of a DocType.

	Attributes:
		empty: what is stored where a row says nothing
		takes: by column the type of a value that is stored as it is
		longest: by field the most characters of a text that is short enough wherever it is looked at
		unique: the fields of which nothing is stored where they are empty
		narrow: the fields for which no number is known to be short enough
		dynamic: the fields that link to a record of whatever DocType another field names
		links: the fields that link to a record, with its DocType
	"""

	empty: dict[str, Any]
	takes: dict[str, type]
	longest: dict[str, int]
	unique: frozenset[str]
	narrow: frozenset[str]
	dynamic: tuple[str, ...]
	links: tuple[tuple[str, str], ...]


_WITH_DECIMALS = ("Float", "Currency", "Percent")
# What an empty column of numbers holds.
_EMPTY = {int: 0, bool: 0, float: 0.0}
# Columns of every table that are no fields.
_COUNTED = ("docstatus", "idx")
_known: dict[str, tuple[Any, Columns]] = {}


def columns_of(meta: Any) -> Columns:
	"""The columns of a DocType, as long as it is the same."""
	meta_then, found = _known.get(meta.name, (None, None))
	if meta_then is not meta or found is None:
		found = _read(meta)
		_known[meta.name] = (meta, found)
	return found


def _read(meta: Any) -> Columns:
	fields = {df.fieldname: df for df in meta.fields}
	takes = {column: _type_of(fields.get(column)) for column in meta.get_valid_columns()}
	return Columns(
		empty={column: _EMPTY.get(kind) for column, kind in takes.items()},
		takes=takes,
		longest={name: _longest_text(df) for name, df in fields.items()},
		unique=frozenset(name for name, df in fields.items() if df.get("unique")),
		narrow=frozenset(name for name, df in fields.items() if 0 < cint(df.get("length")) < LONGEST_WRITTEN),
		dynamic=tuple(name for name, df in fields.items() if df.fieldtype == "Dynamic Link"),
		links=tuple(
			(name, df.options) for name, df in fields.items() if df.fieldtype == "Link" and df.options
		),
	)


def _type_of(df: Any) -> type:
	"""The type of a value that `BaseDocument.get_valid_dict` leaves as it is; `object` where it has to be asked."""
	if df is None:
		return str
	if df.get("is_virtual") or df.fieldtype == "JSON":
		return object
	if df.fieldtype in ("Date", "Datetime"):
		return date
	if df.fieldtype == "Check":
		return bool
	if df.fieldtype == "Int":
		return int
	return float if df.fieldtype in _WITH_DECIMALS else str


def _longest_text(df: Any) -> int:
	longest = cint(df.get("length")) or LONGEST_DATA
	return min(longest, LONGEST_NUMBER) if df.fieldtype in ("Int", "Long Int") else longest


def filled(row: Any) -> dict[str, Any]:
	"""What a row stores beside what an empty one does: as `BaseDocument.get_valid_dict` says it."""
	columns, found = columns_of(row.meta), {}
	for column, value in row.__dict__.items():
		kind = columns.takes.get(column)
		if kind is None or value is None:
			continue
		own = type(value)
		if kind is date and isinstance(value, date):
			found[column] = str(value)
		elif own is kind:
			if column not in columns.unique or str(value).strip():
				found[column] = value
		elif kind is bool and own is int and value in (0, 1):
			found[column] = value
		elif kind is float and own is int:
			found[column] = float(value)
		elif column in _COUNTED and isinstance(value, int):
			found[column] = int(value)
		else:
			return _asked(row)
	return found


def _asked(row: Any) -> dict[str, Any]:
	values = row.get_valid_dict(convert_dates_to_str=True, ignore_virtual=True)
	return {column: value for column, value in values.items() if value is not None}


def row_of(doctype: str, values: dict[str, Any]) -> dict[str, Any]:
	"""A value for each column of a DocType."""
	return {**columns_of(frappe.get_meta(doctype)).empty, **values}
