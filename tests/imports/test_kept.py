"""What was found at the look is kept for the writing, and asked again wherever it may have changed meanwhile."""

import csv
from pathlib import Path

import frappe
import pytest

from city_diplomacy.domain.imports.states import LineDecision, LineOutcome
from city_diplomacy.partnerships.partners import importing as partners
from city_diplomacy.register_imports import imports, lines
from city_diplomacy.register_imports.bulk import inserting
from city_diplomacy.register_imports.steps import looking, since_the_look, writing
from tests import clock, factories
from tests.imports.tables import csv_of, imported, outcomes, previewed, problems

HEAD = ["City name", "Country", "Region"]
CITIES = csv_of(HEAD, ["Nagoya", "Japan", ""], ["Mumbai", "India", "Maharashtra"], ["Kobe", "Japan", ""])
LEADS = csv_of(["Company", "Market"], ["Harbor Robotics", "Japan"], ["Harbor Works", "Brazil"])
many_at_once = pytest.mark.real_site("records are written many at once on MariaDB alone")
LABELLED = Path(__file__).parents[1] / "data" / "names"


@pytest.fixture
def asked_again(monkeypatch):
	"""The documents whose rules are run, by their register's name."""
	found, prepare = [], inserting._prepare
	monkeypatch.setattr(
		inserting, "_prepare", lambda doc, series: (found.append(doc.doctype), prepare(doc, series))
	)
	return found


def ready(register, table, asked_again):
	"""An import that was looked at; what was asked for it is forgotten."""
	doc = previewed(register, table)
	made_before_the_look(register)
	asked_again.clear()
	return doc


def made_before_the_look(register):
	"""Records that stand there count as older than what may be under way."""
	table = frappe.qb.DocType(register)
	frappe.qb.update(table).set(table.modified, "2020-01-01 00:00:00").run()


@many_at_once
@pytest.mark.parametrize(("register", "table"), [("Partner City", CITIES), ("Trade Lead", LEADS)])
def test_rules_are_not_run_twice_where_nothing_has_changed(register, table, asked_again):
	doc = ready(register, table, asked_again)
	imports.run(doc.name)
	assert set(outcomes(doc)) == {"Added"}
	assert asked_again == []


def test_what_was_kept_of_a_line_goes_when_it_is_written(asked_again):
	doc = imported("Partner City", CITIES)
	assert {line.prepared for line in lines.read(doc.name)} == {""}


def require_region():
	frappe.make_property_setter(
		{"doctype": "Partner City", "fieldname": "region", "property": "reqd", "value": 1, "property_type": "Check"},
		validate_fields_for_doctype=False,
	)  # fmt: skip
	frappe.clear_cache(doctype="Partner City")


def take_japan_away():
	frappe.db.delete("Country", {"name": "Japan"})


@many_at_once
@pytest.mark.parametrize("change", [require_region, take_japan_away])
def test_a_rule_that_changed_since_the_look_is_asked_again(change, asked_again):
	doc = ready("Partner City", CITIES, asked_again)
	change()
	imports.run(doc.name)
	assert outcomes(doc) == ["Refused", "Added", "Refused"]


@many_at_once
def test_a_country_that_is_called_otherwise_since_the_look_is_linked_by_its_new_name(asked_again):
	"""Renamed beneath the document layer: neither how many there are nor a moment of change tells."""
	doc = ready("Partner City", CITIES, asked_again)
	table = frappe.qb.DocType("Country")
	frappe.qb.update(table).set(table.name, "Nippon").where(table.name == "Japan").run()
	imports.run(doc.name)
	assert outcomes(doc) == ["Added"] * 3
	assert sorted(frappe.get_all("Partner City", pluck="country")) == ["India", "Nippon", "Nippon"]


@many_at_once
def test_a_stage_that_asks_for_more_since_the_look_is_asked_again(asked_again):
	doc = ready("Trade Lead", LEADS, asked_again)
	first = min(
		frappe.get_all("Trade Stage", {"direction": "Export"}, ["name", "position"]),
		key=lambda one: one.position,
	)
	stage = frappe.get_doc("Trade Stage", first.name)
	stage.append("required_fields", {"required_field": "annual_value"})
	stage.save()
	imports.run(doc.name)
	assert outcomes(doc) == ["Refused", "Refused"]


@many_at_once
@pytest.mark.parametrize(
	"change",
	[
		lambda: frappe.db.set_single_value("City Diplomacy Settings", "city_name", "Harbor City"),
		lambda: frappe.get_doc(
			{"doctype": "User Permission", "user": "Administrator", "allow": "Country", "for_value": "Japan"}
		).insert(),
		lambda: frappe.get_doc(
			{
				"doctype": "Translation",
				"language": "de",
				"source_text": "Export",
				"translated_text": "Ausfuhr",
			}
		).insert(),
	],
	ids=["settings", "permissions", "words"],
)
def test_what_rules_may_rest_on_has_them_asked_again(change, asked_again):
	doc = ready("Partner City", CITIES, asked_again)
	change()
	imports.run(doc.name)
	assert asked_again == ["Partner City"] * 3
	assert set(outcomes(doc)) == {"Added"}


def test_the_next_day_rules_are_asked_again(asked_again):
	with clock.set_to("2027-03-01 23:50") as move:
		doc = ready("Trade Lead", LEADS, asked_again)
		move("2027-03-02 00:10")
		imports.run(doc.name)
	entered = frappe.get_all("Trade Stage Log", {"parenttype": "Trade Lead"}, pluck="entered_on")
	assert [str(day) for day in entered] == ["2027-03-02", "2027-03-02"]


def test_a_likely_double_entered_since_the_look_is_found(asked_again):
	doc = ready("Partner City", CITIES, asked_again)
	factories.make_partner_city("Bombay", "India")
	imports.run(doc.name)
	assert outcomes(doc) == ["Added", "Likely Double", "Added"]
	assert problems(doc) == [(3, "", "It may be Bombay, India.")]
	assert asked_again == [], "a double changes no rule"


def test_a_record_that_was_under_way_at_the_look_counts_as_entered_since():
	factories.make_partner_city("Osaka")
	doc = previewed("Partner City", CITIES)
	assert since_the_look.may_be_doubles(doc.name, "Partner City")


def test_a_name_given_to_a_record_since_the_look_is_found(asked_again):
	city = factories.make_partner_city("Osaka")
	doc = ready("Partner City", CITIES, asked_again)
	city.reload()
	city.append("alternate_names", {"alternate_name": "Nagoia"})
	city.save()
	imports.run(doc.name)
	assert outcomes(doc) == ["Likely Double", "Added", "Added"]


def test_of_two_imports_of_one_file_the_second_adds_nothing():
	one, other = previewed("Partner City", CITIES), previewed("Partner City", CITIES)
	imports.run(one.name)
	imports.run(other.name)
	assert outcomes(one) == ["Added"] * 3
	assert outcomes(other) == ["Duplicate"] * 3
	assert frappe.db.count("Partner City") == 3


def test_of_two_imports_of_like_names_the_second_asks():
	one = previewed("Partner City", CITIES)
	other = previewed("Partner City", csv_of(HEAD, ["Bombay", "India", ""], ["Osaka", "Japan", ""]))
	imports.run(one.name)
	imports.run(other.name)
	assert outcomes(other) == ["Likely Double", "Added"]


def test_what_was_taken_back_is_imported_again():
	first = imported("Partner City", CITIES)
	second = previewed("Partner City", CITIES)
	assert outcomes(second) == ["Duplicate"] * 3
	imports.undo(first.name)
	third = previewed("Partner City", CITIES)
	imports.run(third.name)
	assert outcomes(third) == ["Added"] * 3
	imports.undo(third.name)
	assert (frappe.db.count("Partner City"), frappe.db.count("Name Key")) == (0, 0)


def test_after_a_decision_every_line_is_compared_again(asked_again):
	factories.make_partner_city("Bombay", "India")
	doc = ready("Partner City", CITIES, asked_again)
	assert not since_the_look.may_be_doubles(doc.name, "Partner City")
	imports.decide(doc.name, 3, LineDecision.ADD)
	assert since_the_look.may_be_doubles(doc.name, "Partner City")
	imports.run(doc.name)
	assert outcomes(doc) == ["Added"] * 3


def test_lines_that_may_mean_one_city_are_found_however_far_apart(monkeypatch):
	monkeypatch.setattr(looking, "BATCH", 2)
	rows = [["Mumbai", "India", ""], ["Osaka", "Japan", ""], ["Kobe", "Japan", ""], ["Bombay", "India", ""]]
	doc = previewed("Partner City", csv_of(HEAD, *rows))
	assert outcomes(doc) == ["Add", "Add", "Add", "Likely Double"]
	assert problems(doc) == [(5, "", "It may be line 2.")]


def test_a_line_that_is_refused_is_no_double_of_one_below():
	rows = [["Mumbai", "India", "1"], ["Bombay", "India", "2"]]
	doc = previewed("Partner City", csv_of(["City name", "Country", "Latitude"], *rows))
	assert outcomes(doc) == ["Refused", "Refused"]
	mended = previewed(
		"Partner City",
		csv_of(["City name", "Country", "Population"], ["Mumbai", "India", "x"], ["Bombay", "India", "2"]),
	)
	assert outcomes(mended) == ["Refused", "Add"]


@pytest.mark.parametrize("table", ["duplicates.csv", "held_out.csv"])
def test_the_lines_of_a_file_are_doubles_of_each_other_as_in_one_list(table):
	"""What is kept of lines finds the same as comparing their documents with one another."""
	with open(LABELLED / table, encoding="utf-8") as file:
		names = dict.fromkeys(row[side] for row in csv.DictReader(file) for side in ("name_a", "name_b"))
	doc = previewed("City Network", csv_of(["Network name"], *([name] for name in names)))
	found = [line for line in lines.read(doc.name) if line.outcome in (LineOutcome.ADD, LineOutcome.LIKELY)]
	documents = [
		frappe.get_doc({"doctype": "City Network", "network_name": line.cells[0][0]}) for line in found
	]
	above = partners.alike_above(documents)
	assert sum(map(bool, above)) > len(names) // 5
	assert [set(line.candidates) for line in found] == [
		{found[one].line for one in places} for places in above
	]


def test_two_bodies_of_one_name_in_two_countries_each_get_a_name():
	table = csv_of(
		["Organisation name", "Kind", "Country"],
		["Port Authority", "Port", "Japan"],
		["Port Authority", "Port", "Brazil"],
		["Chamber", "Port", "Brazil"],
	)
	doc = imported("Partner Organisation", table)
	assert outcomes(doc) == ["Added"] * 3
	assert [line.record for line in lines.read(doc.name)] == [
		"Port Authority", "Port Authority, Brazil", "Chamber",
	]  # fmt: skip


def test_a_number_given_since_the_look_is_not_given_twice(asked_again):
	doc = ready("Trade Lead", LEADS, asked_again)
	by_hand = factories.make_trade_lead("Casa", "Portugal")
	imports.run(doc.name)
	assert outcomes(doc) == ["Added"] * 2
	assert asked_again == []
	leads = frappe.get_all("Trade Lead", fields=["name", "search_names"], order_by="name asc")
	assert [lead.name for lead in leads] == sorted(
		{by_hand.name, *(line.record for line in lines.read(doc.name))}
	)
	assert all(lead.search_names.startswith(frappe.scrub(lead.name).replace("_", " ")) for lead in leads)


@many_at_once
def test_lines_that_are_kept_and_others_are_done_in_the_order_of_the_file(monkeypatch):
	doc = previewed("Partner City", CITIES)
	(first, second, third) = lines.read(doc.name)
	second.prepared = ""
	lines.write(doc.name, [second])
	written, write = [], inserting._write
	monkeypatch.setattr(
		inserting,
		"_write",
		lambda documents, *rest: (written.extend(one.name for one in documents), write(documents, *rest))[1],
	)
	imports.run(doc.name)
	assert written == ["Nagoya, Japan", "Mumbai, India", "Kobe, Japan"]
	assert [line.line for line in (first, second, third)] == [2, 3, 4]


@many_at_once
def test_where_they_alternate_too_often_all_are_done_anew(monkeypatch, asked_again):
	monkeypatch.setattr(writing, "MOST_RUNS", 2)
	doc = ready("Partner City", CITIES, asked_again)
	second = lines.read(doc.name)[1]
	second.prepared = ""
	lines.write(doc.name, [second])
	imports.run(doc.name)
	assert outcomes(doc) == ["Added"] * 3
	assert len(asked_again) == 3
