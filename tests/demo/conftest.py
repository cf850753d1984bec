"""A small sample city: the real files cut down to a few rows, so that a test can load it of its own."""

import csv
from pathlib import Path

import pytest

from city_diplomacy.demo import city
from city_diplomacy.demo.rows import DATA
from tests.demo.files import write_rows

# file: (column, values that stay); every row of the files not named here stays.
KEPT = {
	"partner_cities.csv": ("city", {"Nagoya", "Busan", "Bordeaux"}),
	"cities.csv": ("canonical_city", {"Los Angeles", "Busan", "Paris", "Oslo"}),
	"networks.csv": ("acronym", {"C40", "WCCF"}),
	"network_members.csv": ("canonical_city", {"Los Angeles", "Paris", "Oslo"}),
	"parties.csv": (
		"party",
		{
			"City of Los Angeles",
			"Port of Los Angeles",
			"City of Nagoya",
			"Nagoya",
			"City of Busan",
			"Busan",
			"City of Bordeaux",
			"Bordeaux",
			"City of Paris",
			"Port of Nagoya",
			"C40 Cities",
		},
	),
	"agreements.csv": (
		"title",
		{
			"Los Angeles - Nagoya Sister City Agreement",
			"Los Angeles - Bordeaux Sister City Agreement",
			"Los Angeles-Paris MOU on Olympic cooperation",
			"Port of Los Angeles - Port of Nagoya sister port affiliation",
		},
	),
	"diaspora_organisations.csv": ("iso2", {"ZM"}),
	"events.csv": ("name", {"Nagoya Day: Explore Central Japan (60th anniversary)"}),
	"consulates.csv": ("iso2", {"JP", "BR", "EG", "TW", "EE"}),
	"consular_cases.csv": ("iso2", {"JP", "BR"}),
	"commitments.csv": ("source_name", {"Nagoya", "C40"}),
	"trade_leads.csv": ("partner_city", {"Nagoya"}),
	"trade_referrals.csv": ("company_name", {"Sample Citrus Packers"}),
	"export_wins.csv": ("company_name", {"Sample Rice Crackers", "Sample Harbor Logistics"}),
	"people.csv": (
		"first_name",
		{
			"International Affairs",
			"Protocol",
			"Trade",
			"Community",
			"Approval",
			"City Attorney",
			"Mayor's Office",
			"Council",
			"City Administrative",
			"Finance",
			"Ethics",
			"Economic and Workforce",
			"Emergency Management",
			"Sanitation and Environment",
		},
	),
	"departments.csv": (
		"department_name",
		{
			"Office of International Affairs",
			"City Attorney",
			"Office of Finance",
			"Ethics Commission",
			"Harbor Department",
			"Cultural Affairs",
			"Economic and Workforce Development",
			"Emergency Management",
			"Sanitation and Environment",
		},
	),
	"own_memberships.csv": ("network", {"C40", "WCCF"}),
	"new_agreements.csv": (
		"title",
		{
			"Urban Heat Partnership with Nagoya",
			"Film Festival Partnership with Busan",
			"Creative Industries Programme with Bordeaux",
		},
	),
}


@pytest.fixture
def small_city(tmp_path) -> Path:
	"""The folder of a small sample city, all of whose rows can be loaded."""
	return _written_to(tmp_path)


def _written_to(folder: Path) -> Path:
	for source in DATA.glob("*.csv"):
		column, values = KEPT.get(source.name, (None, ()))
		with source.open(encoding="utf-8", newline="") as opened:
			rows = [row for row in csv.DictReader(opened) if not column or row[column] in values]
		write_rows(folder / source.name, [_without_others(row) for row in _within(rows)])
	return folder


@pytest.fixture(scope="module")
def loaded(arranged, tmp_path_factory) -> Path:
	"""The small sample city, loaded once for the tests of a file; answers its folder."""
	folder = _written_to(tmp_path_factory.mktemp("small_city"))
	# A real site may hold agreements of its own.
	report = city.load_city(force=True, folder=folder)
	assert not report.bad_rows, [str(finding) for finding in report.bad_rows]
	return folder


def _within(rows: list[dict[str, str]]) -> list[dict[str, str]]:
	"""Without memberships of networks that did not stay."""
	return [row for row in rows if row.get("network", "C40") in ("C40", "WCCF")]


def _without_others(row: dict[str, str]) -> dict[str, str]:
	"""Without heads of departments who did not stay; vacant seats fall to the one named in the settings."""
	gone = ("harbor", "culture")
	return {column: "" if str(value).startswith(gone) else value for column, value in row.items()}
