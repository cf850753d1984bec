"""Every DocType file is whole: its links, tables, defaults, titles and rights name things there are."""

import re

import pytest

from city_diplomacy.access.rights import DOCTYPE_PERMISSIONS, RIGHTS
from tests.static.sources import APP, defined_in, doctypes, fields_of, is_known

LAYOUT = {"Section Break", "Column Break", "Tab Break", "HTML", "Heading", "Button", "Fold"}
COLUMNS_OF_EVERY_DOCTYPE = {"name", "owner", "creation", "modified", "modified_by", "docstatus", "idx"}
EXPRESSIONS = ("depends_on", "mandatory_depends_on", "read_only_depends_on", "collapsible_depends_on")

every_doctype = pytest.mark.parametrize("doctype", doctypes().values(), ids=lambda doctype: doctype["name"])


def _fields(doctype: dict, *fieldtypes: str) -> list[dict]:
	return [field for field in doctype["fields"] if field["fieldtype"] in fieldtypes]


def _scrubbed(name: str) -> str:
	return re.sub(r"\W+", "_", name.lower())


@every_doctype
def test_it_lies_in_its_module_with_its_controller(doctype):
	folder = APP / _scrubbed(doctype["module"]) / "doctype" / _scrubbed(doctype["name"])
	assert doctype["path"] == folder / f"{folder.name}.json"
	assert doctype["module"] in (APP / "modules.txt").read_text().splitlines()
	controller, name = folder / f"{folder.name}.py", doctype["name"].replace(" ", "")
	assert controller.is_file(), f"write its controller, {controller.relative_to(APP)}"
	assert name in defined_in(controller), f"{controller.name}: name the class {name}, as Frappe looks for it"


@every_doctype
def test_its_fields_are_each_there_once_and_in_order(doctype):
	names = [field["fieldname"] for field in doctype["fields"]]
	assert len(names) == len(set(names))
	assert doctype["field_order"] == names


@every_doctype
def test_its_links_lead_to_doctypes_there_are(doctype):
	lost = [
		f"{field['fieldname']} leads to {field['options']}, which is neither ours nor in sandbox/doctypes/"
		for field in _fields(doctype, "Link")
		if not is_known(field["options"])
	]
	assert not lost, "\n".join(lost)


@every_doctype
def test_its_tables_hold_child_tables(doctype):
	for field in _fields(doctype, "Table", "Table MultiSelect"):
		child = doctypes()[field["options"]]
		assert child.get("istable"), field["fieldname"]
		if field["fieldtype"] == "Table MultiSelect":
			assert _fields(child, "Link"), field["fieldname"]


@every_doctype
def test_its_dynamic_links_name_the_field_with_the_doctype(doctype):
	fields = fields_of(doctype["name"])
	for field in _fields(doctype, "Dynamic Link"):
		chooser = fields[field["options"]]
		names = chooser.get("options", "").split("\n") if chooser["fieldtype"] == "Select" else ["DocType"]
		assert chooser["fieldtype"] == "Select" or chooser["options"] == "DocType"
		assert [name for name in names if name and not is_known(name)] == []


@every_doctype
def test_its_choices_differ_and_hold_their_default(doctype):
	for field in _fields(doctype, "Select"):
		choices = field.get("options", "").split("\n")
		assert len(choices) == len(set(choices)), field["fieldname"]
		assert field.get("default", choices[0]) in choices, field["fieldname"]


@every_doctype
def test_its_fetched_values_come_through_a_link(doctype):
	fields = fields_of(doctype["name"])
	for field in doctype["fields"]:
		if source := field.get("fetch_from"):
			link, _, fetched = source.partition(".")
			assert fields[link]["fieldtype"] == "Link"
			assert fetched in fields_of(fields[link]["options"])


@every_doctype
def test_its_title_search_and_sorting_use_its_own_fields(doctype):
	own = {field["fieldname"] for field in doctype["fields"] if field["fieldtype"] not in LAYOUT}
	own |= COLUMNS_OF_EVERY_DOCTYPE
	named = [name.strip() for name in (doctype.get("search_fields") or "").split(",") if name.strip()]
	named += [doctype[key] for key in ("title_field", "sort_field", "image_field") if doctype.get(key)]
	assert [name for name in named if name not in own] == []


@every_doctype
def test_its_naming_uses_its_own_fields(doctype):
	autoname = doctype.get("autoname", "")
	own = set(fields_of(doctype["name"]))
	if autoname.startswith("field:"):
		assert autoname.removeprefix("field:") in own
	if autoname.startswith("format:"):
		placeholders = set(re.findall(r"{(\w+)}", autoname)) - {"YYYY", "YY", "MM", "DD"}
		assert placeholders <= own


@every_doctype
def test_its_conditions_ask_for_its_own_fields(doctype):
	own = set(fields_of(doctype["name"])) | COLUMNS_OF_EVERY_DOCTYPE | {"__islocal"}
	for field in doctype["fields"]:
		for key in EXPRESSIONS:
			asked = field.get(key) or ""
			names = re.findall(r"\bdoc\.(\w+)", asked) if asked.startswith("eval:") else [asked]
			assert [name for name in names if name and name not in own] == [], field["fieldname"]


@every_doctype
def test_its_connections_are_links_back_to_it(doctype):
	for link in doctype["links"]:
		other = doctypes()[link["link_doctype"]]
		holders = [
			other,
			*(doctypes()[table["options"]] for table in _fields(other, "Table", "Table MultiSelect")),
		]
		fields = [field for holder in holders for field in holder["fields"]]
		found = [field for field in fields if field["fieldname"] == link["link_fieldname"]]
		leads_here = [
			f for f in found if f["fieldtype"] == "Dynamic Link" or f.get("options") == doctype["name"]
		]
		assert leads_here, f"{other['name']} and its tables have no {link['link_fieldname']} that leads here"


@every_doctype
def test_money_is_shown_in_the_currency_beside_it(doctype):
	fields = fields_of(doctype["name"])
	for field in _fields(doctype, "Currency"):
		assert fields[field["options"]].get("options") == "Currency", field["fieldname"]


@every_doctype
def test_what_can_be_submitted_can_name_what_it_amends(doctype):
	if doctype.get("is_submittable"):
		assert fields_of(doctype["name"])["amended_from"]["options"] == doctype["name"]


@every_doctype
def test_its_rights_are_those_of_the_one_table(doctype):
	stated = {
		row["role"]: {right for right in RIGHTS.values() if row.get(right)} for row in doctype["permissions"]
	}
	table = {
		role: {RIGHTS[letter] for letter in letters}
		for role, letters in DOCTYPE_PERMISSIONS.get(doctype["name"], {}).items()
	}
	wrong = [
		f"{role}: access/rights.py says {sorted(table.get(role, ()))}, the DocType {sorted(stated.get(role, ()))}"
		for role in sorted(stated | table)
		if stated.get(role) != table.get(role)
	]
	assert not wrong, "\n".join(wrong)


@every_doctype
def test_nobody_may_cancel_amend_or_share_it(doctype):
	granted = {right for row in doctype["permissions"] for right, value in row.items() if value}
	assert not granted & {"cancel", "amend", "share"}


def test_the_table_of_rights_names_every_doctype_that_stands_alone():
	alone = {name for name, doctype in doctypes().items() if not doctype.get("istable")}
	wrong = [
		f'Add a row for "{name}" to access/rights.py' for name in sorted(alone - set(DOCTYPE_PERMISSIONS))
	]
	wrong += [
		f'Take "{name}" out of access/rights.py: there is no such DocType, or it is a table'
		for name in sorted(set(DOCTYPE_PERMISSIONS) - alone)
	]
	assert not wrong, "\n".join(wrong)


def test_people_and_departments_of_the_engine_are_not_narrowed_by_user_permissions():
	for name in ("Approval Route", "Approval Clearance", "Approval Decision", "Routing Policy"):
		for field in _fields(doctypes()[name], "Link"):
			if field["options"] in ("Company", "Employee", "User", "Department"):
				assert field.get("ignore_user_permissions"), f"{name}.{field['fieldname']}"
