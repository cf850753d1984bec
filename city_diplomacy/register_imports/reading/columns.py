"""The columns of a file and the fields they fill: guessed from the headings, corrected by hand."""

from itertools import islice
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, cstr

from city_diplomacy.register_imports.exceptions import ImportFileError
from city_diplomacy.register_imports.reading import fields, files
from city_diplomacy.register_imports.reading.givens import Column

SHOWN_EXAMPLES = 3
LONGEST_SHOWN = 140


def guess(doc: Any) -> None:
	"""Fill the table of columns from the file's headings. Raises ImportFileError for a file that is no table."""
	offered = fields.targets(doc.register)
	known = fields.headings(offered)
	(_number, headings), below = files.table_of(doc.file, known.count)
	first = [cells for _line, cells in islice(below, SHOWN_EXAMPLES)]
	doc.set("columns", [])
	for place, path in enumerate(known.fields_of(headings)):
		examples = [cstr(cells[place]) for cells in first if place < len(cells) and cells[place] != ""]
		if headings[place] == "" and not examples:
			continue
		doc.append(
			"columns",
			{
				"name": frappe.generate_hash(length=10),
				# A row that has a name counts as stored, and would not be inserted.
				"__islocal": 1,
				"place": place + 1,
				"heading": cstr(headings[place])[:LONGEST_SHOWN],
				"field": offered[path].label if path else "",
				"path": path,
				"examples": " · ".join(examples)[:LONGEST_SHOWN],
			},
		)


def keep_but_fields(doc: Any, stored: Any) -> None:
	"""Take from a client the field of each column, and all else of the columns as it is stored.

	A row belongs to the stored one of its name, else of its place, else of its number; a column without one fills
	nothing.
	"""
	chosen: dict[str, Any] = {}
	for row in doc.columns:
		keys = (("name", row.name), ("place", cint(row.place)), ("idx", cint(row.idx)))
		meant = (one for key, value in keys for one in stored.columns if one.get(key) == value)
		if (one := next(meant, None)) is not None:
			chosen.setdefault(one.name, row.field)
	doc.set("columns", [{**one.as_dict(), "field": chosen.get(one.name, "")} for one in stored.columns])


def settle(doc: Any) -> None:
	"""Turn what a person chose for each column into a field. Raises ImportFileError for what is none, or is twice."""
	offered = fields.targets(doc.register)
	known, taken = fields.headings(offered), {}
	for row in doc.columns:
		row.path = known.field_of(cstr(row.field))
		if row.field and not row.path:
			frappe.throw(
				_("Row {0}: {1} is no field of {2}; choose one from the list, or leave it empty.").format(
					row.idx, frappe.utils.escape_html(row.field[:60]), _(doc.register)
				),
				ImportFileError,
			)
		if row.path and row.path in taken:
			frappe.throw(
				_("{0} and {1} both fill {2}; leave one of them empty.").format(
					taken[row.path], row.heading or row.place, offered[row.path].label
				),
				ImportFileError,
			)
		taken[row.path] = row.heading or row.place


def show(doc: Any) -> None:
	"""The chosen fields as the reader calls them."""
	offered = fields.targets(doc.register)
	for row in doc.columns:
		row.field = offered[row.path].label if row.path in offered else ""


def columns_of(doc: Any) -> list[Column]:
	"""The columns that fill something. Raises ImportFileError where a required field is filled by none."""
	offered = fields.targets(doc.register)
	found = [
		Column(row.place - 1, row.heading or cstr(row.place), offered[row.path])
		for row in doc.columns
		if row.path in offered
	]
	filled = {column.target.path for column in found}
	missing = [one.label for one in fields.required(offered) if one.path not in filled]
	if missing and fields.NAME not in filled:
		frappe.throw(
			_(
				"No column fills {0}. Choose the field beside its column, or add the column to the file."
			).format(", ".join(missing)),
			ImportFileError,
		)
	return found


def filled(doc: Any) -> list[tuple[int, str]]:
	"""(place, field) of each column that fills one."""
	return [(row.place, row.path) for row in doc.columns if row.path]


def choices(register: str) -> list[str]:
	"""What a person may choose for a column."""
	return list(dict.fromkeys(one.label for one in fields.targets(register).values()))
