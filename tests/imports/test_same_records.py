"""Records written many at once are those Frappe's Data Import makes of the same file, to the last field."""

import json

import frappe
import pytest

from city_diplomacy.register_imports.bulk import checks, inserting
from city_diplomacy.register_imports.bulk.conditions import why_one_by_one
from city_diplomacy.register_imports.registers_open import importing_of
from tests import factories
from tests.imports.tables import csv_of, imported, outcomes, problems, upload

pytestmark = pytest.mark.real_site

MANY_AT_ONCE = ("City Network", "Diaspora Organisation", "Partner City", "Partner Organisation", "Trade Lead")
TABLES = {
	"Partner City": [
		["City name", "Country", "Region", "Population", "Website", "Latitude", "Longitude", "Time zone", "Notes",
		"Relationship since", "Since is known to the", "Alternate name (Alternate names)", "Language (Languages)"],
		["Nagoya", "Japan", "Aichi", "2332000", "https://city.example", "35.18", "136.9", "Asia/Tokyo", "<b>Port</b>",
		"1959-04-17", "Month", "名古屋", "ja"],
		["San José", "Costa Rica", "", "", "", "", "", "", "a < b", "", "", "", ""],
		["Birmingham", "United Kingdom", "", "", "", "", "", "", "", "", "", "", ""],
		["Birmingham", "United States", "Alabama", "", "", "", "", "", "", "", "", "", ""],
	],
	"Partner Organisation": [
		["Organisation name", "Kind", "Country", "City"],
		["Port of Nagoya", "Port", "Japan", "Osaka, Japan"],
		["Chamber \"North\"", "Chamber of Commerce", "", ""],
	],
	"City Network": [["Network name", "Founded in"], ["C40  Cities", "2005"], ["Eurocities", ""]],
	"Diaspora Organisation": [
		["Organisation name", "Kind", "Country (Heritage countries)", "Last verified", "E-mail"],
		["Filipino Center", "Community association", "Philippines", "2026-01-31", "hello@city.example"],
		["Casa", "Cultural centre", "", "", ""],
	],
	"Trade Lead": [
		["Company", "Market", "Direction", "Value per year", "Partner city", "HS code"],
		["Harbor  Robotics", "Japan", "Export", "1000", "Osaka, Japan", "870899"],
		["Harbor Works", "Brazil", "Tourism", "", "", ""],
	],
}  # fmt: skip
# What differs between two records that are the same: their names where a series gives them, and when they were made.
OF_ITS_OWN = {"creation", "modified", "parent"}


@pytest.fixture(autouse=True)
def linked():
	factories.make_partner_city("Osaka")
	frappe.get_doc(
		{"doctype": "Customs Tariff Number", "tariff_number": "870899", "description": "Parts of vehicles"}
	).insert()


@pytest.mark.parametrize("register", MANY_AT_ONCE)
def test_nothing_on_this_site_keeps_its_records_from_being_written_many_at_once(register):
	assert why_one_by_one(register, importing_of(register)) == ""


@pytest.mark.parametrize("register", TABLES)
def test_the_records_are_the_same(register, monkeypatch):
	written = []
	many = inserting._write_rows
	monkeypatch.setattr(inserting, "_write_rows", lambda rows: (written.extend(rows), many(rows)))
	theirs = _made(register, lambda table: _by_data_import(register, table))
	assert not written
	ours = _made(register, lambda table: _by_register_import(register, table))
	assert [doctype for doctype, _values in written if doctype == register], "they were inserted one by one"
	assert ours == theirs


def _made(register: str, bring_in) -> list:
	"""Everything that hangs on the records a table makes; they are gone again afterwards."""
	before = set(frappe.get_all(register, pluck="name"))
	frappe.db.savepoint("before_table")
	bring_in(csv_of(*TABLES[register]))
	names = [
		name
		for name in frappe.get_all(register, order_by="creation asc, name asc", pluck="name")
		if name not in before
	]
	assert len(names) == len(TABLES[register]) - 1
	found = [_told(register, name, place) for place, name in enumerate(names)]
	frappe.db.rollback(save_point="before_table")
	return found


def _told(register: str, name: str, place: int) -> dict:
	row = frappe.db.get_value(register, name, "*", as_dict=True)
	keys = frappe.get_all("Name Key", {"record_type": register, "record": name}, pluck="name_key")
	versions = frappe.get_all(
		"Version", {"ref_doctype": register, "docname": name}, ["data", "owner", "docstatus"]
	)
	return {
		"record": _without_its_own(row),
		"rows": {
			df.fieldname: [
				_without_its_own(child)
				for child in frappe.db.get_values(
					df.options,
					{"parent": name, "parentfield": df.fieldname},
					"*",
					as_dict=True,
					order_by="idx asc",
				)
			]
			for df in frappe.get_meta(register).get_table_fields()
		},
		"keys": sorted(keys),
		"versions": [_origin(version) for version in versions],
	}


def _without_its_own(row: dict) -> dict:
	own = OF_ITS_OWN | ({"name"} if row.get("parenttype") else set())
	return {key: value for key, value in row.items() if key not in own}


def _origin(version) -> tuple:
	data = json.loads(version.data)
	assert data.pop("creation")
	assert data["updater_reference"].pop("docname")
	assert data["updater_reference"].pop("doctype")
	assert data["updater_reference"].pop("label")
	return data, version.owner, version.docstatus


def _by_data_import(register: str, table: str) -> None:
	from frappe.core.doctype.data_import.importer import Importer

	doc = frappe.get_doc(
		{
			"doctype": "Data Import",
			"reference_doctype": register,
			"import_type": "Insert New Records",
			"import_file": upload(table, "theirs.csv"),
			"mute_emails": 1,
		}
	).insert()
	# Each of its commits is a savepoint here, and none is to be undone before what it made was looked at.
	Importer(register, data_import=doc).import_data()
	logs = frappe.get_all(
		"Data Import Log", {"data_import": doc.name, "success": 0}, ["messages", "exception"]
	)
	assert not logs, logs


def _by_register_import(register: str, table: str) -> None:
	doc = imported(register, table)
	assert problems(doc) == []
	assert set(outcomes(doc)) == {"Added"}


@pytest.mark.parametrize(
	("values", "plain"),
	[
		({"city_name": "Nagoya", "population": 2_332_000, "latitude": 35.18}, True),
		({"city_name": "x" * 141}, False),
		({"population": 2**31}, False),
		({"population": "2147483648"}, False),
		({"notes": "<b>Port</b>"}, False),
		({"source": "a > b"}, False),
		({"region": ["Aichi"]}, False),
	],
)
def test_frappes_checks_are_left_out_only_where_they_plainly_find_nothing(values, plain):
	city = frappe.new_doc("Partner City")
	city.__dict__.update(values)
	assert checks.is_plain(city) is plain


def test_what_the_database_takes_for_one_name_is_refused_for_its_line_alone():
	"""Two names the rules cannot tell apart and the database can not either end as one record and one refusal."""
	table = csv_of(
		["City name", "Country"], ["Straße", "Germany"], ["Strasse", "Germany"], ["Ulm", "Germany"]
	)
	doc = imported("Partner City", table)
	assert sorted(outcomes(doc))[:2] == ["Added", "Added"]
	assert frappe.db.count("Partner City", {"country": "Germany"}) == 2


@pytest.mark.parametrize(
	("doctype", "values"),
	[
		(
			"Server Script",
			{"script_type": "DocType Event", "reference_doctype": "Partner City", "doctype_event": "Before Save",
			"script": "pass"},
		),
		(
			"Assignment Rule",
			{"document_type": "Partner City", "assign_condition": "1", "rule": "Round Robin",
			"users": [{"user": "Administrator"}], "assignment_days": [{"day": "Monday"}]},
		),
		("Milestone Tracker", {"document_type": "Partner City", "track_field": "region"}),
	],
	ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_rule_made_in_desk_has_records_inserted_one_by_one(doctype, values):
	frappe.get_doc({"doctype": doctype, "name": "A rule", "__newname": "A rule", **values}).db_insert()
	assert why_one_by_one("Partner City", importing_of("Partner City"))


def test_a_hook_of_another_app_has_records_inserted_one_by_one(monkeypatch):
	events = frappe.get_doc_hooks()
	changed = {
		**events,
		"Partner City": {**events.get("Partner City", {}), "on_update": ["another_app.hook"]},
	}
	monkeypatch.setattr(frappe, "get_doc_hooks", lambda: changed)
	assert "another_app.hook" in why_one_by_one("Partner City", importing_of("Partner City"))


@pytest.mark.parametrize(
	("register", "headings"),
	[("Partner City", ["City name", "Country"]), ("Trade Lead", ["Company", "Market"])],
)
def test_statements_grow_with_batches_and_not_with_lines(register, headings, monkeypatch):
	asked, run = [], frappe.local.db.sql
	monkeypatch.setattr(
		frappe.local.db, "sql", lambda *args, **more: (asked.append(args), run(*args, **more))[1]
	)
	counted = []
	for count in (10, 60):
		rows = [[f"Town {count} {number}", "Japan"] for number in range(count)]
		asked.clear()
		imported(register, csv_of(headings, *rows))
		counted.append(len(asked))
	# A handful of rows of settings that were read since; nothing for each line.
	assert counted[1] < counted[0] + 25


def test_undo_leaves_the_tables_as_they_were():
	def counted() -> dict:
		tables = ("Partner City", "Alternate Name", "Spoken Language", "Name Key", "Deleted Document")
		of_cities = {"ref_doctype": "Partner City"}
		return {table: frappe.db.count(table) for table in tables} | {
			"Version": frappe.db.count("Version", of_cities)
		}

	from city_diplomacy.register_imports import imports

	before = counted()
	doc = imported("Partner City", csv_of(*TABLES["Partner City"]))
	assert counted() != before
	imports.undo(doc.name)
	assert set(outcomes(doc)) == {"Taken Back"}
	assert counted() == before
