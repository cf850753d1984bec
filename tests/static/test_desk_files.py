"""Reports, cards, charts, print formats and workspaces name DocTypes, fields, roles and methods there are."""

import json
import re

import pytest

from city_diplomacy.access.rights import DOCTYPE_PERMISSIONS, ROLES
from tests.static.sources import APP, CHECKOUT, fields_of, is_known, resolves

ROOMS = (
	"report",
	"number_card",
	"dashboard_chart",
	"dashboard_chart_source",
	"print_format",
	"notification",
	"web_form",
	"workspace",
	"page",
)
NAMES_A_DOCTYPE = ("ref_doctype", "document_type", "doc_type", "reference_doctype")
NAMES_A_FIELD = (
	"group_by_based_on",
	"aggregate_function_based_on",
	"based_on",
	"value_based_on",
	"date_changed",
)
ROLES_OF_FRAPPE = {"System Manager", "Administrator", "All", "Guest", "Desk User"}
COLUMNS_OF_EVERY_DOCTYPE = {
	"name",
	"owner",
	"creation",
	"modified",
	"modified_by",
	"docstatus",
	"workflow_state",
}

FILES = sorted(path for room in ROOMS for path in APP.glob(f"*/{room}/*/*.json"))
every_file = pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(CHECKOUT)))


def _read(path) -> dict:
	return json.loads(path.read_text())


def _scrubbed(name: str) -> str:
	return re.sub(r"\W+", "_", name.lower())


def _rows(value):
	"""Every object in a file, the file's own and those inside it."""
	if isinstance(value, dict):
		yield value
		for item in value.values():
			yield from _rows(item)
	elif isinstance(value, list):
		for item in value:
			yield from _rows(item)


@every_file
def test_it_lies_where_frappe_looks_for_it(path):
	written = _read(path)
	assert path.stem == path.parent.name == _scrubbed(written["name"])
	assert path.parents[1].name == _scrubbed(written["doctype"])
	module = written.get("module")
	assert _scrubbed(module) == path.relative_to(APP).parts[0]


@every_file
def test_it_names_doctypes_there_are(path):
	named = {row[key] for row in _rows(_read(path)) for key in NAMES_A_DOCTYPE if row.get(key)}
	lost = sorted(name for name in named if not is_known(name))
	assert not lost, f"neither ours nor in sandbox/doctypes/: {lost}"


@every_file
def test_it_names_fields_there_are(path):
	written = _read(path)
	doctype = next((written[key] for key in NAMES_A_DOCTYPE if written.get(key)), None)
	named = {written[key] for key in NAMES_A_FIELD if written.get(key)}
	for filters in ("filters_json", "dynamic_filters_json"):
		parsed = json.loads(written.get(filters) or "[]")
		named |= {row[1] for row in parsed if isinstance(row, list)}
	known = (set(fields_of(doctype)) if doctype else set()) | COLUMNS_OF_EVERY_DOCTYPE
	assert named <= known, f"{doctype} has no {sorted(named - known)}"


@every_file
def test_it_names_roles_there_are(path):
	named = {row["role"] for row in _rows(_read(path)) if row.get("role")}
	lost = named - set(ROLES) - ROLES_OF_FRAPPE
	assert not lost, f"no roles of ours or Frappe's: {sorted(lost)}"


@every_file
def test_its_method_resolves(path):
	method = _read(path).get("method")
	assert not method or not method.startswith("city_diplomacy.") or resolves(method)


@every_file
def test_a_workspace_leads_to_things_there_are(path):
	ours = {(_read(file)["doctype"], _read(file)["name"]) for file in FILES}
	lost = [
		row["link_to"]
		for row in _rows(_read(path))
		if row.get("link_to")
		and (
			not is_known(row["link_to"])
			if row.get("link_type", row.get("type")) == "DocType"
			else row.get("link_type", row.get("type")) == "Report" and ("Report", row["link_to"]) not in ours
		)
	]
	lost += [
		row["number_card_name"]
		for row in _rows(_read(path))
		if row.get("number_card_name") and ("Number Card", row["number_card_name"]) not in ours
	]
	lost += [
		row["chart_name"]
		for row in _rows(_read(path))
		if row.get("doctype") != "Dashboard Chart"
		and row.get("chart_name")
		and ("Dashboard Chart", row["chart_name"]) not in ours
	]
	assert lost == []


@pytest.mark.parametrize(
	"kind", [("report", "link_to"), ("number_card", "number_card_name"), ("dashboard_chart", "chart_name")]
)
def test_what_there_is_to_open_stands_in_a_workspace(kind):
	room, column = kind
	shown = {
		row[column]
		for path in APP.glob("*/workspace/*/*.json")
		for row in _rows(_read(path))
		if row.get(column)
	}
	hidden = sorted({_read(path)["name"] for path in APP.glob(f"*/{room}/*/*.json")} - shown)
	assert not hidden, f"Put into a workspace, with link_count and a later `modified`: {hidden}"


def test_a_card_of_a_workspace_counts_its_links():
	"""When somebody edits a card on Desk, Frappe replaces as many links as it counts."""
	cards: list[tuple[dict, list]] = []
	for path in APP.glob("*/workspace/*/*.json"):
		for row in _read(path)["links"]:
			if row["type"] == "Card Break":
				cards.append((row, []))
			else:
				cards[-1][1].append(row)
	wrong = [
		f"{card['label']}: set its link_count to {len(links)}, not {card['link_count']}"
		for card, links in cards
		if card["link_count"] != len(links)
	]
	assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", sorted(APP.glob("*/report/*/*.json")), ids=lambda path: path.stem)
def test_a_report_is_for_roles_that_read_its_doctype(path):
	report = _read(path)
	readers = {role for role, letters in DOCTYPE_PERMISSIONS[report["ref_doctype"]].items() if "r" in letters}
	others = sorted({row["role"] for row in report["roles"]} - readers)
	assert not others, f"take these roles out, or let them read {report['ref_doctype']}: {others}"


def test_a_workspace_places_each_of_its_number_cards():
	for path in APP.glob("*/workspace/*/*.json"):
		workspace = _read(path)
		placed = [
			block["data"]["number_card_name"]
			for block in json.loads(workspace["content"])
			if block["type"] == "number_card"
		]
		assert placed == [row["number_card_name"] for row in workspace["number_cards"]]
