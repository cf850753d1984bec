"""The files the sample city is made of, and the masters that come as fixtures."""

import json
from pathlib import Path

import frappe
import pytest

import city_diplomacy
from city_diplomacy.demo.journeys import JOURNEYS
from city_diplomacy.demo.rows import DATA, read_rows

FIXTURES = Path(city_diplomacy.__file__).parent / "fixtures"
FILES = sorted(path.name for path in DATA.glob("*.csv"))


@pytest.mark.parametrize("file", FILES)
def test_every_row_names_its_source(file):
	rows = list(read_rows(DATA / file))
	assert rows
	assert [row.line for row in rows if not row["source"]] == []


@pytest.mark.parametrize("file", FILES)
def test_every_file_is_explained(file):
	assert file in (DATA / "README.md").read_text(encoding="utf-8")


def test_every_journey_is_taken():
	assert {row["journey"] for row in read_rows(DATA / "new_agreements.csv")} == set(JOURNEYS)


def test_the_people_are_named_by_seats_at_an_address_nobody_has():
	assert all(row["email"].endswith(".example") for row in read_rows(DATA / "people.csv"))


def test_the_sdgs_are_whole():
	goals, targets = (
		json.loads((FIXTURES / name).read_text(encoding="utf-8"))
		for name in ("sdg_goal.json", "sdg_target.json")
	)
	assert [goal["goal"] for goal in goals] == list(range(1, 18))
	assert len({target["name"] for target in targets}) == 169
	assert {target["goal"] for target in targets} == {goal["name"] for goal in goals}


@pytest.mark.real_site
def test_importing_the_sdgs_twice_changes_nothing():
	from frappe.utils.fixtures import import_fixtures

	import_fixtures("city_diplomacy")
	first = _stored_sdgs()
	import_fixtures("city_diplomacy")
	assert _stored_sdgs() == first
	assert len(first) == 17 + 169


def _stored_sdgs() -> list[tuple]:
	rows = []
	for doctype, fields in (
		("SDG Goal", ["name", "goal", "short_title", "title", "modified"]),
		("SDG Target", ["name", "target", "goal", "description", "modified"]),
	):
		found = frappe.get_all(doctype, fields=fields, order_by="name asc", limit_page_length=0)
		rows += [tuple(row.values()) for row in found]
	return rows
