"""Files that are no good table: a clear sentence for each, and nothing written."""

import frappe
import pytest

from city_diplomacy.register_imports import imports, jobs
from city_diplomacy.register_imports.exceptions import ImportFileError, ImportStateError
from city_diplomacy.register_imports.steps import looking
from tests import factories
from tests.imports.tables import csv_of, new_import, officer, outcomes, previewed, problems, upload, xlsx_of

HEAD = ["City name", "Country"]
BAD_FILES = {
	"empty": ("\n\n", "x.csv", "is empty"),
	"headings alone": ("City name,Country\n", "x.csv", "nothing below"),
	"another encoding": ("City name,Country\nSão Paulo,Brazil\n".encode("cp1252"), "x.csv", "UTF-8"),
	"no table": (b"\x00\x01\x02", "x.csv", "no table of text"),
	"an open quotation mark": ('City name,Country\n"Nagoya,Japan\n', "x.csv", "quotation mark"),
	"another ending": ("City name,Country\nNagoya,Japan\n", "x.ods", ".xlsx or as .csv"),
	"a broken workbook": (b"PK\x03\x04 no workbook", "x.xlsx", "cannot be opened"),
	"three lines of headings": (
		csv_of(["Our partners", ""], ["as of", "2026"], HEAD, ["Nagoya", "Japan"]),
		"x.csv",
		"stand in line 3",
	),
	"no known heading": (csv_of(["A", "B"], ["Nagoya", "Japan"]), "x.csv", "None of the headings"),
	"200 columns": (
		csv_of([*HEAD, *map(str, range(198))], ["Nagoya", "Japan", *["x"] * 198]),
		"x.csv",
		"200 columns",
	),
	"a huge cell": (
		csv_of([*HEAD, "Notes"], ["Nagoya", "Japan", "x" * 300_000]),
		"x.csv",
		"300,000 characters",
	),
}


@pytest.mark.parametrize(("content", "name", "sentence"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_file_that_is_no_table_is_refused_in_a_sentence(content, name, sentence):
	with pytest.raises(ImportFileError, match=sentence):
		new_import("Partner City", content, name)
	assert frappe.db.count("Register Import") == 0


@pytest.mark.parametrize("lot", [5, 1_000], ids=["after four lots", "in the first lot"])
def test_a_file_that_breaks_off_further_down_is_refused_as_a_whole(lot, monkeypatch):
	monkeypatch.setattr(looking, "LOT", lot)
	monkeypatch.setattr(jobs, "enqueue", lambda name: None)
	rows = [["Nagoya", "Japan"]] * 20
	doc = new_import("Partner City", csv_of(HEAD, *rows) + '"broken')
	imports.read(doc.name)
	frappe.db.commit()
	jobs.go_on(doc.name)
	doc.reload()
	assert doc.status == "Failed"
	assert "quotation mark" in doc.why
	assert (doc.lines, outcomes(doc)) == (0, [])
	assert not frappe.get_message_log()
	with pytest.raises(ImportStateError, match="preview first"):
		imports.run(doc.name)


def test_semicolons_and_utf16_are_read_as_excel_writes_them():
	doc = previewed("Partner City", "City name;Country\nKöln;Germany\n".encode("utf-16"))
	assert outcomes(doc) == ["Add"]


def test_a_workbook_is_read_with_its_numbers_and_days():
	from datetime import date

	doc = previewed(
		"Partner City",
		xlsx_of([*HEAD, "Population", "Relationship since"], ["Nagoya", "Japan", 2332000, date(1959, 4, 1)]),
		"cities.xlsx",
	)
	assert problems(doc) == []
	imports.run(doc.name)
	city = frappe.get_doc("Partner City", "Nagoya, Japan")
	assert (city.population, str(city.relationship_since)) == (2_332_000, "1959-04-01")


@pytest.mark.parametrize(
	"cell", ["=cmd|' /C calc'!A0", "@SUM(1+1)", "+cmd|' /C calc'!A0", "-2+3+cmd|'x'!A0", "+A1+B1", "-A1*2"]
)
def test_a_formula_is_refused_with_its_column(cell):
	doc = previewed("Partner City", csv_of([*HEAD, "Source"], ["Nagoya", "Japan", cell]))
	assert outcomes(doc) == ["Refused"]
	((line, column, why),) = problems(doc)
	assert (line, column) == (2, "Source")
	assert "is a formula" in why
	assert frappe.db.count("Partner City") == 0


def test_a_formula_of_a_workbook_is_refused_and_not_worked_out():
	doc = previewed(
		"Partner City", xlsx_of([*HEAD, "Population"], ["Nagoya", "Japan", "=1000+1"]), "cities.xlsx"
	)
	assert outcomes(doc) == ["Refused"]
	assert problems(doc)[0][1] == "Population"


def test_days_in_another_order_than_the_sites_are_refused_line_by_line():
	frappe.db.set_single_value("System Settings", "date_format", "dd.mm.yyyy")
	days = ["31.12.2001", "31/12/2001", "2001-12-31", "12/31/2001", "2001", "30.02.2001"]
	rows = [[f"Town {number}", "Japan", day] for number, day in enumerate(days)]
	doc = previewed("Partner City", csv_of([*HEAD, "Relationship since"], *rows))
	assert outcomes(doc) == ["Add", "Add", "Add", "Refused", "Refused", "Refused"]
	assert all("Write it as dd.mm.yyyy" in why for _line, _column, why in problems(doc))


def test_numbers_are_read_as_the_site_writes_them():
	frappe.db.set_single_value("System Settings", "number_format", "#.###,##")
	rows = [
		["Nagoya", "Japan", "2.332.000", "35,1", "136,9"],
		["Osaka", "Japan", "2,332,000", "34,7", "135,5"],
	]
	doc = previewed("Partner City", csv_of([*HEAD, "Population", "Latitude", "Longitude"], *rows))
	assert outcomes(doc) == ["Add", "Refused"]
	assert problems(doc)[0][:2] == (3, "Population")


def test_a_public_file_is_refused():
	file = factories.make_file("open.csv", "City name,Country\nNagoya,Japan\n", is_private=0)
	with pytest.raises(ImportFileError, match="as a private one"):
		frappe.get_doc(
			{"doctype": "Register Import", "register": "Partner City", "file": file.file_url}
		).insert()


def test_the_file_of_somebody_else_is_refused():
	address = upload("City name,Country\nNagoya,Japan\n")
	with factories.acting_as(officer().name), pytest.raises(ImportFileError, match="somebody else's"):
		frappe.get_doc({"doctype": "Register Import", "register": "Partner City", "file": address}).insert()


def test_a_column_is_given_a_field_by_hand_and_none_twice():
	table = csv_of(["Stadt", "Country"], ["Nagoya", "Japan"])
	doc = new_import("Partner City", table)
	with pytest.raises(ImportFileError, match="No column fills City name"):
		imports.read(doc.name)
	assert outcomes(previewed("Partner City", table, Stadt="City name")) == ["Add"]
	with pytest.raises(ImportFileError, match="both fill Country"):
		new_import("Partner City", table, Stadt="Country")
	with pytest.raises(ImportFileError, match="is no field of"):
		new_import("Partner City", table, Stadt="Mayor")
