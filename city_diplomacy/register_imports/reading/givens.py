"""From cells to documents: the values a line gives, and what is wrong with its cells."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import Any

import frappe
from frappe import _
from frappe.utils import cstr, flt

from city_diplomacy.domain.cells import unguarded
from city_diplomacy.domain.imports.tables import Cell
from city_diplomacy.register_imports.exceptions import CellError
from city_diplomacy.register_imports.lines import Line
from city_diplomacy.register_imports.reading import cells as cell_values
from city_diplomacy.register_imports.reading.cells import Formats
from city_diplomacy.register_imports.reading.fields import NAME, Target, required, targets
from city_diplomacy.register_imports.reading.links import Links

# Several values in one cell of a table's column.
_BETWEEN = re.compile(r"\s*[;\n]\s*")


@dataclass(frozen=True)
class Column:
	"""A column of the file: its place from 0, its heading, and the field it fills."""

	place: int
	heading: str
	target: Target


@dataclass
class Given:
	"""What a line says: values of the record's own fields, rows of its tables, its name if it gives one.

	`defaults` are by table those of a new row.
	"""

	line: Line
	values: dict[str, Any] = field(default_factory=dict)
	rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
	problems: list[tuple[str, str]] = field(default_factory=list)
	name: str = ""
	document: Any = None
	defaults: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

	def fill(self, doc: Any) -> Any:
		"""A new document with what the line says above the register's defaults."""
		doc.update(self.values)
		for table, rows in self.rows.items():
			self._append(doc, table, rows)
		return doc

	def apply_to(self, doc: Any) -> dict[str, Any]:
		"""Change a stored document to what the line says; answers what stood before in what was changed.

		Rows of tables are added, and none is taken away: a line need not repeat what is there.
		"""
		before: dict[str, Any] = {}
		for fieldname, value in self.values.items():
			if not _is_same(doc.meta.get_field(fieldname), doc.get(fieldname), value):
				before[fieldname] = doc.get(fieldname)
				doc.set(fieldname, value)
		for table, rows in self.rows.items():
			missing = [row for row in rows if not any(_holds(stored, row) for stored in doc.get(table))]
			if missing:
				before[table] = [stored.name for stored in doc.get(table)]
			self._append(doc, table, missing)
		return before

	def _append(self, doc: Any, table: str, rows: Iterable[dict[str, Any]]) -> None:
		for row in rows:
			doc.append(table, {**self.defaults.get(table, {}), **row})


class Blanks:
	"""New documents and rows of tables with their defaults, as `frappe.new_doc` makes them: made once and copied."""

	def __init__(self) -> None:
		self.first: dict[str, Any] = {}

	def new(self, doctype: str) -> Any:
		if doctype not in self.first:
			self.first[doctype] = frappe.new_doc(doctype)
		first = self.first[doctype]
		doc = object.__new__(type(first))
		doc.__dict__.update(
			[
				(key, copy(value) if isinstance(value, list | dict) else value)
				for key, value in first.__dict__.items()
			]
		)
		return doc


def defaults_of(table: str) -> dict[str, Any]:
	"""The defaults of a new row of a table, which Frappe leaves out in an import."""
	blank = frappe.new_doc(table)
	values = {df.fieldname: blank.get(df.fieldname) for df in frappe.get_meta(table).fields}
	return {fieldname: value for fieldname, value in values.items() if value is not None}


class LineReader:
	"""Reads the lines of one import, a batch at a time."""

	def __init__(self, register: str, columns: Sequence[Column]):
		self.register, self.formats = register, Formats.of_site()
		# What kind of record a Dynamic Link leads to is read before it.
		self.columns = sorted(columns, key=lambda one: one.target.df.fieldtype == "Dynamic Link")
		self.required = required(targets(register))
		self.defaults = {
			df.fieldname: defaults_of(df.options) for df in frappe.get_meta(register).get_table_fields()
		}

	def read(self, lines: Iterable[Line]) -> list[Given]:
		lines, links = list(lines), Links()
		links.read_ahead(self._linked(lines))
		return [self._given(line, links) for line in lines]

	def _linked(self, lines: list[Line]) -> dict[str, set[str]]:
		wanted: dict[str, set[str]] = {}
		for column in self.columns:
			if column.target.df.fieldtype == "Link":
				texts = wanted.setdefault(column.target.df.options, set())
				for line in lines:
					for cells in line.cells:
						texts.update(cstr(part) for part in _parts(column, cells))
		return wanted

	def _given(self, line: Line, links: Links) -> Given:
		given = Given(line, defaults=self.defaults)
		for cells in line.cells:
			starts = {table: len(rows) for table, rows in given.rows.items()}
			for column in self.columns:
				self._take(given, column, cells, links, starts)
		if not given.name:
			given.problems += [
				(one.label, _("Fill it in: without it nothing can be added."))
				for one in self.required
				if given.values.get(one.path) is None
				and not any(one.label == name for name, _why in given.problems)
			]
		return given

	def _take(
		self, given: Given, column: Column, cells: list[Cell], links: Links, starts: dict[str, int]
	) -> None:
		target = column.target
		for place, part in enumerate(_parts(column, cells)):
			row = given.values
			if target.table:
				rows = given.rows.setdefault(target.table.fieldname, [])
				place += starts.get(target.table.fieldname, 0)
				while len(rows) <= place:
					rows.append({})
				row = rows[place]
			try:
				value = cell_values.read(target, part, self.formats, links, cstr(row.get(target.df.options)))
			except CellError as error:
				given.problems.append((column.heading or target.label, str(error)))
				continue
			if target.path == NAME:
				given.name = cstr(value)
			else:
				row[target.df.fieldname] = value


def _parts(column: Column, cells: list[Cell]) -> Iterator[Cell]:
	"""The values of a cell: one, or for a table as many as are parted by semicolons; none for an empty cell."""
	cell = cells[column.place] if column.place < len(cells) else ""
	if cell == "":
		return
	if not column.target.table or not isinstance(cell, str):
		yield cell
		return
	yield from (part for part in _BETWEEN.split(unguarded(cell)) if part)


def _is_same(df: Any, stored: Any, value: Any) -> bool:
	if df.fieldtype in ("Int", "Float", "Currency", "Percent", "Check"):
		return flt(stored) == flt(value)
	if df.fieldtype in ("Date", "Datetime"):
		return cstr(stored)[:19] == cstr(value)[:19]
	return cstr(stored) == cstr(value)


def _holds(stored: Any, row: dict[str, Any]) -> bool:
	"""Whether a stored row of a table says all that a line's row says."""
	return all(_is_same(stored.meta.get_field(name), stored.get(name), value) for name, value in row.items())
