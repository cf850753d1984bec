"""Links and lists find a record under former names, without accents, in other scripts, with its country."""

import frappe
import pytest

from city_diplomacy.access.rights import OFFICER, TRADE
from city_diplomacy.partnerships.partners.search import find_partner
from city_diplomacy.patches.v1_0 import compare_names_by_their_words
from tests.factories import (
	acting_as,
	make_agreement,
	make_city_network,
	make_partner_city,
	make_partner_organisation,
	make_trade_lead,
	make_user,
)


def found(doctype: str, txt: str, filters=None) -> list[str]:
	return [row[0] for row in find_partner(doctype, txt, "name", 0, 20, filters)]


@pytest.mark.parametrize(
	("city", "country", "typed"),
	[
		("Mumbai", "India", "Bombay"),
		("München", "Germany", "munchen"),
		("München", "Germany", "Munich"),
		("München", "Germany", "Muenchen"),
		("Muenchen", "Germany", "münchen"),
		("Nagoya", "Japan", "japan nagoya"),
		("Bogotá", "Colombia", "bogota"),
		("Nagoya", "Japan", "nagoya, jap"),
		("Kyiv", "Ukraine", "Київ"),
	],
)
def test_a_city_is_found_by(city, country, typed):
	name = make_partner_city(city, country).name
	make_partner_city("Lagos", "Nigeria")
	assert found("Partner City", typed) == [name]


def test_a_city_is_found_by_a_name_the_office_added():
	name = make_partner_city("Zhongshan", "China", alternate_names=[{"alternate_name": "香山"}]).name
	assert found("Partner City", "香山") == [name]


@pytest.mark.parametrize("typed", ["Bombay", "harbours", "MUMBAI india"])
def test_an_agreement_is_found_by(typed):
	agreement = make_agreement(make_partner_city("Mumbai", "India"), title="Learning from harbours")
	assert found("MOU", typed) == [agreement.name]


def test_an_agreement_is_found_by_its_number():
	agreement = make_agreement()
	assert found("MOU", agreement.name) == [agreement.name]


def test_an_agreement_is_found_by_a_name_its_partner_was_given_later():
	city = make_partner_city("Zhongshan", "China")
	agreement = make_agreement(city)
	city.append("alternate_names", {"alternate_name": "Heungsan"})
	city.save()
	frappe.db.commit()
	assert found("MOU", "heungsan") == [agreement.name]


def test_a_trade_lead_is_found_by_its_company_however_it_is_spelt():
	lead = make_trade_lead("Münchner Hafenkräne")
	assert found("Trade Lead", "muenchner hafenkraene") == [lead.name]


@pytest.mark.parametrize("typed", ["Bombay", "Київ", "Muenchen", "Munchen"])
def test_a_list_is_narrowed_by_any_name_as_it_is_typed(typed):
	for name, country in (("Mumbai", "India"), ("Kyiv", "Ukraine"), ("München", "Germany")):
		make_partner_city(name, country)
	assert len(frappe.get_list("Partner City", filters={"search_names": ["like", f"%{typed}%"]})) == 1


def test_signs_alone_find_nothing():
	make_partner_city()
	assert found("Partner City", "...") == []


def test_a_network_is_found_by_its_acronym():
	name = make_city_network("United Cities and Local Governments", acronym="UCLG").name
	assert found("City Network", "uclg") == [name]


def test_the_form_s_own_filter_still_counts():
	make_partner_organisation("Port of Kobe", "Port", country="Japan")
	make_partner_organisation("Port of Rotterdam", "Port", country="Netherlands")
	assert found("Partner Organisation", "port of", {"country": "Japan"}) == ["Port of Kobe"]


def test_who_may_not_read_partners_finds_none():
	make_partner_city()
	stranger = make_user("stranger@city.example")
	with acting_as(stranger.name), pytest.raises(frappe.PermissionError):
		found("Partner City", "nagoya")


@pytest.mark.parametrize("role", [OFFICER, TRADE])
def test_who_may_read_partners_finds_them(role):
	name = make_partner_city().name
	person = make_user("finder@city.example", role)
	with acting_as(person.name):
		assert found("Partner City", "nagoya") == [name]


def test_other_doctypes_are_not_searched_this_way():
	with pytest.raises(frappe.ValidationError, match="not searched by other names"):
		found("User", "a")


def test_partners_from_before_are_told_of_under_a_name_in_another_language():
	before = make_partner_organisation("Universidad de Granada", country="Spain")
	frappe.db.delete("Name Key")
	compare_names_by_their_words.execute()
	compare_names_by_their_words.execute()
	make_partner_organisation("University of Granada", country="Spain")
	assert before.name in " ".join(entry["message"] for entry in frappe.get_message_log())
