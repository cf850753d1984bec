"""The reports about visits: what they count, of what their reader may know of."""

import pytest

from city_diplomacy.access.rights import DEPARTMENT, PROTOCOL
from city_diplomacy.diplomatic_protocol.report.reciprocity import reciprocity
from city_diplomacy.diplomatic_protocol.report.visits_in_and_out import visits_in_and_out
from tests import factories
from tests.protocol.factories import delegate, make_delegation_visit, make_official_gift


@pytest.fixture
def city():
	return factories.make_partner_city("Sakata", "Japan")


def held(city, **fields):
	given = {
		"status": "Held",
		"arrives_on": "2026-03-01",
		"leaves_on": "2026-03-02",
		"partners": [{"partner_type": "Partner City", "partner": city.name}],
		"country": "Japan",
	}
	return make_delegation_visit(**(given | fields))


def out(city, **fields):
	given = {
		"direction": "Outbound",
		"purpose": "Ports",
		"without_cost": 1,
		"authorised_by": "The mayor",
		"delegates": [delegate("Maya Ortiz")],
	}
	return held(city, **(given | fields))


def rows_of(report, **filters) -> list[dict]:
	_columns, rows, _message, _chart = report.execute(filters)
	return rows


def test_each_visit_is_told_with_its_partner_its_people_and_its_outcome(city):
	people = [delegate("Haruka Sato"), delegate("Ken Abe", withdrawn_on="2026-02-01")]
	visit = held(city, delegates=people, outcome="They send plans.")
	(row,) = rows_of(visits_in_and_out, partner=city.name)
	assert (row["name"], row["partners"], row["people"], row["outcome"]) == (
		visit.name,
		city.name,
		1,
		"They send plans.",
	)


def test_visits_are_found_by_each_filter(city):
	inbound, outbound = (
		held(city),
		out(city, arrives_on="2026-05-01", leaves_on="2026-05-03", visit_kind="Technical"),
	)

	def found(**filters) -> list[str]:
		return [row["name"] for row in rows_of(visits_in_and_out, partner=city.name, **filters)]

	assert found() == [outbound.name, inbound.name]
	assert found(direction="Inbound") == [inbound.name]
	assert found(visit_kind="Technical") == [outbound.name]
	assert found(from_date="2026-05-03") == [outbound.name]
	assert found(to_date="2026-04-30") == [inbound.name]
	assert found(status="Cancelled") == []
	assert found(country="France") == []


def test_the_chart_shows_visits_in_beside_out(city):
	held(city)
	out(city)
	*_rest, chart = visits_in_and_out.execute({"partner": city.name})
	assert chart["data"]["labels"] == ["2026-03"]
	assert [one["values"] for one in chart["data"]["datasets"]] == [[1], [1]]


def test_reciprocity_says_whose_turn_it_is(city):
	held(city)
	held(city, arrives_on="2026-04-01", leaves_on="2026-04-02")
	out(city)
	# Neither a request nor a visit of others counts.
	make_delegation_visit(partners=[{"partner_type": "Partner City", "partner": city.name}])
	make_official_gift("Lacquer box", partner_type="Partner City", partner=city.name)
	(row,) = rows_of(reciprocity, partner=city.name)
	assert (row["visits_in"], row["visits_out"], row["gifts_received"], row["gifts_given"]) == (2, 1, 1, 0)
	assert (str(row["last_in"]), row["owed"]) == ("2026-04-01", "We owe 1 visits")


def test_reciprocity_of_a_time_and_a_kind_of_partner(city):
	held(city)
	assert rows_of(reciprocity, partner=city.name, from_date="2026-04-01") == []
	assert rows_of(reciprocity, partner=city.name, partner_type="City Network") == []
	assert len(rows_of(reciprocity, partner=city.name, to_date="2026-03-01")) == 1


def test_who_may_not_know_of_visits_counts_none(city):
	held(city)
	reviewer = factories.make_user("reviewer@visits.example", DEPARTMENT).name
	with factories.acting_as(reviewer):
		assert rows_of(reciprocity, partner=city.name) == []
		assert rows_of(visits_in_and_out, partner=city.name) == []
	with factories.acting_as(factories.make_person(PROTOCOL).name):
		assert len(rows_of(reciprocity, partner=city.name)) == 1
