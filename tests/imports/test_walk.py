"""A table becomes records: looked at first, then imported, then taken back."""

import frappe

from city_diplomacy.register_imports import imports
from tests import factories
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


def test_a_row_of_a_table_takes_the_defaults_of_its_fields():
	head = ["Company", "Market", "Interest in markets"]
	doc = previewed("Trade Lead", csv_of(head, ["Harbor Robotics", "Japan", "Japan; France"]))
	assert problems(doc) == []
	imports.run(doc.name)
	(record,) = frappe.get_all("Trade Lead", pluck="name")
	rows = frappe.get_doc("Trade Lead", record).market_interests
	assert [(row.market, row.interest) for row in rows] == [("Japan", "Interested"), ("France", "Interested")]


def test_a_row_that_is_there_with_another_value_than_the_default_is_not_added_again():
	lead = factories.make_trade_lead(
		"Harbor Robotics", "Japan", market_interests=[{"market": "France", "interest": "Not interested"}]
	)
	head = ["ID", "Interest in markets"]
	assert outcomes(previewed("Trade Lead", csv_of(head, [lead.name, "France"]))) == ["Unchanged"]
	assert outcomes(imported("Trade Lead", csv_of(head, [lead.name, "Brazil"]))) == ["Changed"]
	rows = frappe.get_doc("Trade Lead", lead.name).market_interests
	assert [(row.market, row.interest) for row in rows] == [
		("France", "Not interested"),
		("Brazil", "Interested"),
	]


def test_what_was_imported_is_taken_back():
	doc = imported("Partner City", CITIES)
	imports.undo(doc.name)
	assert outcomes(doc) == ["Taken Back", "Taken Back"]
	assert frappe.db.count("Partner City") == 0
	assert frappe.db.count("Name Key") == 0
