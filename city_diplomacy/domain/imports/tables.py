"""The bytes of a CSV file or of an Excel workbook as lines of cells, or one sentence that says why they are none."""

import csv
import io
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time
from itertools import islice
from xml.etree.ElementTree import ParseError

from ..sentences import _

MOST_LINES = 50_000
MOST_COLUMNS = 100
LONGEST_CELL = 200_000
"""As many characters as the longest field of a register takes."""
LARGEST_WORKBOOK = 300_000_000
"""Bytes of a workbook once it is unpacked; what is packed tighter is no table."""
LOOKED_AT = 10
"""Lines from the top among which the headings are looked for."""
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
SEPARATORS = ",;\t|"
_NOT_A_WORKBOOK = (
	zipfile.BadZipFile,
	zlib.error,
	KeyError,
	ValueError,
	TypeError,
	AttributeError,
	IndexError,
	EOFError,
	OSError,
	ParseError,
)

Cell = str | int | float | bool
"""As it stands in the file: text, or what a workbook knows to be a number; days are text, as in 2026-05-31."""
Line = tuple[int, list[Cell]]
"""Its number in the file, counted from 1, and its cells; an empty cell is an empty text."""


class TableError(ValueError):
	"""A file that is no table: a sentence marked for translation, and the values for its places."""

	def __init__(self, sentence: str, **values: object):
		super().__init__(sentence)
		self.sentence, self.values = sentence, values


def read(content: bytes, ending: str) -> Iterator[Line]:
	"""The lines of a file that are not empty, one after the other.

	Raises TableError, also while lines are taken, for what is no CSV file or workbook or is too large.
	"""
	if not content:
		raise TableError(
			_("The file is empty. Choose one with a line of headings and a line for each record.")
		)
	if ending == "xlsx":
		lines = _of_workbook(content)
	elif ending in ("csv", "tsv", "txt"):
		lines = _of_text(content)
	else:
		raise TableError(
			_("A file ending in .{ending} cannot be read. Save it as .xlsx or as .csv and choose it again."),
			ending=ending or "?",
		)
	return _within_limits(lines)


def _within_limits(lines: Iterable[list[Cell]]) -> Iterator[Line]:
	found = 0
	for number, cells in enumerate(lines, 1):
		while cells and cells[-1] == "":
			cells.pop()
		if not cells:
			continue
		found += 1
		if found > MOST_LINES + 1:
			raise TableError(
				_("The file has more than {most} lines. Split it into several files."), most=f"{MOST_LINES:,}"
			)
		if len(cells) > MOST_COLUMNS:
			raise TableError(
				_(
					"Line {line} has {columns} columns; up to {most} can be read. Delete those that are not needed."
				),
				line=number,
				columns=len(cells),
				most=MOST_COLUMNS,
			)
		for column, cell in enumerate(cells, 1):
			if isinstance(cell, str) and len(cell) > LONGEST_CELL:
				raise TableError(
					_(
						"Line {line}, column {column} has {length} characters; keep it under {most} and attach the "
						"rest to the record as a file."
					),
					line=number,
					column=column,
					length=f"{len(cell):,}",
					most=f"{LONGEST_CELL:,}",
				)
		yield number, cells


def _of_text(content: bytes) -> Iterator[list[Cell]]:
	text = _decoded(content)
	csv.field_size_limit(max(csv.field_size_limit(), len(text)))
	rows = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
	while True:
		try:
			row = next(rows, None)
		except csv.Error:
			raise TableError(
				_(
					"Line {line} cannot be read: a quotation mark is opened and not closed, or stands in the middle of "
					"a cell. Mend the line, or save the table as .xlsx."
				),
				line=rows.line_num,
			) from None
		if row is None:
			return
		yield [cell.strip() for cell in row]


def _decoded(content: bytes) -> str:
	encoding = next((name for mark, name in MARKS if content.startswith(mark)), "utf-8")
	try:
		text = content.decode(encoding)
	except UnicodeDecodeError as error:
		line = content[: error.start].count(b"\n") + 1
		raise TableError(
			_(
				"Line {line} holds a letter that is not written in UTF-8. Save the table as “CSV UTF-8” or as .xlsx and "
				"choose it again."
			),
			line=line,
		) from None
	if "\x00" in text:
		raise TableError(
			_("This is no table of text. Save it as .xlsx or as “CSV UTF-8” and choose it again.")
		)
	if not text.strip():
		raise TableError(
			_("The file is empty. Choose one with a line of headings and a line for each record.")
		)
	return text


def _separator(text: str) -> str:
	"""What stands between the headings most often, outside of quotation marks."""
	headings = next(line for line in text.splitlines() if line.strip())
	bare = "".join(headings.split('"')[::2])
	return max(SEPARATORS, key=bare.count)


def _of_workbook(content: bytes) -> Iterator[list[Cell]]:
	# Frappe brings it; only who reads a workbook needs it.
	from openpyxl import load_workbook

	try:
		with zipfile.ZipFile(io.BytesIO(content)) as packed:
			unpacked = sum(part.file_size for part in packed.infolist())
		if unpacked > LARGEST_WORKBOOK:
			raise TableError(_("The workbook is too large to be read. Split it into several files."))
		# Formulas are read as they are written, so that they can be refused: their values may be out of date.
		book = load_workbook(io.BytesIO(content), read_only=True)
		sheet = next(one for one in book.worksheets if one.sheet_state == "visible")
		sheet.reset_dimensions()
		rows = sheet.iter_rows(values_only=True)
		while (row := next(rows, None)) is not None:
			yield [_cell(value) for value in row]
	except TableError:
		raise
	except (*_NOT_A_WORKBOOK, StopIteration):
		raise TableError(
			_(
				"The workbook cannot be opened. Open it in Excel, save it as .xlsx without a password, and choose it again."
			)
		) from None


def _cell(value: object) -> Cell:
	if value is None:
		return ""
	if isinstance(value, bool | int):
		return value
	if isinstance(value, float):
		return int(value) if value.is_integer() and abs(value) < 10**15 else value
	if isinstance(value, datetime):
		is_day = value.time() == time()
		return value.date().isoformat() if is_day else value.isoformat(sep=" ", timespec="seconds")
	if isinstance(value, date | time):
		return value.isoformat()
	return str(value).strip()


def headings_and_lines(
	lines: Iterator[Line], counted: Callable[[Sequence[Cell]], int]
) -> tuple[Line, Iterator[Line]]:
	"""The line of headings and the lines below it. `counted` answers how many headings of a line are known.

	Raises TableError where the headings stand further down, where none is known, and where nothing is below them.
	"""
	first = list(islice(lines, LOOKED_AT))
	if len(first) < 2:
		raise TableError(_("The file has headings and nothing below them. Add a line for each record."))
	known = [counted(cells) for _number, cells in first]
	best = known.index(max(known))
	if not known[best]:
		raise TableError(
			_(
				"None of the headings in line {line} is a field of the register. Let the first line hold the names of the "
				"fields, as the form shows them."
			),
			line=first[0][0],
		)
	if best:
		raise TableError(
			_(
				"The headings seem to stand in line {line}. Delete the lines above it and choose the file again."
			),
			line=first[best][0],
		)
	return first[0], _one_after_the_other(first[1:], lines)


def _one_after_the_other(first: list[Line], rest: Iterator[Line]) -> Iterator[Line]:
	yield from first
	yield from rest
