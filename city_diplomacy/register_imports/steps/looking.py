"""Reading a file: its lines stored first, then looked at batch after batch."""

from collections.abc import Iterator
from typing import Any

import frappe
from frappe.utils import now_datetime

from city_diplomacy.domain.imports.states import LineOutcome
from city_diplomacy.register_imports import lines
from city_diplomacy.register_imports.lines import Line
from city_diplomacy.register_imports.reading import columns, fields, files
from city_diplomacy.register_imports.reading.givens import Column
from city_diplomacy.register_imports.registers_open import importing_of
from city_diplomacy.register_imports.steps import comparing
from city_diplomacy.register_imports.steps.planning import Planner
from city_diplomacy.register_imports.store import IMPORT

BATCH = 1_000
LOT = 1_000


def step(row: Any) -> bool:
	"""Store the lines, or look at the next batch of them. Answers whether more is left.

	Raises ImportFileError for a file that cannot be read to its end; nothing of it is stored then.
	"""
	doc = frappe.get_doc(IMPORT, row.name)
	filled = columns.columns_of(doc)
	if not lines.read(row.name, limit=1):
		frappe.db.set_value(IMPORT, row.name, "looked_on", now_datetime())
		_store(doc, filled)
		return True
	planner = Planner(row.name, row.register, filled)
	most = planner.at_once(BATCH)
	batch = lines.read(row.name, (LineOutcome.WAITING,), limit=most)
	if batch:
		planner.plan(batch)
		lines.write(row.name, batch)
	if len(batch) == most:
		return True
	if among := importing_of(row.register).among_lines:
		comparing.compare(row.name, among)
	return False


def _store(doc: Any, filled: list[Column]) -> None:
	known = fields.headings(fields.targets(doc.register))
	# What was chosen by hand counts, and not what the headings say.
	_headings, below = files.table_of(doc.file, lambda cells: 1 + known.count(cells))
	batch: list[Line] = []
	for line in _records(below, filled):
		batch.append(line)
		if len(batch) == LOT:
			lines.write(doc.name, batch)
			batch = []
	lines.write(doc.name, batch)


def _records(below: Iterator[tuple[int, list]], filled: list[Column]) -> Iterator[Line]:
	"""A Line for each record: lines that only add rows to its tables belong to the record above them."""
	places = [column.place for column in filled if not column.target.table]
	record = None
	for number, cells in below:
		if not any(cell != "" for cell in _at(cells, [column.place for column in filled])):
			continue
		if record and not any(cell != "" for cell in _at(cells, places)):
			record.cells.append(cells)
			continue
		if record:
			yield record
		record = Line(number, [cells])
	if record:
		yield record


def _at(cells: list, places: list[int]) -> Iterator[Any]:
	return (cells[place] for place in places if place < len(cells))
