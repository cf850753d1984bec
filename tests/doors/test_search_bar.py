"""Desk's search bar finds partners, agreements, organisations and leads by any name, and only what one may know."""

import json

import frappe
import pytest

from city_diplomacy.access.rights import COMMUNITY, DEPARTMENT, MANAGER, OFFICER, TRADE
from city_diplomacy.patches.v1_0 import compare_names_by_their_words, find_records_by_any_name
from city_diplomacy.setup.search_bar import offer_in_search_bar
from tests import factories
from tests.doors import desk

pytestmark = pytest.mark.real_site
SEARCH = "frappe.utils.global_search.search"


@pytest.fixture(autouse=True)
def our_doctypes():
	offer_in_search_bar()


def found(role: str, text: str, **arguments) -> set[str]:
	with factories.acting_as(factories.make_person(role).name):
		status, answer = desk.ask("GET", SEARCH, {"text": text, "start": 0, "limit": 20, **arguments})
	assert status == 200, answer
	return {row["name"] for row in json.loads(answer)[0]}


@pytest.mark.parametrize("typed", ["Bombay", "mumbai", "मुंबई", "india mumbai"])
def test_a_partner_and_what_was_agreed_with_it_are_found_by(typed):
	city = factories.make_partner_city("Mumbai", "India", alternate_names=[{"alternate_name": "मुंबई"}])
	agreement = factories.make_agreement(city, title="Learning from ports")
	assert found(OFFICER, typed) >= {city.name, agreement.name}


def test_each_role_finds_what_it_may_read():
	organisation = factories.make_diaspora_organisation("Münchner Verein")
	lead = factories.make_trade_lead("Muenchner Krane")
	assert {organisation.name, lead.name} <= found(TRADE, "munchner")
	assert lead.name not in found(COMMUNITY, "munchner")
	assert not {organisation.name, lead.name} & found(DEPARTMENT, "munchner")


def test_what_was_typed_and_what_is_found_run_nowhere():
	city = factories.make_partner_city("Mumbai", "India")
	with factories.acting_as(factories.make_person(OFFICER).name):
		_status, answer = desk.ask("GET", SEARCH, {"text": "Mumbai <img src=x>", "start": -1, "limit": -5})
		assert "<img" not in answer
		_status, answer = desk.ask("GET", SEARCH, {"text": city.city_name, "start": 0, "limit": 20})
	assert "Found by : Mumbai: Mumbai" in answer


def test_one_doctype_is_searched_when_it_is_asked_for():
	city = factories.make_partner_city("Mumbai", "India")
	factories.make_agreement(city)
	assert found(OFFICER, "Bombay", doctype="Partner City") == {city.name}


@pytest.mark.parametrize("typed", ["nobody", "talks about", "Bombay"])
def test_a_confidential_agreement_is_found_by_who_may_read_it_alone(typed):
	city = factories.make_partner_city("Mumbai", "India")
	manager = factories.make_person(MANAGER).name
	with factories.acting_as(manager):
		agreement = factories.make_agreement(city, title="What nobody talks about", confidential=1)
	assert agreement.name in found(MANAGER, typed)
	assert agreement.name not in found(OFFICER, typed)


def test_nothing_of_ours_is_told_from_frappes_own_index():
	agreement = factories.make_agreement(title="Plainword", confidential=1)
	row = {"doctype": "MOU", "name": agreement.name, "content": "Title : Plainword", "published": 0}
	from frappe.utils.global_search import sync_value

	sync_value({**row, "title": "Plainword", "route": ""})
	assert found(OFFICER, "Plainword") == set()


def test_records_from_before_are_found_once_the_patch_ran():
	city = factories.make_partner_city("München", "Germany")
	agreement = factories.make_agreement(city)
	lead = factories.make_trade_lead("Muenchner Krane")
	for record in (city, agreement, lead):
		frappe.db.set_value(record.doctype, record.name, "search_names", None)
	frappe.db.delete("Name Key")
	for patch in (find_records_by_any_name, compare_names_by_their_words) * 2:
		patch.execute()
	assert found(OFFICER, "Muenchen") >= {city.name, agreement.name}
	assert found(OFFICER, "Münchner") >= {lead.name}
	factories.make_partner_city("Munich", "Germany")
	assert city.name in " ".join(entry["message"] for entry in frappe.get_message_log())
