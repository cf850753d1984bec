"""Cancelled, killed, run again, undone in part: nothing twice, and nothing lost that somebody touched."""

import csv
import io

import frappe
import pytest

from city_diplomacy.domain.imports.states import ImportStatus, LineDecision
from city_diplomacy.register_imports import api, imports, jobs, lines, shown, store
from city_diplomacy.register_imports.exceptions import ImportStateError
from city_diplomacy.register_imports.steps import planning, undoing, writing
from tests import factories
from tests.guest_links.sending import send
from tests.imports.tables import csv_of, imported, new_import, outcomes, previewed, problems, upload

HEAD = ["City name", "Country", "Population"]
NAMES = ("Nagoya", "Osaka", "Kobe", "Sapporo", "Fukuoka")
TABLE = csv_of(HEAD, *([name, "Japan", "7"] for name in NAMES))


@pytest.fixture
def small_batches(monkeypatch):
	monkeypatch.setattr(writing, "BATCH", 2)


def test_an_import_is_done_in_batches(small_batches):
	assert outcomes(imported("Partner City", TABLE)) == ["Added"] * 5


def test_what_was_killed_in_the_middle_goes_on_and_does_nothing_twice(small_batches, monkeypatch):
	"""A worker that dies takes the batch under way with it; what was committed before stays."""
	doc = previewed("Partner City", TABLE)
	monkeypatch.setattr(jobs, "enqueue", lambda name: None)
	imports.run(doc.name)
	jobs.go_on(doc.name)
	assert frappe.db.count("Partner City") == 2
	frappe.db.savepoint("killed")
	writing.step(store.locked(doc.name))
	frappe.db.rollback(save_point="killed")
	assert outcomes(doc) == ["Added", "Added", "Add", "Add", "Add"]
	with pytest.raises(ImportStateError, match="still running"):
		imports.resume(doc.name)
	frappe.db.set_value(store.IMPORT, doc.name, "progressed_on", "2020-01-01 00:00:00")
	imports.resume(doc.name)
	for _job in range(4):
		jobs.go_on(doc.name)
	assert outcomes(doc) == ["Added"] * 5
	assert frappe.db.count("Partner City") == 5


@pytest.mark.parametrize("in_a_batch", [True, False], ids=["in a batch", "at its beginning"])
@pytest.mark.parametrize("error", [frappe.QueryTimeoutError, frappe.QueryDeadlockError])
def test_a_batch_is_done_again_after_somebody_else_held_what_it_needs(in_a_batch, error, monkeypatch):
	doc = previewed("Partner City", TABLE)
	monkeypatch.setattr(jobs, "enqueue", lambda name: None)
	imports.run(doc.name)
	frappe.db.commit()

	def held(row):
		frappe.db.set_value(store.IMPORT, doc.name, "why", "Half done")
		raise error("Lock wait timeout exceeded")

	with monkeypatch.context() as patched:
		if in_a_batch:
			patched.setitem(jobs.STEPS, ImportStatus.IMPORTING, (held, ImportStatus.IMPORTED))
		else:
			patched.setattr(store, "locked", held)
		with pytest.raises(frappe.RetryBackgroundJobError):
			jobs.go_on(doc.name)
	assert (doc.reload().status, doc.why or "") == ("Importing", "")
	jobs.go_on(doc.name)
	assert outcomes(doc) == ["Added"] * 5


def test_a_cancelled_import_keeps_what_was_done_and_can_go_on(small_batches, monkeypatch):
	doc = previewed("Partner City", TABLE)
	enqueue = jobs.enqueue
	monkeypatch.setattr(jobs, "enqueue", lambda name: None)
	imports.run(doc.name)
	jobs.go_on(doc.name)
	imports.cancel(doc.name)
	jobs.go_on(doc.name)
	assert outcomes(doc) == ["Added", "Added", "Add", "Add", "Add"]
	assert doc.reload().status == "Cancelled"
	monkeypatch.setattr(jobs, "enqueue", enqueue)
	imports.run(doc.name)
	assert outcomes(doc) == ["Added"] * 5


def test_the_same_file_again_adds_nothing():
	imported("Partner City", TABLE)
	doc = previewed("Partner City", TABLE)
	assert outcomes(doc) == ["Duplicate"] * 5
	with pytest.raises(ImportStateError, match="nothing to import"):
		imports.run(doc.name)


def test_what_was_entered_since_the_preview_is_not_entered_again():
	doc = previewed("Partner City", TABLE)
	factories.make_partner_city("Kobe")
	imports.run(doc.name)
	assert outcomes(doc) == ["Added", "Added", "Duplicate", "Added", "Added"]


def test_undo_leaves_and_names_what_somebody_touched_since():
	doc = imported("Partner City", TABLE)
	changed = frappe.get_doc("Partner City", "Osaka, Japan")
	changed.source = "By hand"
	changed.save()
	factories.make_trade_lead("Works", partner_city="Kobe, Japan")
	factories.make_file("notes.txt", attached_to_doctype="Partner City", attached_to_name="Sapporo, Japan")
	imports.undo(doc.name)
	assert outcomes(doc) == ["Taken Back", "Left", "Left", "Left", "Taken Back"]
	assert sorted(frappe.get_all("Partner City", pluck="name")) == [
		"Kobe, Japan",
		"Osaka, Japan",
		"Sapporo, Japan",
	]
	told = {line: why for line, _column, why in problems(doc)}
	assert "changed since" in told[3]
	assert "attached" in told[5]


def test_an_organisation_a_guest_link_is_about_is_not_taken_back():
	table = csv_of(
		["Organisation name", "Kind", "E-mail"],
		["Harbor Society", "Community association", "office@harbor.example"],
		["Casa", "Cultural centre", ""],
	)
	doc = imported("Diaspora Organisation", table)
	harbor = lines.read(doc.name)[0].record
	link, _token = send(frappe.get_doc("Diaspora Organisation", harbor))
	imports.undo(doc.name)
	assert outcomes(doc) == ["Left", "Taken Back"]
	((line, _column, why),) = problems(doc)
	assert (line, why) == (2, "Something was attached to it or sent about it since, and it is left as it is.")
	assert frappe.get_all("Diaspora Organisation", pluck="name") == [harbor]
	assert frappe.db.get_value("Guest Link", link, "reference_name") == harbor


def test_a_change_is_put_back_only_where_nobody_changed_it_since():
	for name in NAMES[:2]:
		factories.make_partner_city(name, population=1, source="Before")
	doc = imported(
		"Partner City", csv_of(["ID", "Population"], ["Nagoya, Japan", "8"], ["Osaka, Japan", "8"])
	)
	osaka = frappe.get_doc("Partner City", "Osaka, Japan")
	osaka.source = "After"
	osaka.save()
	imports.undo(doc.name)
	assert outcomes(doc) == ["Taken Back", "Left"]
	populations = frappe.get_all("Partner City", fields=["name", "population"], order_by="name asc")
	assert [(city.name, city.population) for city in populations] == [
		("Nagoya, Japan", 1),
		("Osaka, Japan", 8),
	]


@pytest.mark.parametrize("batch", [1, 100])
def test_what_several_lines_did_to_one_record_is_taken_back_line_by_line(batch, monkeypatch):
	monkeypatch.setattr(undoing, "BATCH", batch)
	factories.make_partner_city("Osaka", population=1)
	table = csv_of(
		["ID", *HEAD],
		["", "Mumbai", "India", "5"],
		["", "Bombay", "India", "6"],
		["Osaka, Japan", "", "", "7"],
		["Osaka, Japan", "", "", "8"],
	)
	doc = imported("Partner City", table)
	imports.decide(doc.name, 3, LineDecision.UPDATE)
	imports.run(doc.name)
	assert outcomes(doc) == ["Added", "Changed", "Changed", "Changed"]
	imports.undo(doc.name)
	assert outcomes(doc) == ["Taken Back"] * 4
	assert frappe.get_all("Partner City", fields=["name", "population"]) == [
		{"name": "Osaka, Japan", "population": 1}
	]


def test_an_import_that_has_begun_takes_no_other_file_and_no_second_look():
	doc = imported("Partner City", TABLE)
	with pytest.raises(ImportStateError):
		imports.read(doc.name)
	doc.columns[2].field = ""
	with pytest.raises(ImportStateError):
		doc.save()


def test_another_field_for_a_column_asks_for_a_new_preview():
	doc = previewed("Partner City", TABLE)
	doc.columns[2].field = ""
	doc.save()
	assert doc.status == "New"
	assert lines.count(doc.name) == {}
	with pytest.raises(ImportStateError, match="preview first"):
		imports.run(doc.name)


def test_another_file_with_the_same_headings_asks_for_a_new_preview():
	doc = previewed("Partner City", csv_of(HEAD, ["Nagoya", "Japan", "7"]))
	doc.file = upload(csv_of(HEAD, ["Osaka", "Japan", "7"]), "second.csv")
	doc.save()
	assert (doc.reload().status, doc.lines) == ("New", 0)
	assert [(row.heading, row.path) for row in doc.columns] == [
		("City name", "city_name"),
		("Country", "country"),
		("Population", "population"),
	]
	with pytest.raises(ImportStateError, match="preview first"):
		imports.run(doc.name)
	imports.read(doc.name)
	imports.run(doc.name)
	assert frappe.get_all("Partner City", pluck="name") == ["Osaka, Japan"]


def test_refused_lines_are_downloaded_mended_and_imported():
	doc = imported("Partner City", csv_of(HEAD, ["Nagoya", "Japan", "many"], ["+Osaka", "Japan", "1"]))
	assert outcomes(doc) == ["Refused", "Added"]
	rows = list(csv.reader(io.StringIO(shown.refused_as_csv(doc))))
	assert rows[0][-1] == "Why it was refused"
	assert "Population: many is not a whole number" in rows[1][-1]
	again = imported("Partner City", csv_of(*rows).replace("many", "8"))
	assert outcomes(again) == ["Added"]


def test_what_a_spreadsheet_would_work_out_is_made_harmless_in_the_download():
	doc = previewed("Partner City", csv_of(HEAD, ["=cmd|'x'!A0", "Japan", "1"], ["@x", "Japan", "1"]))
	rows = list(csv.reader(io.StringIO(shown.refused_as_csv(doc))))
	assert [row[0] for row in rows[1:]] == ["'=cmd|'x'!A0", "'@x"]


def test_a_running_import_is_not_deleted_and_a_deleted_one_leaves_no_lines(monkeypatch):
	doc = previewed("Partner City", TABLE)
	monkeypatch.setattr(jobs, "enqueue", lambda name: None)
	imports.run(doc.name)
	with pytest.raises(ImportStateError, match="Cancel this import"):
		frappe.delete_doc("Register Import", doc.name)
	imports.cancel(doc.name)
	frappe.delete_doc("Register Import", doc.name)
	assert frappe.db.count("Register Import Line") == 0


def test_the_page_of_an_import_shows_lines_by_what_they_come_to():
	doc = previewed("Partner City", csv_of(HEAD, ["Nagoya", "Japan", "many"], ["Osaka", "Japan", "1"]))
	page = api.rows(name=doc.name, outcome="Refused")
	assert page["counts"] == {"Refused": 1, "Add": 1}
	assert page["headings"] == HEAD
	assert [row["cells"] for row in page["rows"]] == [["Nagoya", "Japan", "many"]]
	assert page["rows"][0]["problems"][0]["column"] == "Population"
	assert doc.status == ImportStatus.READY


@pytest.mark.parametrize(
	("register", "table"),
	[
		("Partnership Topic", csv_of(["Topic"], *([f"Topic {number}"] for number in range(5)))),
		("Partner City", csv_of(["ID", "Population"], *([f"{name}, Japan", "7"] for name in NAMES))),
	],
	ids=["inserted one by one", "changing records"],
)
def test_what_is_saved_line_by_line_holds_its_locks_for_a_few_lines(register, table, monkeypatch):
	for name in NAMES:
		factories.make_partner_city(name)
	monkeypatch.setattr(planning, "LOCKING", 2)
	monkeypatch.setattr(jobs, "enqueue", lambda name: None)
	doc = new_import(register, table)
	imports.read(doc.name)
	jobs.go_on(doc.name)
	jobs.go_on(doc.name)
	assert outcomes(doc).count("Waiting") == 3
