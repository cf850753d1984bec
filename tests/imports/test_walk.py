"""A table becomes records: looked at first, then imported, then taken back."""

import frappe

from city_diplomacy.register_imports import imports
from tests.imports.tables import csv_of, imported, outcomes, previewed, problems

CITIES = csv_of(
	["City name", "Country", "Population", "Alternate names", "Languages"],
	["Nagoya", "Japan", "2,332,000", "Nagoya-shi; 名古屋", "Japanese"],
	["Busan", "South Korea", "3,400,000", "", ""],
)


def test_a_preview_writes_nothing_and_says_what_would_be_added():
	doc = previewed(
		"Partner City", csv_of(["City name", "Country"], ["Nagoya", "Japan"], ["Busan", "Atlantis"])
	)
	assert outcomes(doc) == ["Add", "Refused"]
	assert frappe.db.count("Partner City") == 0
	(where,) = problems(doc)
	assert where[:2] == (3, "Country")
	assert "Atlantis" in where[2]


def test_an_import_adds_what_the_preview_shows():
	doc = imported("Partner City", CITIES)
	assert problems(doc) == []
	assert outcomes(doc) == ["Added", "Added"]
	city = frappe.get_doc("Partner City", "Nagoya, Japan")
	assert city.population == 2_332_000
	assert [row.alternate_name for row in city.alternate_names] == ["Nagoya-shi", "名古屋"]
	assert [row.language for row in city.languages] == ["ja"]
	assert doc.status == "Imported"
	assert (doc.lines, doc.added) == (2, 2)


def test_what_was_imported_is_taken_back():
	doc = imported("Partner City", CITIES)
	imports.undo(doc.name)
	assert outcomes(doc) == ["Taken Back", "Taken Back"]
	assert frappe.db.count("Partner City") == 0
	assert frappe.db.count("Name Key") == 0
