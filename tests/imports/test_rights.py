"""Who may import, and who sees whose imports."""

import frappe
import pytest

from city_diplomacy.register_imports import api, imports, jobs, shown
from tests import factories
from tests.imports.tables import csv_of, imported, new_import, officer, outcomes, previewed, problems

TABLE = csv_of(["City name", "Country"], ["Nagoya", "Japan"])
VERBS = [
	(api.rows, {}),
	(api.refused, {}),
	(api.read, {}),
	(api.decide, {"line": 2, "decision": "Skip"}),
	(api.run, {}),
	(api.cancel, {}),
	(api.undo, {}),
	(api.resume, {}),
]


def head() -> str:
	return factories.make_user("import.head@city.example", "International Affairs Manager").name


def test_a_plain_officer_imports_what_they_may_create():
	with factories.acting_as(officer().name):
		doc = imported("Partner City", TABLE)
		assert outcomes(doc) == ["Added"]
		assert frappe.db.get_value("Partner City", "Nagoya, Japan", "owner") == officer().name
		imports.undo(doc.name)
		assert outcomes(doc) == ["Taken Back"]


def test_nobody_imports_what_they_may_not_create():
	trade = factories.make_user("import.trade@city.example", "Trade Officer")
	with factories.acting_as(trade.name):
		assert "Partner City" not in [one["value"] for one in api.registers()]
		assert "Trade Lead" in [one["value"] for one in api.registers()]
		with pytest.raises(frappe.PermissionError):
			new_import("Partner City", TABLE)


def test_nobody_imports_into_what_is_no_register():
	with pytest.raises(frappe.PermissionError):
		new_import("User", csv_of(["Email"], ["a@city.example"]))


@pytest.mark.parametrize(("verb", "more"), VERBS, ids=lambda value: getattr(value, "__name__", ""))
def test_an_import_of_somebody_else_is_not_there(verb, more):
	doc = previewed("Partner City", TABLE)
	with factories.acting_as(officer().name), pytest.raises(frappe.PermissionError) as refusal:
		verb(name=doc.name, **more)
	with factories.acting_as(officer().name), pytest.raises(frappe.PermissionError) as unknown:
		verb(name="RI-2026-9999", **more)
	assert str(refusal.value).replace(doc.name, "") == str(unknown.value).replace("RI-2026-9999", "")


@pytest.mark.parametrize("verb", ["read", "decide", "run", "resume"])
def test_a_manager_does_not_go_on_with_an_import_of_somebody_else(verb):
	"""What is found by the manager's rights would be shown to the owner."""
	factories.make_partner_city("Nagoya")
	with factories.acting_as(officer().name):
		doc = previewed("Partner City", TABLE)
		assert doc.run_method("onload") is None
		assert doc.get("__onload")["is_own"]
	more = {"line": 2, "decision": "Skip"} if verb == "decide" else {}
	before = outcomes(doc)
	with factories.acting_as(head()):
		shown_to_head = frappe.get_doc("Register Import", doc.name)
		shown_to_head.run_method("onload")
		assert not shown_to_head.get("__onload")["is_own"]
		with pytest.raises(frappe.PermissionError, match="somebody else's"):
			getattr(api, verb)(name=doc.name, **more)
	assert outcomes(doc) == before == ["Duplicate"]


def test_a_manager_looks_at_an_import_of_somebody_else_cancels_it_and_takes_it_back(monkeypatch):
	with factories.acting_as(officer().name):
		doc = imported("Partner City", TABLE)
	with factories.acting_as(head()):
		assert [row["outcome"] for row in api.rows(name=doc.name)["rows"]] == ["Added"]
		with monkeypatch.context() as patched:
			patched.setattr(jobs, "enqueue", lambda name: None)
			api.undo(name=doc.name)
		api.cancel(name=doc.name)
		api.undo(name=doc.name)
	assert outcomes(doc) == ["Taken Back"]


def test_lists_show_people_their_own_imports_and_managers_all():
	theirs = new_import("Partner City", TABLE).name
	with factories.acting_as(officer().name):
		own = new_import("Partner City", TABLE).name
		assert frappe.get_list("Register Import", pluck="name") == [own]
		with pytest.raises(frappe.PermissionError):
			frappe.get_list("Register Import Line")
	with factories.acting_as(head()):
		assert {own, theirs} <= set(frappe.get_list("Register Import", pluck="name", limit_page_length=0))


def test_a_client_says_nothing_of_how_far_an_import_is():
	doc = new_import("Partner City", TABLE)
	doc.update({"status": "Imported", "added": 7, "owner": officer().name})
	doc.save()
	doc.reload()
	assert (doc.status, doc.added, doc.owner) == ("New", 0, "Administrator")


@pytest.mark.parametrize("place", [2147483647, -5, 0, "x"])
@pytest.mark.parametrize("named", [True, False], ids=["named", "unnamed"])
def test_a_client_says_of_a_column_its_field_and_nothing_else(place, named):
	doc = new_import("Partner City", csv_of(["City name", "Land"], ["", "Japan"], ["Nagoya", "Japan"]))
	stored = [(row.place, row.heading, row.examples) for row in doc.columns]
	sent = [
		{"place": place, "heading": "x", "examples": "x", "field": label}
		for label in ("City name", "Country")
	]
	for row, column in zip(sent, doc.columns, strict=True):
		row.update({"name": column.name} if named else {})
	doc.set("columns", sent)
	doc.save()
	doc.reload()
	assert [(row.place, row.heading, row.examples) for row in doc.columns] == stored
	assert [row.path for row in doc.columns] == ["city_name", "country"]
	imports.read(doc.name)
	assert outcomes(doc) == ["Refused", "Add"]
	assert "City name,Land,Why it was refused" in shown.refused_as_csv(doc)


def test_a_column_a_client_leaves_out_fills_nothing_and_stays():
	doc = new_import("Partner City", csv_of(["City name", "Country", "Region"], ["Nagoya", "Japan", "Aichi"]))
	doc.set(
		"columns", [{"place": 2, "field": "Country"}, {"name": doc.columns[0].name, "field": "City name"}]
	)
	doc.save()
	assert [(row.heading, row.path) for row in doc.reload().columns] == [
		("City name", "city_name"),
		("Country", "country"),
		("Region", ""),
	]


def test_a_link_finds_nothing_the_person_may_not_see():
	"""An engagement about a confidential agreement cannot be told from one about none that is there."""
	agreement = factories.make_agreement(confidential=1)
	table = csv_of(["Subject", "Starts on", "Agreement"], ["Call", "2026-01-01", agreement.name])
	with factories.acting_as(officer().name):
		why = problems(previewed("Partner Engagement", table))[0]
	assert why[1] == "Agreement"
	assert "There is no" in why[2]


def test_an_import_makes_agreements_as_drafts_and_moves_none():
	"""What moves an agreement is its approval; the columns for it are not offered, and the guards hold below."""
	partner = factories.make_partner_city("Nagoya")
	doc = new_import(
		"MOU", csv_of(["Title", "Agreement type", "workflow_state"], ["Ports", "Memorandum", "Active"])
	)
	assert {row.heading: row.path for row in doc.columns}["workflow_state"] == ""
	agreement = factories.make_agreement(partner)
	before = frappe.get_doc("MOU", agreement.name).as_dict()
	table = csv_of(["ID", "Title"], [agreement.name, "Renamed by an import"])
	imported("MOU", table)
	after = frappe.get_doc("MOU", agreement.name)
	assert (after.workflow_state, after.docstatus) == (before.workflow_state, 0)
	assert after.title == "Renamed by an import"
