"""The reports about events: what they count of what the reader may know of, and the events behind each number."""

import json

import frappe
import pytest

from city_diplomacy.access.rights import LEGAL, MANAGER, OFFICER, TRADE
from city_diplomacy.hosted_events.report.attendance_by_origin import attendance_by_origin
from city_diplomacy.hosted_events.report.events_by_phase import events_by_phase
from tests import factories
from tests.desk.counting import counted_statements
from tests.events.factories import make_held_event, make_international_event

# No event is of that day yet.
DAY = "1901-05-04"
FILTERS = {"from_date": DAY, "to_date": DAY}
MARKER = "XQSECRETQX"


def held(name: str = "World Port Congress", **fields):
	return make_held_event(name, **{"starts_on": DAY, "ends_on": None, **fields})


def run(report, person: str = "Administrator", **filters):
	with factories.acting_as(person):
		return report.execute({**FILTERS, **filters})


@pytest.fixture
def some():
	held("Games", kind="Sport", attended=300, attendance=[{"country": "Japan", "attended": 100}])
	rows = [
		{"country": "Japan", "expected": 40, "attended": 30},
		{"country": "Chile", "expected": 20, "attended": 25},
	]
	held("Congress", attendance=rows)
	make_international_event("Bid", starts_on=DAY)


def test_events_are_counted_by_phase_and_kind(some):
	_columns, rows, _message, chart = run(events_by_phase)
	assert [(row["phase"], row["kind"], row["events"], row["attended"]) for row in rows] == [
		("Bid", "Congress", 1, 0),
		("Held", "Congress", 1, 55),
		("Held", "Sport", 1, 300),
	]
	assert (chart["data"]["labels"], chart["data"]["datasets"][0]["values"]) == (["Bid", "Held"], [1, 2])


def test_a_number_of_events_opens_as_many(some):
	for row in run(events_by_phase)[1]:
		found = run(events_by_phase, phase=row["phase"], kind=row["kind"], each_event=1)[1]
		assert len(found) == row["events"]


@pytest.mark.parametrize(
	("filters", "events"),
	[({"city_role": "Takes part"}, 0), ({"kind": "Sport"}, 1), ({"association_meeting": "Not known"}, 3)],
)
def test_filters_narrow(some, filters, events):
	assert len(run(events_by_phase, each_event=1, **filters)[1]) == events


def test_attendance_is_summed_by_origin_and_the_rest_is_said(some):
	_columns, rows, message, chart = run(attendance_by_origin)
	assert [(row["country"], row["events"], row["expected"], row["attended"]) for row in rows] == [
		("Japan", 2, 40, 130),
		("Chile", 1, 20, 25),
	]
	assert message == "Of 355 people who came, no origin is stated for 200."
	assert [one["values"] for one in chart["data"]["datasets"]] == [[40, 20], [130, 25]]


def test_a_country_opens_the_events_people_came_to(some):
	rows = run(attendance_by_origin, country="Japan")[1]
	assert {(row["event_name"], row["attended"]) for row in rows} == {("Games", 100), ("Congress", 30)}


@pytest.mark.parametrize("report", [events_by_phase, attendance_by_origin])
def test_events_of_confidential_agreements_are_not_counted_for_who_may_not_know_of_them(report):
	manager, officer = (factories.make_person(role).name for role in (MANAGER, OFFICER))
	secret = factories.make_agreement(title=MARKER, confidential=1, sponsor=manager)
	held(
		f"{MARKER} Games",
		agreements=[{"agreement": secret.name}],
		attendance=[{"country": "Japan", "attended": 7}],
	)
	for filters in ({}, {"each_event": 1}, {"country": "Japan"}):
		assert run(report, manager, **filters)[1]
		_columns, rows, message, _chart = run(report, officer, **filters)
		assert (rows, MARKER in str(message)) == ([], False)


@pytest.mark.parametrize("report", [events_by_phase, attendance_by_origin])
def test_who_may_know_of_no_events_counts_none(some, report):
	assert run(report, factories.make_person(LEGAL).name)[1] == []


@pytest.mark.parametrize("report", [events_by_phase, attendance_by_origin])
def test_as_many_statements_however_many_events(some, report):
	person = factories.make_person(TRADE).name
	run(report, person)
	with counted_statements() as few:
		run(report, person)
	for number in range(8):
		held(f"Congress {number}", attendance=[{"country": "Japan", "attended": 3}])
	with counted_statements() as many:
		run(report, person)
	assert len(many) <= len(few)


@pytest.mark.real_site
@pytest.mark.parametrize("role", [OFFICER, TRADE])
@pytest.mark.parametrize(
	("report", "filters"),
	[
		("Events by Phase", {}),
		("Events by Phase", {"each_event": 1}),
		("Attendance by Origin", {}),
		("Attendance by Origin", {"country": "Japan"}),
	],
)
def test_desk_opens_them(client, some, role, report, filters):
	answer = client(factories.make_person(role).name).read(
		"frappe.desk.query_report.run", report_name=report, filters=json.dumps({**FILTERS, **filters})
	)
	assert answer.status_code == 200, answer.text
	assert answer.get_json()["message"]["result"]
	assert frappe.db.exists("Report", report)
