"""Records that are there already, decided about line by line; and lines that change what is there."""

import frappe
import pytest

from city_diplomacy.domain.imports.states import LineDecision
from city_diplomacy.register_imports import api, imports, lines
from city_diplomacy.register_imports.exceptions import ImportStateError
from tests import factories
from tests.imports.tables import csv_of, imported, outcomes, previewed, problems

HEAD = ["City name", "Country", "Population"]


def test_what_is_there_under_its_name_is_a_duplicate_and_left_alone():
	factories.make_partner_city("Nagoya", population=1)
	doc = imported("Partner City", csv_of(HEAD, ["NAGOYA", "Japan", "5"], ["Osaka", "Japan", "6"]))
	assert outcomes(doc) == ["Duplicate", "Added"]
	assert frappe.db.get_value("Partner City", "Nagoya, Japan", "population") == 1


def test_a_line_that_repeats_another_is_a_duplicate_of_it():
	doc = previewed("Partner City", csv_of(HEAD, ["Nagoya", "Japan", "5"], ["Nagoya", "Japan", "5"]))
	assert outcomes(doc) == ["Add", "Duplicate"]
	assert problems(doc) == [(3, "", "It repeats line 2.")]


@pytest.mark.parametrize(
	("decision", "outcome", "cities"),
	[(LineDecision.ADD, "Added", 2), (LineDecision.SKIP, "Skipped", 1), (LineDecision.UPDATE, "Changed", 1)],
)
def test_a_likely_double_waits_for_a_decision(decision, outcome, cities):
	factories.make_partner_city("Mumbai", "India", population=1, region="Maharashtra")
	doc = previewed("Partner City", csv_of(HEAD, ["Bombay", "India", "7"], ["Osaka", "Japan", "1"]))
	assert outcomes(doc) == ["Likely Double", "Add"]
	imports.decide(doc.name, 2, decision)
	imports.run(doc.name)
	assert outcomes(doc) == [outcome, "Added"]
	assert frappe.db.count("Partner City") == cities + 1
	mumbai = frappe.get_doc("Partner City", "Mumbai, India")
	assert mumbai.region == "Maharashtra", "what the line leaves empty stays"
	if decision == LineDecision.UPDATE:
		assert mumbai.population == 7
		assert [row.alternate_name for row in mumbai.alternate_names] == ["Bombay"]


def test_two_lines_that_may_mean_one_city_are_a_likely_double_of_each_other():
	rows = [
		["Mumbai", "India", "1"],
		["Osaka", "Japan", "2"],
		["Bombay", "India", "7"],
		["Bombay", "Brazil", "3"],
	]
	doc = previewed("Partner City", csv_of(HEAD, *rows))
	assert outcomes(doc) == ["Add", "Add", "Likely Double", "Add"]
	assert problems(doc) == [(4, "", "It may be line 2.")]
	assert api.rows(name=doc.name)["rows"][2]["candidates"] == []
	with pytest.raises(ImportStateError, match="Choose which of the records"):
		imports.decide(doc.name, 4, LineDecision.UPDATE)
	imports.run(doc.name)
	assert outcomes(doc) == ["Added", "Added", "Likely Double", "Added"]


def test_a_line_that_may_mean_one_above_it_changes_the_record_made_of_that():
	doc = imported("Partner City", csv_of(HEAD, ["Mumbai", "India", "1"], ["Bombay", "India", "7"]))
	assert api.rows(name=doc.name)["rows"][1]["candidates"] == ["Mumbai, India"]
	imports.decide(doc.name, 3, LineDecision.UPDATE)
	imports.run(doc.name)
	assert outcomes(doc) == ["Added", "Changed"]
	mumbai = frappe.get_doc("Partner City", "Mumbai, India")
	assert mumbai.population == 7
	assert [row.alternate_name for row in mumbai.alternate_names] == ["Bombay"]


def test_a_line_that_is_to_update_is_refused_for_whatever_is_wrong_with_it():
	factories.make_partner_city("Mumbai", "India", population=1)
	doc = previewed("Partner City", csv_of(HEAD, ["Bombay", "India", "7"]))
	imports.decide(doc.name, 2, LineDecision.UPDATE)
	(line,) = lines.read(doc.name)
	line.cells[0][1] = "Atlantis"
	lines.write(doc.name, [line])
	imports.run(doc.name)
	assert outcomes(doc) == ["Refused"]
	assert "Atlantis" in problems(doc)[0][2]
	assert frappe.db.get_value("Partner City", "Mumbai, India", "population") == 1


def test_a_line_like_one_that_is_added_anyway_is_found_when_they_are_written_together():
	factories.make_partner_city("Mumbai", "India")
	doc = previewed("Partner City", csv_of(HEAD, ["Bombay", "India", "1"], ["Osaka", "Japan", "7"]))
	imports.decide(doc.name, 2, LineDecision.ADD)
	frappe.delete_doc("Partner City", "Mumbai, India")
	last = lines.read(doc.name)[1]
	last.cells[0][:2] = ["Mumbai City", "India"]
	lines.write(doc.name, [last])
	imports.run(doc.name)
	assert outcomes(doc) == ["Added", "Likely Double"]


def test_only_a_record_the_line_may_mean_is_changed():
	factories.make_partner_city("Mumbai", "India")
	factories.make_partner_city("Osaka")
	doc = previewed("Partner City", csv_of(HEAD, ["Bombay", "India", "7"]))
	with pytest.raises(ImportStateError, match="Choose which of the records"):
		imports.decide(doc.name, 2, LineDecision.UPDATE, "Osaka, Japan")


def test_a_line_with_an_id_changes_that_record_and_nothing_it_leaves_empty():
	factories.make_partner_city("Nagoya", population=1, region="Aichi")
	table = csv_of(["ID", "Population", "Region"], ["Nagoya, Japan", "9", ""], ["Nowhere, Japan", "1", ""])
	doc = previewed("Partner City", table)
	assert outcomes(doc) == ["Change", "Refused"]
	assert frappe.db.get_value("Partner City", "Nagoya, Japan", "population") == 1
	imports.run(doc.name)
	assert frappe.db.get_value("Partner City", "Nagoya, Japan", ["population", "region"]) == (9, "Aichi")
	imports.undo(doc.name)
	assert frappe.db.get_value("Partner City", "Nagoya, Japan", "population") == 1


def test_a_company_with_the_same_market_is_a_likely_double_and_another_is_none():
	factories.make_trade_lead("Harbor Robotics", "Japan")
	rows = [["Harbor Robotics", "Japan"], ["Harbor Robotics", "Brazil"]]
	doc = previewed("Trade Lead", csv_of(["Company", "Market"], *rows))
	assert outcomes(doc) == ["Likely Double", "Add"]


def test_links_are_found_by_their_other_names():
	city = factories.make_partner_city("Mumbai", "India", alternate_names=[{"alternate_name": "मुंबई"}])
	cells = ["Bombay", "मुंबई", "MUMBAI", "Mumbai, India", "Atlantis"]
	rows = [[f"Works {number}", "IN", cell] for number, cell in enumerate(cells)]
	doc = imported("Trade Lead", csv_of(["Company", "Market", "Partner city"], *rows))
	assert outcomes(doc) == ["Added"] * 4 + ["Refused"]
	leads = frappe.get_all("Trade Lead", fields=["market", "partner_city"])
	assert {(lead.market, lead.partner_city) for lead in leads} == {("India", city.name)}


def test_a_name_that_means_two_records_is_refused_with_both():
	factories.make_partner_city("Springfield", "United States", region="Illinois")
	factories.make_partner_city("Springfield", "United States", region="Missouri")
	table = csv_of(["Company", "Market", "Partner city"], ["Works", "US", "Springfield"])
	why = problems(previewed("Trade Lead", table))[0][2]
	assert "Springfield may be" in why
	assert "Missouri" in why
