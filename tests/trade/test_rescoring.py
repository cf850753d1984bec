"""The optional second rating of candidates: nothing is missing without its library, and with it one sentence is added."""

import frappe
import pytest

from city_diplomacy.domain.trade.screening.states import Method
from city_diplomacy.trade_promotion.screening import explained, rescoring
from tests.factories import make_party_screening, make_restricted_party_list, make_trade_lead

with_library = pytest.mark.skipif(not rescoring.is_installed(), reason="the extra rescoring is not installed")


@pytest.fixture
def screening():
	frappe.db.set_value("Restricted Party List", {"enabled": 1}, "enabled", 0)
	make_restricted_party_list(content="id,name\n1,NOVATECH MARINE OOO\n")
	return make_party_screening(make_trade_lead("Novatech Marine Ltd"), method=Method.AGAINST_LISTS)


def rated(screening) -> list[str]:
	stored = frappe.get_doc("Party Screening", screening.name)
	said = [part["sentence"] for one in explained.candidates(stored) for part in one["parts"]]
	return [sentence for sentence in said if sentence.startswith("The library rigour")]


def test_a_screening_is_whole_with_or_without_the_library(screening):
	assert screening.candidates[0].score == 100
	assert len(rated(screening)) == rescoring.is_installed()


@with_library
def test_a_rating_is_added_once_and_changes_no_score(screening):
	rescoring.rate(screening.name)
	rescoring.rate(screening.name)
	assert len(rated(screening)) == 1
	assert frappe.get_doc("Party Screening", screening.name).candidates[0].score == 100


@with_library
def test_like_names_are_rated_higher_than_others():
	assert rescoring.rating_of("Smith, John", "John Smith", "Person") > 0.9
	assert rescoring.rating_of("Volaris", "Polaris", "Organisation") < 0.9
