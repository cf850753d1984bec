"""The lists in `access/guarded.py` against the DocTypes of the Frappe that is installed."""

import frappe
import pytest

from city_diplomacy.access.guarded import (
	ABOUT_A_RECORD,
	NARROWED,
	child_tables,
	guarded_doctypes,
	is_guarded,
	parents_of,
)

pytestmark = pytest.mark.real_site

# Whoever may read rows of these runs the site, or reads only their own by Frappe's rules.
RUNS_THE_SITE = {"System Manager", "Administrator"}
# Rows of these name a record by choice of whoever writes them, who knows of it, and say nothing else of it.
WRITTEN_BY_WHO_KNOWS = {"Auto Repeat", "Event", "Quality Feedback", "Service Level Agreement"}
NOT_ONLY_NARROWED_BY_US = {"Notification Log", "Workflow Action"}


def test_every_row_about_a_record_is_found_by_columns_there_are():
	there = {doctype for doctype in ABOUT_A_RECORD if frappe.db.exists("DocType", doctype)}
	assert {"Comment", "Version", "ToDo", "File", "Tag Link", "Communication"} <= there
	missing = {
		doctype: columns
		for doctype, columns in ABOUT_A_RECORD.items()
		if doctype in there and not {*columns} <= {*frappe.get_meta(doctype).get_valid_columns()}
	}
	assert missing == {}


def test_the_columns_of_whose_own_a_row_is_are_there():
	there = [doctype for doctype in NARROWED if frappe.db.exists("DocType", doctype)]
	assert [
		doctype
		for doctype in there
		if not {*NARROWED[doctype]} <= {*frappe.get_meta(doctype).get_valid_columns()}
	] == []


def test_every_doctype_of_frappe_with_rows_about_any_record_is_listed():
	pairs = frappe.get_all(
		"DocField", {"fieldtype": "Dynamic Link"}, ["parent", "options"], limit_page_length=0
	)
	core = set(frappe.get_all("Module Def", {"app_name": "frappe"}, pluck="name"))
	unlisted = set()
	for pair in pairs:
		meta = frappe.get_meta(pair.parent)
		kind = meta.get_field(pair.options)
		any_doctype = kind and kind.fieldtype == "Link" and kind.options == "DocType"
		if any_doctype and meta.module in core and not meta.issingle and pair.parent not in ABOUT_A_RECORD:
			unlisted.add(pair.parent)
	assert unlisted - WRITTEN_BY_WHO_KNOWS <= {"Audit Trail", "Permission Inspector", "Webhook"}


def test_what_others_than_system_managers_read_of_them_is_narrowed():
	wider = set()
	for doctype in ABOUT_A_RECORD:
		if not frappe.db.exists("DocType", doctype) or frappe.get_meta(doctype).istable:
			continue
		rules = [rule for rule in frappe.get_meta(doctype).permissions if rule.read and not rule.permlevel]
		if any(not rule.if_owner and rule.role not in RUNS_THE_SITE for rule in rules):
			wider.add(doctype)
	assert wider - NARROWED.keys() - NOT_ONLY_NARROWED_BY_US - WRITTEN_BY_WHO_KNOWS == set()


def test_the_doctypes_of_this_app_are_guarded_and_those_of_others_are_not():
	assert {"MOU", "Approval Decision", "Trade Lead", "Partner City"} <= set(guarded_doctypes())
	assert {"MOU Party", "Council Vote", "Topic Link"} <= set(child_tables())
	assert is_guarded("MOU Party")
	assert is_guarded("City Diplomacy Settings")
	assert not any(is_guarded(doctype) for doctype in ("User", "Customer", "Project", "", None, 7, ["MOU"]))
	assert parents_of("Council Vote") == ["Council Action"]


def test_another_apps_doctype_is_guarded_while_it_is_routed():
	frappe.db.set_single_value("City Diplomacy Settings", "route_projects", 1)
	frappe.clear_document_cache("City Diplomacy Settings", "City Diplomacy Settings")
	assert is_guarded("Project")
	assert "Project" in guarded_doctypes()
