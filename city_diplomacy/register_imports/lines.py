"""The lines of an import as they are stored: read in the order of the file, written back for many at once."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import frappe
from frappe import _
from frappe.query_builder.functions import Count
from frappe.utils import now_datetime

from city_diplomacy.domain.imports.states import DONE, LineDecision, LineOutcome
from city_diplomacy.domain.imports.tables import Cell
from city_diplomacy.registers import many_rows

LINE = "Register Import Line"
COLUMNS = (
	"name", "line", "cells", "outcome", "decision", "record", "candidates", "problems", "double_key", "stamp", "before",
	"found_by", "prepared",
)  # fmt: skip
STANDARD = ("register_import", "creation")


@dataclass
class Line:
	"""One record of the file.

	Attributes:
		line: where it begins in the file, counted from 1
		cells: the cells of its line, and of the lines below that only add rows to its tables
		record: the record that was made or changed, or is repeated
		candidates: records that may be the same, and lines above that may be by their numbers
		problems: pairs of a column's heading and a sentence
		double_key: what it has in common with another line that means the same record
		stamp: when the record was last changed by this import
		before: what stood in the fields this import changed
		found_by: what it is compared by with the other lines of the file, of a line that was looked at
		prepared: the record it makes, of a line that passed the rules (`bulk/keeping.py`), as JSON
	"""

	line: int
	cells: list[list[Cell]]
	outcome: str = LineOutcome.WAITING
	decision: str = ""
	record: str = ""
	candidates: list[str | int] = field(default_factory=list)
	problems: list[tuple[str, str]] = field(default_factory=list)
	double_key: str = ""
	stamp: str = ""
	before: dict[str, Any] = field(default_factory=dict)
	found_by: dict[str, Any] = field(default_factory=dict)
	prepared: str = ""
	name: str = ""

	@property
	def is_wanted_anyway(self) -> bool:
		"""Whether a person decided that it is to be added although it may be a double."""
		return self.decision == LineDecision.ADD

	def comes_to(
		self, outcome: LineOutcome, problems: Sequence[tuple[str, str]] = (), record: str = ""
	) -> None:
		self.outcome, self.problems, self.record = outcome, list(problems), record
		if outcome != LineOutcome.ADD:
			self.prepared = ""

	def may_be(self, candidates: Sequence[str | int]) -> None:
		"""It comes to be a likely double of records, by their names, and of lines above, by their numbers."""
		told = [one if isinstance(one, str) else _("line {0}").format(one) for one in candidates]
		self.comes_to(LineOutcome.LIKELY, [("", _("It may be {0}.").format(_(" or ").join(told)))])
		self.candidates = list(candidates)


def write(import_name: str, lines: Iterable[Line]) -> None:
	"""Store lines, new ones and changed ones alike."""
	lines = list(lines)
	stored = [one.name for one in lines if one.name]
	if stored:
		frappe.db.delete(LINE, {"name": ["in", stored]})
	for one, name in zip(lines, many_rows.names(len(lines)), strict=True):
		one.name = one.name or name
	now = str(now_datetime())
	many_rows.insert(LINE, [*COLUMNS, *STANDARD], ((*_values(one), import_name, now) for one in lines))


def _values(one: Line) -> tuple:
	return (
		one.name,
		one.line,
		_json(one.cells),
		str(one.outcome),
		str(one.decision),
		one.record,
		_json(one.candidates) if one.candidates else None,
		_json(one.problems) if one.problems else None,
		one.double_key,
		one.stamp,
		_json(one.before) if one.before else None,
		_json(one.found_by) if one.found_by else None,
		one.prepared or None,
	)


def _json(value: Any) -> str:
	return json.dumps(value, ensure_ascii=False, default=str)


def read(
	import_name: str,
	outcomes: Iterable[str] = (),
	limit: int = 0,
	start: int = 0,
	upwards: bool = True,
	numbers: Sequence[int] = (),
	records: Sequence[str] = (),
) -> list[Line]:
	"""Lines of an import by their outcomes, numbers or records, from the top of the file or from its end."""
	table = frappe.qb.DocType(LINE)
	query = (
		frappe.qb.from_(table)
		.select(*(table[column] for column in COLUMNS))
		.where(table.register_import == import_name)
		.orderby(table.line, order=frappe.qb.asc if upwards else frappe.qb.desc)
	)
	if outcomes:
		query = query.where(table.outcome.isin([str(one) for one in outcomes]))
	if numbers:
		query = query.where(table.line.isin(list(numbers)))
	if records:
		query = query.where(table.record.isin(list(records)))
	if limit:
		query = query.limit(limit).offset(start)
	return [_line(row) for row in query.run(as_dict=True)]


def _line(row: Any) -> Line:
	return Line(
		line=row.line,
		cells=json.loads(row.cells),
		outcome=LineOutcome(row.outcome),
		decision=LineDecision(row.decision) if row.decision else "",
		record=row.record or "",
		candidates=json.loads(row.candidates or "[]"),
		problems=[tuple(one) for one in json.loads(row.problems or "[]")],
		double_key=row.double_key or "",
		stamp=row.stamp or "",
		before=json.loads(row.before or "{}"),
		found_by=json.loads(row.found_by or "{}"),
		prepared=row.prepared or "",
		name=row.name,
	)


def stamp(import_name: str, stamps: Mapping[str, str]) -> None:
	"""Note on the lines that made or changed records when the import changed those last; `stamps` are by record."""
	changed = []
	for one in read(import_name, DONE, records=list(stamps)) if stamps else ():
		if one.stamp != stamps[one.record]:
			one.stamp = stamps[one.record]
			changed.append(one)
	write(import_name, changed)


def count(import_name: str) -> Counter:
	"""How many lines come to each outcome."""
	table = frappe.qb.DocType(LINE)
	rows = (
		frappe.qb.from_(table)
		.select(table.outcome, Count("*"))
		.where(table.register_import == import_name)
		.groupby(table.outcome)
		.run()
	)
	return Counter(dict(rows))


def records_meant(import_name: str, lines: Sequence[Line]) -> dict[int, list[str]]:
	"""By the number of each line the records it may be; a line above it means the record that was made of it."""
	wanted = {one for line in lines for one in line.candidates if isinstance(one, int)}
	above = read(import_name, (LineOutcome.ADDED,), numbers=sorted(wanted)) if wanted else []
	made: dict[str | int, str] = {one.line: one.record for one in above}
	return {
		line.line: [made.get(one, one) for one in line.candidates if one in made or isinstance(one, str)]
		for line in lines
	}


def first_with_key(import_name: str, keys: Iterable[str], before: int) -> dict[str, int]:
	"""By key, the first line above a line that means the same record and is not left out itself."""
	table = frappe.qb.DocType(LINE)
	rows = (
		frappe.qb.from_(table)
		.select(table.double_key, table.line)
		.where((table.register_import == import_name) & (table.line < before))
		.where(table.double_key.isin([key for key in keys if key] or [""]))
		.where(table.outcome.isin([str(LineOutcome.ADD), str(LineOutcome.LIKELY), str(LineOutcome.ADDED)]))
		.orderby(table.line, order=frappe.qb.desc)
		.run()
	)
	return dict(rows)


def as_found(
	import_name: str, outcomes: Iterable[str], above: int = 0, limit: int = 1000
) -> list[tuple[int, str]]:
	"""The next lines below line `above` of these outcomes that have anything to be compared by, as (line, JSON of it)."""
	table = frappe.qb.DocType(LINE)
	return (
		frappe.qb.from_(table)
		.select(table.line, table.found_by)
		.where((table.register_import == import_name) & (table.line > above) & table.found_by.isnotnull())
		.where(table.outcome.isin([str(one) for one in outcomes]))
		.orderby(table.line)
		.limit(limit)
		.run()
	)


def forget(import_name: str) -> None:
	"""Delete the lines of an import."""
	frappe.db.delete(LINE, {"register_import": import_name})
