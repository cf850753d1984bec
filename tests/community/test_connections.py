"""The connections view: what it counts of each country, of what the reader may know of, and the members behind it."""

import json

import frappe
import pytest

from city_diplomacy.access.rights import COMMUNITY, MANAGER, OFFICER, TRADE
from city_diplomacy.diaspora_relations.report.diaspora_connections import diaspora_connections
from tests import factories
from tests.desk.counting import counted_statements

# No city, organisation or agreement is there yet.
COUNTRY = "Tuvalu"
MARKER = "XQSECRETQX"


def organisation(name: str, country: str = COUNTRY, **fields):
	return factories.make_diaspora_organisation(name, heritage_countries=[{"country": country}], **fields)


def in_force(city, **fields):
	agreement = factories.make_agreement(city, **fields)
	# The report reads what is stored; how an agreement comes into force is tested elsewhere.
	frappe.db.set_value("MOU", agreement.name, {"workflow_state": "Active", "docstatus": 1})
	return agreement


def run(person: str = "Administrator", **filters):
	with factories.acting_as(person):
		return diaspora_connections.execute({"country": COUNTRY, **filters})


def row_of(person: str = "Administrator", **filters) -> dict:
	rows = run(person, **filters)[1]
	return rows[0] if rows else {}


def numbers(person: str = "Administrator", **filters) -> tuple:
	row = row_of(person, **filters)
	return tuple(row.get(group) for group in ("organisations", "partners", "agreements", "leads"))


@pytest.fixture
def tied():
	organisation("Tuvalu Club")
	organisation("Tuvalu Chamber", kind="Chamber of commerce")
	city = factories.make_partner_city("Funafuti", COUNTRY)
	in_force(city)
	factories.make_agreement(city, title="Only a draft")
	factories.make_trade_lead("Harbor Robotics", COUNTRY)
	factories.make_trade_lead("Ended", COUNTRY, status="Won")
	return city


def test_a_country_counts_both_sides(tied):
	assert numbers() == (2, 1, 1, 1)
	assert row_of()["gap"] == "–"


def test_filters_narrow_the_organisations(tied):
	assert numbers(kind="Chamber of commerce") == (1, 1, 1, 1)


def test_an_organisation_of_two_countries_counts_in_each(tied):
	both = [{"country": COUNTRY}, {"country": "Nauru"}]
	factories.make_diaspora_organisation("Pacific Union", heritage_countries=both)
	assert row_of()["organisations"] == 3
	assert row_of(country="Nauru")["organisations"] == 1


@pytest.mark.parametrize("group", ["organisations", "partners", "agreements", "leads"])
def test_the_members_behind_a_number_are_as_many(tied, group):
	rows = run(members=group)[1]
	assert len(rows) == row_of()[group]
	assert all(frappe.db.exists(row["record_type"], row["record"]) for row in rows)
	assert len(run(members="all")[1]) == sum(numbers())


def test_what_is_missing_is_said():
	organisation("Tuvalu Club")
	assert row_of()["gap"] == "Residents with roots there, and no partner"
	factories.make_partner_city("Funafuti", COUNTRY)
	assert row_of()["gap"] == "Residents and a partner, and no trade lead"
	assert row_of(gap="no lead")
	assert not row_of(gap="no partner")


def test_confidential_agreements_and_leads_are_not_counted_for_who_may_not_know_of_them(tied):
	manager, officer, trade = (factories.make_person(role).name for role in (MANAGER, OFFICER, TRADE))
	secret = in_force(tied, title=f"{MARKER} agreement", confidential=1, sponsor=manager)
	with factories.acting_as(trade):
		hidden = factories.make_trade_lead(
			f"{MARKER} Works",
			COUNTRY,
			confidential_until="2099-01-01",
			anonymous_description="A maker of pumps",
		)
	assert numbers(manager)[2] == 2
	assert numbers(officer) == (2, 1, 1, 1)
	assert numbers(trade)[3] == 2
	for person, filters in ((officer, {}), (officer, {"members": "all"}), (trade, {"members": "leads"})):
		said = str(run(person, **filters))
		assert MARKER not in said
		assert (secret.name in said, hidden.name in said) == (False, person == trade)
	assert "A maker of pumps" in str(run(trade, members="leads"))


def test_who_may_know_of_no_leads_has_no_column_of_them(tied):
	columns, rows, picture, _chart = run(factories.make_person(COMMUNITY).name)
	assert "leads" not in [column["fieldname"] for column in columns]
	assert rows[0]["leads"] is None
	assert "Open Trade Leads" not in picture


def test_the_picture_shows_the_numbers_and_runs_nothing(tied):
	picture = run()[2]
	assert picture.startswith("<svg")
	assert ">Tuvalu</" in picture
	assert "<script" not in picture


def test_the_city_s_own_country_is_left_out():
	settings = frappe.get_doc("City Diplomacy Settings")
	settings.update({"company": factories.our_company(), "city_name": "Harborview"})
	settings.save()
	organisation("Home Club", settings.country)
	assert run(country=settings.country)[1] == []


def test_where_nothing_is_there_is_no_picture():
	assert run()[1:3] == ([], "")


def test_as_many_statements_however_many_records(tied):
	with counted_statements() as few:
		run(factories.make_person(OFFICER).name)
	for number in range(12):
		organisation(f"Club {number}")
		in_force(tied, title=f"Agreement {number}")
	with counted_statements() as many:
		run(factories.make_person(OFFICER).name)
	assert len(many) <= len(few)


@pytest.mark.real_site
@pytest.mark.parametrize("role", [COMMUNITY, OFFICER, TRADE])
def test_desk_opens_the_view_and_what_is_behind_its_numbers(client, tied, role):
	for filters in ({"country": COUNTRY}, {"country": COUNTRY, "members": "all"}):
		answer = client(factories.make_person(role).name).read(
			"frappe.desk.query_report.run", report_name="Diaspora Connections", filters=json.dumps(filters)
		)
		assert answer.status_code == 200, answer.text
		assert answer.get_json()["message"]["result"]
