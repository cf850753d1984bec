"""Whatever hooks.py, patches.txt and modules.txt name is there."""

import re

import pytest

from city_diplomacy.access.guarded import ABOUT_A_RECORD
from city_diplomacy.moved_methods import MOVED_METHODS
from tests.static.sources import APP, doctypes, file_of, hooks, is_known, resolves

DOCUMENT_EVENTS = {
	"before_insert", "validate", "before_save", "on_update", "after_insert", "before_submit", "on_submit",
	"before_cancel", "on_cancel", "before_update_after_submit", "on_update_after_submit", "before_discard",
	"on_discard", "before_rename", "after_rename", "on_trash", "after_delete", "on_change",
}  # fmt: skip
PER_DOCTYPE = ("doc_events", "has_permission", "permission_query_conditions", "routed_doctypes", "doctype_js")


def _strings(value):
	if isinstance(value, str):
		yield value
	elif isinstance(value, dict):
		for key, item in value.items():
			yield from _strings(key)
			yield from _strings(item)
	elif isinstance(value, list | tuple):
		for item in value:
			yield from _strings(item)


def _dotted_paths():
	return sorted(
		{
			text
			for name, value in hooks().items()
			if not name.startswith("_")
			for text in _strings(value)
			# Where methods were once has its own test in tests/upgrade.
			if text not in MOVED_METHODS
			if re.fullmatch(r"city_diplomacy(\.\w+)+", text)
		}
	)


@pytest.mark.parametrize("path", _dotted_paths())
def test_a_dotted_path_in_the_hooks_resolves(path):
	assert resolves(path)


def _patches() -> list[str]:
	lines = (APP / "patches.txt").read_text().splitlines()
	return [line.split()[0] for line in lines if line and line[0] not in "#["]


def test_every_patch_has_its_function():
	assert [patch for patch in _patches() if not resolves(f"{patch}.execute")] == []


def test_every_patch_file_is_listed():
	written = {path.stem for path in (APP / "patches").glob("v*/*.py")} - {"__init__"}
	assert written <= {patch.rpartition(".")[2] for patch in _patches()}


@pytest.mark.parametrize("module", (APP / "modules.txt").read_text().split("\n")[:-1])
def test_a_module_is_a_package(module):
	assert file_of(f"city_diplomacy.{module.lower().replace(' ', '_')}")


@pytest.mark.parametrize("hook", PER_DOCTYPE)
def test_a_hook_per_doctype_names_doctypes_there_are(hook):
	# That Frappe has the DocTypes with rows about a record is tested on a real site, in tests/doors.
	# The same holds for what ERPNext deletes transactions with and for prepared reports, in tests/approvals.
	elsewhere = {"Transaction Deletion Record", "Prepared Report"}
	named = hooks().get(hook, {}).keys() - ABOUT_A_RECORD.keys() - elsewhere
	assert [doctype for doctype in named if not is_known(doctype)] == []


def test_doc_events_are_events_frappe_raises_and_none_is_for_every_doctype():
	for doctype, events in hooks()["doc_events"].items():
		assert doctype != "*"
		assert set(events) <= DOCUMENT_EVENTS


def test_form_scripts_are_there():
	scripts = [script for value in hooks().get("doctype_js", {}).values() for script in _strings(value)]
	assert [script for script in scripts if not (APP / script).is_file()] == []


def test_website_routes_lead_to_pages():
	routes = [rule["to_route"] for rule in hooks().get("website_route_rules", [])]
	assert [route for route in routes if not (APP / "www" / f"{route}.html").is_file()] == []


def test_every_page_has_its_html():
	scripts = [path for path in (APP / "www").glob("*.py") if path.stem != "__init__"]
	assert [path.name for path in scripts if not path.with_suffix(".html").is_file()] == []


def test_fixtures_are_doctypes_of_our_own():
	assert [fixture["dt"] for fixture in hooks()["fixtures"] if fixture["dt"] not in doctypes()] == []


def test_transaction_deletion_leaves_every_doctype_with_a_company_alone():
	ignored = set(hooks()["company_data_to_be_ignored"])
	linked = {
		name
		for name, doctype in doctypes().items()
		if any(
			field.get("options") == "Company" and field["fieldtype"] == "Link" for field in doctype["fields"]
		)
	}
	assert linked <= ignored
	# Of ERPNext: who is asked hangs on the one, the other may be routed.
	assert ignored - set(doctypes()) == {"Department", "Project"}
