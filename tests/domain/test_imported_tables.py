"""The bytes of a file as lines of cells, and the sentence that says why they are none."""

import codecs
import csv
import io
import zipfile
from datetime import date, datetime, time

import pytest
from openpyxl import Workbook

from city_diplomacy.domain.imports import tables
from city_diplomacy.domain.imports.tables import TableError, headings_and_lines

EMPTY = "The file is empty. Choose one with a line of headings and a line for each record."
NO_WORKBOOK = "The workbook cannot be opened. Open it in Excel, save it as .xlsx without a password, and choose it again."


def read(content, ending="csv"):
	return list(tables.read(content.encode() if isinstance(content, str) else content, ending))


def sentence_of(refusal):
	return refusal.value.sentence.format(**refusal.value.values)


def refused(content, ending="csv"):
	"""The sentence in which a file is refused."""
	with pytest.raises(TableError) as refusal:
		read(content, ending)
	return sentence_of(refusal)


def workbook(*rows, hidden=()):
	"""A workbook of one sheet, or with a hidden one before it."""
	book = Workbook()
	if hidden:
		book.active.sheet_state = "hidden"
		for row in hidden:
			book.active.append(row)
	sheet = book.create_sheet() if hidden else book.active
	for row in rows:
		sheet.append(row)
	out = io.BytesIO()
	book.save(out)
	return out.getvalue()


# texts


def test_a_line_keeps_its_number_and_loses_what_is_empty_at_its_end():
	assert read('City,Country\r\n"Nagoya, Aichi", Japan \n\n,,\n,Norway,,\n') == [
		(1, ["City", "Country"]),
		(2, ["Nagoya, Aichi", "Japan"]),
		(5, ["", "Norway"]),
	]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_on_any_system_and_within_quotation_marks_they_are_the_cells(end):
	assert read(f'City,Notes{end}Oslo,"one{end}two"{end}') == [
		(1, ["City", "Notes"]),
		(2, ["Oslo", f"one{end}two"]),
	]


@pytest.mark.parametrize(
	("text", "headings"),
	[
		("City,Country", ["City", "Country"]),
		("City;Country", ["City", "Country"]),
		("City\tCountry", ["City", "Country"]),
		("City|Country", ["City", "Country"]),
		('"City, town, or village";Country', ["City, town, or village", "Country"]),
		('City;"Country, or region, or sea"', ["City", "Country, or region, or sea"]),
		("\n \nCity;Country\n1,2,3", ["City", "Country"]),
		("City\nOslo; Bergen", ["City"]),
	],
)
def test_cells_are_parted_by_what_stands_between_the_headings_most_often(text, headings):
	assert read(text)[0][1] == headings


@pytest.mark.parametrize(
	"content",
	[
		"Köln;東京".encode(),
		"Köln;東京".encode("utf-8-sig"),
		codecs.BOM_UTF16_LE + "Köln;東京".encode("utf-16-le"),
		codecs.BOM_UTF16_BE + "Köln;東京".encode("utf-16-be"),
	],
	ids=["UTF-8", "UTF-8 with a mark", "UTF-16 as Excel writes it", "UTF-16 the other way round"],
)
@pytest.mark.parametrize("ending", ["csv", "tsv", "txt"])
def test_unicode_is_read_however_it_is_marked(content, ending):
	assert read(content, ending) == [(1, ["Köln", "東京"])]


@pytest.mark.parametrize(
	("content", "sentence"),
	[
		(b"", EMPTY),
		(b"\n \r\n\t", EMPTY),
		(
			"City\nOslo\nSão Paulo".encode("cp1252"),
			"Line 3 holds a letter that is not written in UTF-8. Save the table as “CSV UTF-8” or as .xlsx and "
			"choose it again.",
		),
		(
			"City".encode("utf-16-le"),
			"This is no table of text. Save it as .xlsx or as “CSV UTF-8” and choose it again.",
		),
		(
			'City\n"Oslo',
			"Line 2 cannot be read: a quotation mark is opened and not closed, or stands in the middle of "
			"a cell. Mend the line, or save the table as .xlsx.",
		),
		(
			'City\nOslo\n"Ber"gen\n',
			"Line 3 cannot be read: a quotation mark is opened and not closed, or stands in the middle of "
			"a cell. Mend the line, or save the table as .xlsx.",
		),
	],
)
def test_a_text_that_is_no_table_is_refused(content, sentence):
	assert refused(content) == sentence


@pytest.mark.parametrize(("ending", "said"), [("ods", ".ods"), ("", ".?")])
def test_a_file_of_another_kind_is_refused_by_its_ending(ending, said):
	assert refused(b"City", ending) == (
		f"A file ending in {said} cannot be read. Save it as .xlsx or as .csv and choose it again."
	)


def test_a_refusal_reads_as_its_sentence_before_it_is_translated():
	refusal = TableError("Line {line} is none.", line=3)
	assert (str(refusal), refusal.values) == ("Line {line} is none.", {"line": 3})


# limits


def test_below_the_headings_stand_so_many_lines_at_most(monkeypatch):
	monkeypatch.setattr(tables, "MOST_LINES", 1_000)
	assert len(read("City\n" + "\nOslo" * 1_000)) == 1_001
	lines = tables.read(b"City" + b"\nOslo" * 1_001, "csv")
	assert [next(lines) for _line in range(1_001)][-1] == (1_001, ["Oslo"])
	with pytest.raises(TableError) as refusal:
		next(lines)
	assert sentence_of(refusal) == "The file has more than 1,000 lines. Split it into several files."


def test_a_line_has_a_hundred_columns_at_most():
	assert len(read("x," * 99 + "x")[0][1]) == 100
	assert refused("City\n" + "x," * 100 + "x") == (
		"Line 2 has 101 columns; up to 100 can be read. Delete those that are not needed."
	)


def test_a_cell_has_two_hundred_thousand_characters_at_most():
	assert read("City," + "x" * 200_000)[0][1] == ["City", "x" * 200_000]
	assert refused("City\nOslo," + "x" * 200_001) == (
		"Line 2, column 2 has 200,001 characters; keep it under 200,000 and attach the rest to the record as a file."
	)


@pytest.fixture
def limit_of_python():
	before = csv.field_size_limit(10)
	yield
	csv.field_size_limit(before)


@pytest.mark.usefixtures("limit_of_python")
def test_how_long_a_cell_is_does_not_depend_on_pythons_own_limit_which_is_never_lowered():
	assert read("x" * 20) == [(1, ["x" * 20])]
	assert read("City") == [(1, ["City"])]
	assert csv.field_size_limit() == 20


# workbooks


def test_the_first_sheet_that_is_seen_is_read_and_formulas_as_they_are_written():
	content = workbook(
		["City", None, "Population"], ["Oslo", "", "=1000+1"], [], ["Bergen"], hidden=[["Notes"]]
	)
	assert read(content, "xlsx") == [
		(1, ["City", "", "Population"]),
		(2, ["Oslo", "", "=1000+1"]),
		(4, ["Bergen"]),
	]


@pytest.mark.parametrize(
	("value", "cell"),
	[
		(None, ""),
		(" Oslo ", "Oslo"),
		(True, True),
		(3, 3),
		(2.5, 2.5),
		(date(2026, 5, 31), "2026-05-31"),
		(datetime(2026, 5, 31), "2026-05-31"),
		(datetime(2026, 5, 31, 9, 30), "2026-05-31 09:30:00"),
		(datetime(2026, 5, 31, 9, 30, 0, 250_000), "2026-05-31 09:30:00"),
		(time(9, 30), "09:30:00"),
	],
)
def test_a_cell_of_a_workbook_is_a_number_or_a_text(value, cell):
	((_number, cells),) = read(workbook([value, "behind it"]), "xlsx")
	assert (cells, type(cells[0])) == ([cell, "behind it"], type(cell))


@pytest.mark.parametrize(
	("number", "cell"),
	[(3.0, int), (-3.0, int), (2.5, float), (1e15 - 1, int), (1e15, float), (-1e15, float)],
)
def test_a_number_without_a_fraction_is_whole_as_far_as_a_workbook_is_exact(number, cell):
	assert tables._cell(number) == number
	assert type(tables._cell(number)) is cell


def emptied():
	out = io.BytesIO()
	with zipfile.ZipFile(out, "w") as packed:
		packed.writestr("readme.txt", "no workbook")
	return out.getvalue()


@pytest.mark.parametrize("content", [b"PK\x03\x04 no workbook", emptied(), workbook(["x"])[:-40]])
def test_what_is_no_workbook_is_refused(content):
	assert refused(content, "xlsx") == NO_WORKBOOK


def test_a_workbook_is_refused_by_its_size_once_it_is_unpacked(monkeypatch):
	content = workbook(["City"])
	with zipfile.ZipFile(io.BytesIO(content)) as packed:
		unpacked = sum(part.file_size for part in packed.infolist())
	monkeypatch.setattr(tables, "LARGEST_WORKBOOK", unpacked)
	assert read(content, "xlsx") == [(1, ["City"])]
	monkeypatch.setattr(tables, "LARGEST_WORKBOOK", unpacked - 1)
	assert refused(content, "xlsx") == "The workbook is too large to be read. Split it into several files."


# headings


def known(cells):
	return sum(cell in ("City", "Country") for cell in cells)


def numbered(*lines):
	return iter(list(enumerate(lines, 1)))


def test_the_lines_below_the_headings_are_all_that_follow():
	lines = [["City", "Country"], *(["Oslo", "Norway"] for _line in range(12))]
	headings, below = headings_and_lines(numbered(*lines), known)
	assert headings == (1, ["City", "Country"])
	assert [number for number, _cells in below] == list(range(2, 14))


def test_of_two_lines_that_could_be_the_headings_the_first_is():
	headings, below = headings_and_lines(numbered(["City"], ["City"]), known)
	assert (headings, list(below)) == ((1, ["City"]), [(2, ["City"])])


NOWHERE = (
	"None of the headings in line 1 is a field of the register. Let the first line hold the names of the "
	"fields, as the form shows them."
)


@pytest.mark.parametrize(
	("lines", "sentence"),
	[
		([], "The file has headings and nothing below them. Add a line for each record."),
		([["City"]], "The file has headings and nothing below them. Add a line for each record."),
		([["A"], ["Oslo"]], NOWHERE),
		([["A"]] * 10 + [["City"]], NOWHERE),
		(
			[["City partners"], ["City"], ["City", "Country"], ["Oslo", "Norway"]],
			"The headings seem to stand in line 3. Delete the lines above it and choose the file again.",
		),
		(
			[["A"]] * 9 + [["City"]],
			"The headings seem to stand in line 10. Delete the lines above it and choose the file again.",
		),
	],
)
def test_lines_without_headings_above_them_are_refused(lines, sentence):
	with pytest.raises(TableError) as refusal:
		headings_and_lines(numbered(*lines), known)
	assert sentence_of(refusal) == sentence
