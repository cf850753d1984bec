"""Partners are found under all their names, entered once, and kept while something stands on them."""

import frappe
import pytest

from city_diplomacy.registers.errors import DuplicatePartnerError, RecordInUseError
from tests.factories import (
	make_agreement,
	make_city_network,
	make_commitment,
	make_engagement,
	make_partner_city,
	make_partner_organisation,
)


def messages() -> str:
	return " ".join(entry["message"] for entry in frappe.get_message_log())


def test_a_city_is_named_with_its_country():
	assert make_partner_city("Nagoya", "Japan").name == "Nagoya, Japan"


def test_the_second_city_of_a_name_is_named_with_its_region():
	make_partner_city("Springfield", "United States", region="Illinois")
	second = make_partner_city("Springfield", "United States", region="Missouri")
	assert second.name == "Springfield, Missouri, United States"


@pytest.mark.parametrize(
	("first", "second"),
	[
		({"name": "Bogotá"}, {"name": "bogota"}),
		({"name": "Nagoya"}, {"name": "City of Nagoya"}),
		({"name": "Springfield", "region": "Ohio"}, {"name": "Springfield", "region": "ohio"}),
	],
)
def test_the_same_city_is_not_entered_twice(first, second):
	make_partner_city(country="Colombia", **first)
	with pytest.raises(DuplicatePartnerError, match="already in the register"):
		make_partner_city(country="Colombia", **second)


def test_the_same_name_in_another_country_is_another_city():
	make_partner_city("Birmingham", "United Kingdom")
	assert make_partner_city("Birmingham", "United States").name == "Birmingham, United States"


def test_a_likely_double_is_pointed_out_and_not_refused():
	make_partner_city("Mumbai", "India")
	bombay = make_partner_city("Bombay", "India")
	assert frappe.db.exists("Partner City", bombay.name)
	assert "Mumbai, India" in messages()


@pytest.mark.parametrize(
	("there", "entered"),
	[
		("Japan External Trade Organization", "JETRO"),
		("JETRO", "Japan External Trade Organization"),
		("Messe Düsseldorf GmbH", "Messe Duesseldorf"),
		("Universty of Tokyo", "University of Tokyo"),
	],
)
def test_an_organisation_under_another_of_its_names_is_pointed_out(there, entered):
	stored = make_partner_organisation(there, "Other")
	make_partner_organisation(entered, "Other")
	assert stored.name in messages()


def test_a_double_of_an_acronym_or_a_new_alternate_name_is_pointed_out():
	make_city_network("Red de Ciudades", acronym="RDCX")
	network = make_city_network("Baltic Harbours")
	network.append("alternate_names", {"alternate_name": "Ostseehäfen"})
	network.save()
	make_city_network("Ostseehaefen")
	assert network.name in messages()


def test_a_renamed_or_deleted_partner_is_pointed_out_no_more():
	city = make_partner_city("Mumbai", "India")
	city.delete()
	make_partner_city("Bombay", "India")
	assert "Mumbai, India" not in messages()


def test_an_unlike_city_is_entered_without_remarks():
	make_partner_city("Mumbai", "India")
	make_partner_city("Jaipur", "India")
	assert "Mumbai, India" not in messages()


def test_an_organisation_is_named_with_its_country_when_its_name_is_taken():
	first = make_partner_organisation("Ministry of Trade", "Ministry", country="Japan")
	second = make_partner_organisation("Ministry of Trade", "Ministry", country="Kenya")
	assert (first.name, second.name) == ("Ministry of Trade", "Ministry of Trade, Kenya")


def test_a_date_known_to_the_year_is_kept_as_its_first_day():
	city = make_partner_city(relationship_since="1959-05-14", since_precision="Year")
	assert str(city.relationship_since) == "1959-01-01"


def test_a_partner_in_an_agreement_cannot_be_deleted():
	city = make_partner_city()
	agreement = make_agreement(city)
	with pytest.raises(RecordInUseError, match=agreement.name):
		city.delete()


def test_a_partner_somebody_met_cannot_be_deleted():
	city = make_partner_city()
	engagement = make_engagement(partners=[{"partner_type": "Partner City", "partner": city.name}])
	with pytest.raises(RecordInUseError, match=engagement.name):
		city.delete()


def test_a_partner_that_owes_something_cannot_be_deleted():
	city = make_partner_city()
	promise = make_commitment(owed_by="Counterpart", counterpart_type="Partner City", counterpart=city.name)
	with pytest.raises(RecordInUseError, match=promise.name):
		city.delete()


def test_a_partner_nothing_stands_on_can_be_deleted():
	city = make_partner_city()
	city.delete()
	assert not frappe.db.exists("Partner City", city.name)


@pytest.mark.real_site
def test_agreements_follow_a_renamed_partner():
	city = make_partner_city("Bombay", "India")
	agreement = make_agreement(city)
	frappe.rename_doc("Partner City", city.name, "Mumbai, India")
	agreement.reload()
	assert agreement.parties[1].party == "Mumbai, India"


@pytest.mark.real_site
def test_a_renamed_network_is_found_under_its_new_name():
	network = make_city_network("Rockefeller Resilient Cities")
	frappe.rename_doc("City Network", network.name, "Resilient Cities Network")
	assert "resilient cities network" in frappe.db.get_value(
		"City Network", "Resilient Cities Network", "search_names"
	)
