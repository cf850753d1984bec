"""The register of agreements: what it shows, to whom, and at what cost."""

import frappe
import pytest

from city_diplomacy.access.rights import MANAGER, OFFICER
from city_diplomacy.partnerships.report.mou_register import mou_register
from tests import factories
from tests.desk.counting import counted_statements


@pytest.fixture
def officer():
	return factories.make_person(OFFICER).name


def register(**filters) -> dict[str, frappe._dict]:
	"""The register's rows by agreement, of those this test made or that stood there before."""
	return {row["name"]: row for row in mou_register.execute(filters)[1]}


def test_a_row_tells_with_whom_who_sponsors_it_and_where_it_stands(officer):
	with factories.acting_as(officer):
		agreement = factories.make_agreement(
			factories.make_partner_city("Turku", "Finland"), title="Clean harbours"
		)
		row = register()[agreement.name]
	assert (row.title, row.counterparts, row.countries) == ("Clean harbours", "Turku", "Finland")
	assert (row.workflow_state, row.sponsor_name) == ("Draft", frappe.utils.get_fullname(officer))


def test_a_signature_of_which_only_the_year_is_known_shows_the_year(officer):
	agreement = factories.make_agreement()
	agreement.db_set({"signed_on": "1959-01-01", "signed_precision": "Year"})
	assert register()[agreement.name].signed == "1959"


def test_the_country_filter_asks_about_the_counterpart(officer):
	in_finland = factories.make_agreement(factories.make_partner_city("Turku", "Finland"))
	in_chile = factories.make_agreement(factories.make_partner_city("Valparaíso", "Chile"))
	found = register(country="Finland")
	assert in_finland.name in found
	assert in_chile.name not in found


def test_the_partner_filter_finds_the_agreements_of_one_partner(officer):
	turku = factories.make_partner_city("Turku", "Finland")
	with_turku = factories.make_agreement(turku)
	other = factories.make_agreement(factories.make_partner_city("Gdynia", "Poland"))
	found = register(party_type="Partner City", party=turku.name)
	assert with_turku.name in found
	assert other.name not in found


def test_the_department_filter_finds_the_sponsor_s_and_the_affected_ones():
	harbour = factories.make_department("Desk Harbour").name
	affected = factories.make_agreement(departments=[{"department": harbour, "why_affected": "Quays"}])
	sponsored = factories.make_agreement(
		factories.make_partner_city("Gdynia", "Poland"), sponsor_department=harbour
	)
	elsewhere = factories.make_agreement(factories.make_partner_city("Turku", "Finland"))
	found = register(department=harbour)
	assert {affected.name, sponsored.name} <= set(found)
	assert elsewhere.name not in found


def test_the_signing_dates_are_included_in_the_range():
	agreement = factories.make_agreement()
	agreement.db_set("signed_on", "2020-05-05")
	assert agreement.name in register(signed_from="2020-05-05", signed_to="2020-05-05")
	assert agreement.name not in register(signed_from="2020-05-06")
	assert agreement.name not in register(signed_to="2020-05-04")


def test_an_agreement_without_a_signature_is_in_no_signing_range():
	agreement = factories.make_agreement()
	assert agreement.name not in register(signed_to="2020-05-04")


def test_a_confidential_agreement_is_shown_to_those_named_on_it_alone(officer):
	manager = factories.make_person(MANAGER).name
	with factories.acting_as(officer):
		agreement = factories.make_agreement(confidential=1)
		assert agreement.name in register()
		assert agreement.name not in register(without_confidential=1)
	with factories.acting_as(manager):
		assert agreement.name not in register()


def test_the_number_of_statements_does_not_grow_with_the_agreements(officer):
	cities = [factories.make_partner_city(f"Desk City {letter}", "Finland") for letter in "ABCDEF"]
	factories.make_agreement(cities[0])
	with factories.acting_as(officer):
		register()
		with counted_statements() as for_few:
			few = register()
		for city in cities[1:]:
			factories.make_agreement(city)
		with counted_statements() as for_many:
			many = register()
	assert len(many) == len(few) + 5
	assert len(for_many) == len(for_few)


def test_the_chart_counts_every_row_once():
	factories.make_agreement()
	_columns, rows, _message, chart = mou_register.execute({})
	assert sum(chart["data"]["datasets"][0]["values"]) == len(rows)


def test_every_column_but_text_made_here_is_in_the_rows():
	factories.make_agreement()
	columns, rows, _message, _chart = mou_register.execute({})
	assert all(column["fieldname"] in rows[0] for column in columns)
