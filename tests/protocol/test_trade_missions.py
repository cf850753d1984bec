"""A trade mission is a visit with companies, the meetings they want, and the leads that came of it."""

import pytest

from city_diplomacy.access.rights import TRADE
from city_diplomacy.diplomatic_protocol.visits import missions
from city_diplomacy.diplomatic_protocol.visits.exceptions import VisitError
from city_diplomacy.partnerships.partners.connections import count
from city_diplomacy.registers.errors import RegisterError
from tests import factories
from tests.protocol.factories import make_delegation_visit

ROBOTICS = {"company_name": "Harbor Robotics", "wants_to_meet": "Sakata Port"}
FOODS = {
	"company_name": "Bay Foods",
	"wants_to_meet": "Sakata Rice",
	"met_on": "2026-03-01",
	"result": "Samples",
}


def mission(*companies, **fields):
	return make_delegation_visit(**{"visit_kind": "Trade mission", "companies": list(companies), **fields})


def leads_counted(visit) -> int:
	found = count("Delegation Visit", visit.name)["count"]["external_links_found"]
	return {one["doctype"]: one["count"] for one in found}["Trade Lead"]


def test_meetings_wanted_and_held_are_told():
	assert missions.in_short(mission(ROBOTICS, FOODS)) == "2 companies want 2 meetings; 1 held."
	assert missions.in_short(mission()) == ""


@pytest.mark.parametrize(
	("companies", "fields", "error", "sentence"),
	[
		((ROBOTICS, ROBOTICS), {}, VisitError, "once is enough"),
		((ROBOTICS,), {"visit_kind": "Student"}, VisitError, "belong to a visit of the kind Trade mission"),
		(({**ROBOTICS, "met_on": "2999-01-01"},), {}, RegisterError, "still to come"),
	],
)
def test_what_cannot_be_is_refused(companies, fields, error, sentence):
	with pytest.raises(error, match=sentence):
		mission(*companies, **fields)


@pytest.mark.real_site
def test_a_lead_says_of_which_visit_it_came_and_the_visit_counts_it():
	visit = mission(ROBOTICS)
	with factories.acting_as(factories.make_person(TRADE).name):
		lead = factories.make_trade_lead(source_visit=visit.name)
		assert leads_counted(visit) == 1
	assert lead.source_visit == visit.name


@pytest.mark.real_site
def test_a_confidential_lead_is_not_counted_for_others():
	visit = mission(ROBOTICS)
	with factories.acting_as(factories.make_person(TRADE).name):
		factories.make_trade_lead(
			source_visit=visit.name,
			confidential_until="2999-01-01",
			anonymous_description="A maker of cranes.",
		)
	other = factories.make_user("another.trader@city.example", TRADE).name
	with factories.acting_as(other):
		assert leads_counted(visit) == 0
