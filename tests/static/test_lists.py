"""What a list shows stands in one column: not beside the indicator or the name that says it already."""

import json
import re

import pytest

from city_diplomacy.registers.declared import DECLARED
from tests.static.sources import APP

DEFINITIONS = {path.stem: json.loads(path.read_text()) for path in APP.glob("*/doctype/*/*.json")}
LISTED = sorted(name for name, one in DEFINITIONS.items() if not (one.get("istable") or one.get("issingle")))
# Frappe's list leaves a column of this name out itself where there is an indicator.
LEFT_OUT = "status"


def columns_of(definition: dict) -> set[str]:
	shown = {df["fieldname"] for df in definition["fields"] if df.get("in_list_view")}
	return shown - {definition.get("title_field"), LEFT_OUT}


def said_by_indicator(name: str) -> set[str]:
	"""The fields an indicator says the value of: those a click on it filters by `=`."""
	scripts = APP.glob(f"*/doctype/{name}/{name}_list.js")
	return {field for path in scripts for field in re.findall(r"[`\"|](\w+),=,", path.read_text())}


@pytest.mark.parametrize("name", LISTED)
def test_no_column_says_what_the_indicator_says(name):
	assert columns_of(DEFINITIONS[name]) & said_by_indicator(name) == set()


@pytest.mark.parametrize("name", LISTED)
def test_no_column_says_what_the_name_says(name):
	definition = DEFINITIONS[name]
	named_by = (definition.get("autoname") or "").removeprefix("field:")
	assert definition.get("title_field") or named_by not in columns_of(definition)


@pytest.mark.parametrize("script", ["import_button", "in_force"])
def test_a_script_of_many_lists_names_those_it_is_read_with(script):
	"""Frappe does not tell a list's script whose list it is, so the script names them too."""
	path = f"public/js/{script}.js"
	declared = {one.doctype for one in DECLARED if path in one.list_scripts}
	code = (APP / path).read_text()
	named = set(re.findall(r'"([A-Z][\w ]+)"', re.search(r"\[\s*((?:\"[\w ]+\",?\s*){3,})\]", code)[1]))
	assert named == declared
