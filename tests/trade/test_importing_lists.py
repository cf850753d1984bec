"""A list is imported from its file: only what changed is written, nothing twice, and what vanished stays as removed."""

import json

import frappe
import pytest

from city_diplomacy.access.rights import OFFICER, TRADE
from city_diplomacy.domain.trade.screening.list_files import ListFileError
from city_diplomacy.trade_promotion.exceptions import ScreeningError
from city_diplomacy.trade_promotion.screening import lists
from city_diplomacy.trade_promotion.screening.api import import_list
from tests.data.screening import SAMPLE
from tests.factories import (
	acting_as,
	import_version,
	make_file,
	make_person,
	make_restricted_party_list,
)

PARTY, KEY = "Restricted Party", "Restricted Party Key"
FIRST = "id,name,aliases,kind,country,birth_date\n1,Example Port,Ex Port,organisation,IR,\n2,Sample Shipping,,,,\n"
SECOND = (
	"id,name,aliases,kind,country,birth_date\n1,Example Port,Ex Harbour,organisation,IR,\n3,New Metals,,,,\n"
)
MANY = "".join(f"{number},Company Number {number},,,,\n" for number in range(100, 140))


@pytest.fixture
def imported():
	return make_restricted_party_list(content=FIRST)


def stored(doc) -> dict:
	"""The rows of a list and their keys, by number and by name, with the moment each was last written."""
	rows = frappe.get_all(
		PARTY,
		{"restricted_party_list": doc.name},
		["name", "entry_id", "party_name", "aliases", "removed_on", "modified"],
		limit=0,
	)
	keys = frappe.get_all(
		KEY, {"restricted_party": ["in", [row.name for row in rows]]}, ["name", "restricted_party"], limit=0
	)
	return {
		"entries": {row.entry_id: row for row in rows},
		"keys": {(key.name, key.restricted_party) for key in keys},
	}


def test_an_import_enters_what_the_file_has(imported):
	assert (imported.status, imported.entries, imported.added, imported.broken) == ("Imported", 2, 2, 0)
	entry = stored(imported)["entries"]["1"]
	assert (entry.party_name, entry.aliases) == ("Example Port", "Ex Port")
	assert imported.version


def test_the_same_file_again_writes_nothing(imported):
	before = stored(imported)
	tally = import_version(imported, FIRST)
	assert stored(imported) == before
	assert tally.read == 0
	version = imported.version
	imported.reload()
	assert imported.version == version
	assert imported.added == 2


def test_the_same_file_in_another_format_is_read_anew():
	file = "_id,id,source,name,type,programs,addresses,alt_names\n7,1,A list,Example Port,Entity,SDGT,,\n"
	doc = make_restricted_party_list(content=file)
	assert stored(doc)["entries"]["1"].party_name == "Example Port"
	frappe.db.set_value("Restricted Party List", doc.name, "file_format", "Consolidated Screening List")
	tally = import_version(doc, file)
	assert (tally.added, tally.removed) == (1, 1)
	assert not stored(doc)["entries"]["7"].removed_on


def test_a_new_version_writes_what_changed_and_marks_what_vanished(imported):
	before = stored(imported)
	tally = import_version(imported, SECOND)
	after = stored(imported)
	assert (tally.added, tally.changed, tally.unchanged, tally.removed) == (1, 1, 0, 1)
	assert after["entries"]["1"].name == before["entries"]["1"].name
	assert after["entries"]["1"].aliases == "Ex Harbour"
	gone = after["entries"]["2"]
	assert gone.removed_on
	assert gone.name not in {party for _key, party in after["keys"]}


def test_what_comes_back_is_listed_again(imported):
	import_version(imported, SECOND)
	import_version(imported, FIRST)
	entry = stored(imported)["entries"]["2"]
	assert not entry.removed_on
	assert entry.name in {party for _key, party in stored(imported)["keys"]}


def test_broken_rows_are_told_in_the_readers_language_and_skip_nothing(imported):
	import_version(imported, f"{FIRST}4,,,,,\n5,Odd,,dragon,,\n6,Last Line Ltd,,,,\n")
	imported.reload()
	assert imported.broken == 2
	assert "6" in stored(imported)["entries"]
	said = lists.problems_in_words(imported)
	assert [row["line"] for row in said] == [4, 5]
	assert "“dragon” is no kind of party" in said[1]["reason"]


def test_an_entry_whose_row_is_broken_stays_listed_as_it_was(imported):
	before = stored(imported)
	tally = import_version(imported, FIRST.replace("2,Sample Shipping,,", "2,Sample Shipping,,dragon"))
	assert (tally.broken, tally.removed) == (1, 0)
	assert stored(imported) == before
	imported.reload()
	assert imported.entries == 2


def test_an_import_that_breaks_off_leaves_nothing_and_is_done_again():
	"""Whether most entries vanished is known when all lots are written; what they wrote is taken back."""
	doc = make_restricted_party_list(content=f"{FIRST}{MANY}")
	before = stored(doc)
	file = make_file("list.csv", SECOND).file_url
	frappe.db.set_value("Restricted Party List", doc.name, "file", file)
	frappe.db.commit()
	lists.run_import(doc.name, "Administrator")
	assert frappe.db.get_value("Restricted Party List", doc.name, "status") == "Failed"
	assert stored(doc) == before
	frappe.db.set_value("Restricted Party List", doc.name, "many_may_vanish", 1)
	lists.run_import(doc.name, "Administrator")
	once = stored(doc)
	assert {number for number, entry in once["entries"].items() if not entry.removed_on} == {"1", "3"}
	lists.run_import(doc.name, "Administrator")
	assert stored(doc) == once


def test_a_file_without_most_entries_is_refused_unless_somebody_says_so():
	many = "name\n" + "".join(f"Company Number {number}\n" for number in range(40))
	doc = make_restricted_party_list(content=many)
	few = "name\nCompany Number 1\n"
	frappe.db.savepoint("as_before")
	with pytest.raises(ListFileError, match="taken for incomplete"):
		import_version(doc, few)
	frappe.db.rollback(save_point="as_before")
	frappe.db.set_value("Restricted Party List", doc.name, "many_may_vanish", 1)
	assert import_version(doc, few).removed == 39


@pytest.mark.parametrize("content", ["", "title\nx\n", "{}"])
def test_a_file_that_is_no_list_is_refused_with_the_reason(content):
	doc = make_restricted_party_list(file=make_file("list.csv", content or " ").file_url)
	frappe.db.commit()
	with acting_as(make_person(TRADE).name):
		lists.run_import(doc.name, frappe.session.user)
	doc = frappe.get_doc("Restricted Party List", doc.name)
	assert doc.status == "Failed"
	doc.onload()
	assert doc.why_failed.startswith("The file ")
	assert not stored(doc)["entries"]


def test_a_trade_officer_imports_by_the_button():
	with acting_as(make_person(TRADE).name):
		doc = make_restricted_party_list(file=make_file("list.csv", FIRST).file_url)
		import_list(doc.name)
		frappe.db.commit()
	assert sorted(stored(doc)["entries"]) == ["1", "2"]


def test_nobody_else_imports_and_without_a_file_nothing_is():
	doc = make_restricted_party_list()
	with pytest.raises(ScreeningError, match="Attach the file"):
		import_list(doc.name)
	with acting_as(make_person(OFFICER).name), pytest.raises(frappe.PermissionError):
		import_list(doc.name)


def test_what_an_import_found_is_not_written_by_hand(imported):
	imported.update({"version": "made up", "status": "Failed", "imported_on": "2030-01-01", "entries": 7})
	imported.save()
	imported.reload()
	assert (imported.status, imported.entries) == ("Imported", 2)
	assert imported.version != "made up"


def test_entries_are_not_changed_by_hand(imported):
	entry = frappe.get_doc(PARTY, stored(imported)["entries"]["1"].name)
	entry.party_name = "Somebody else"
	with pytest.raises(ScreeningError, match="new version"):
		entry.save()


def test_words_of_a_file_do_not_run():
	doc = make_restricted_party_list(content="id,name\n1,<img src=x onerror=alert(1)> Port\n")
	assert "<" not in stored(doc)["entries"]["1"].party_name


def test_the_whole_sample_is_imported_in_lots():
	content = SAMPLE.read_text(encoding="utf-8").replace("id,name,aliases,type,", "id,name,aliases,kind,", 1)
	doc = make_restricted_party_list(content="\n".join(content.splitlines()[: lists.LOT * 2 + 7]) + "\n")
	assert (doc.added, doc.broken) == (lists.LOT * 2 + 6, 0)
	assert json.loads(doc.problems) == []
