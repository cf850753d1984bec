"""The files Desk is built from name things that exist."""

import json
import re
from pathlib import Path

import pytest

import city_diplomacy
from city_diplomacy import hooks
from city_diplomacy.access.rights import ROLES
from tests.static.sources import resolves

APP = Path(city_diplomacy.__file__).parent
FRAPPE_ROLES = {"System Manager"}
ERPNEXT_DOCTYPES = {"Department", "Lead", "Opportunity"}


def files_of(kind: str) -> list[Path]:
	return sorted(APP.glob(f"*/{kind}/*/*.json"))


def read(path: Path) -> dict:
	return json.loads(path.read_text())


def fields_of(doctype: str) -> set[str]:
	path = next(path for path in files_of("doctype") if read(path)["name"] == doctype)
	return {field["fieldname"] for field in read(path)["fields"]}


DOCTYPES = {read(path)["name"] for path in files_of("doctype")}
REPORTS = {read(path)["name"] for path in files_of("report")}
CARDS = {read(path)["name"]: read(path) for path in files_of("number_card")}
CHARTS = {read(path)["name"]: read(path) for path in files_of("dashboard_chart")}
PAGES = {read(path)["name"] for path in files_of("page")}
WORKSPACE = read(APP / "partnerships/workspace/city_diplomacy/city_diplomacy.json")


def test_the_workspace_links_to_doctypes_reports_and_pages_that_exist():
	targets = [(row["link_type"], row["link_to"]) for row in WORKSPACE["links"] if row["type"] == "Link"]
	targets += [(row["type"], row["link_to"]) for row in WORKSPACE["shortcuts"]]
	for kind, name in targets:
		known = {"Report": REPORTS, "Page": PAGES}.get(kind, DOCTYPES | ERPNEXT_DOCTYPES)
		assert name in known, f"{kind} {name}"


def test_the_workspace_shows_every_card_chart_shortcut_and_group_it_declares():
	shown = {"number_card": set(), "chart": set(), "shortcut": set(), "card": set()}
	names = {
		"number_card": "number_card_name",
		"chart": "chart_name",
		"shortcut": "shortcut_name",
		"card": "card_name",
	}
	for block in json.loads(WORKSPACE["content"]):
		if block["type"] in shown:
			shown[block["type"]].add(block["data"][names[block["type"]]])
	assert shown == {
		"number_card": {row["number_card_name"] for row in WORKSPACE["number_cards"]},
		"chart": {row["chart_name"] for row in WORKSPACE["charts"]},
		"shortcut": {row["label"] for row in WORKSPACE["shortcuts"]},
		"card": {row["label"] for row in WORKSPACE["links"] if row["type"] == "Card Break"},
	}
	assert shown["number_card"] <= set(CARDS)
	assert shown["chart"] <= set(CHARTS)


def test_the_workspace_is_open_to_every_role_that_works_in_desk():
	roles = {row["role"] for row in WORKSPACE["roles"]}
	assert roles == {role for role, (needs_desk, _what) in ROLES.items() if needs_desk} | FRAPPE_ROLES


def test_each_group_counts_its_own_links():
	links = WORKSPACE["links"]
	heads = [index for index, row in enumerate(links) if row["type"] == "Card Break"]
	for start, end in zip(heads, [*heads[1:], len(links)], strict=True):
		assert links[start]["link_count"] == end - start - 1


@pytest.mark.parametrize("card", CARDS.values(), ids=CARDS)
def test_a_card_filters_by_fields_of_its_doctype_or_asks_a_method_that_exists(card):
	assert card["document_type"] in DOCTYPES
	if card["type"] == "Custom":
		assert resolves(card["method"])
		return
	filters = json.loads(card["filters_json"]) + json.loads(card["dynamic_filters_json"])
	assert filters
	assert {row[1] for row in filters} <= fields_of(card["document_type"])
	assert {row[0] for row in filters} == {card["document_type"]}


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_a_chart_has_a_source_of_its_own_in_the_order_people_know(chart):
	# Frappe's "Group By" sorts groups by their numbers.
	assert chart["chart_type"] == "Custom"
	(source,) = [
		read(path) for path in files_of("dashboard_chart_source") if read(path)["name"] == chart["source"]
	]
	assert source["source_name"] == chart["source"]


@pytest.mark.parametrize("path", files_of("report"), ids=lambda path: path.stem)
def test_a_report_has_its_script_its_filters_and_roles_that_exist(path):
	report = read(path)
	assert report["ref_doctype"] in DOCTYPES
	assert {row["role"] for row in report["roles"]} <= set(ROLES)
	assert "def execute(" in path.with_suffix(".py").read_text()
	assert f'frappe.query_reports["{report["name"]}"]' in path.with_suffix(".js").read_text()


@pytest.mark.parametrize("path", files_of("print_format"), ids=lambda path: path.stem)
def test_a_print_format_has_its_template_and_doctype(path):
	assert read(path)["doc_type"] in DOCTYPES
	assert path.with_suffix(".html").exists()


@pytest.mark.parametrize("path", sorted(APP.glob("*/doctype/*/*.js")), ids=lambda path: path.stem)
def test_a_script_is_about_the_doctype_of_its_folder(path):
	doctype = read(path.parent / f"{path.parent.name}.json")["name"]
	begins = {
		path.parent.name: f'frappe.ui.form.on("{doctype}"',
		f"{path.parent.name}_list": f'frappe.listview_settings["{doctype}"]',
	}
	assert begins[path.stem] in path.read_text()


def test_every_doctype_with_a_calendar_is_declared_in_its_script():
	script = (APP / "public/js/calendars.js").read_text()
	declared = re.findall(r'^\t"?([\w ]+?)"?: "city_diplomacy\.[\w.]+\.calendars?\.', script, re.MULTILINE)
	assert sorted(declared) == sorted(hooks.calendars) == sorted(hooks.doctype_calendar_js)


def test_the_scripts_read_with_forms_exist():
	for doctype, paths in hooks.doctype_js.items():
		assert doctype in DOCTYPES | {"Event"} | set(hooks.routed_doctypes)
		for path in [paths] if isinstance(paths, str) else paths:
			assert (APP / path).exists(), path


def methods_called() -> set[str]:
	"""Every dotted path of ours in the scripts, whole or put together from a constant and a name."""
	found = set()
	for path in APP.glob("**/*.js"):
		script = path.read_text()
		found |= set(re.findall(r'"(city_diplomacy(?:\.\w+){2,})"', script))
		for constant, prefix in re.findall(r'const (\w+) = "(city_diplomacy[\w.]*\.)";', script):
			found |= {prefix + name for name in re.findall(rf'{constant} \+ "(\w+)"', script)}
	return found


def test_every_method_the_scripts_call_exists():
	assert methods_called()
	for method in methods_called():
		assert resolves(method), method
