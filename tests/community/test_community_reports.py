"""The reports about programmes and duties: what they count, what opens behind a number, and for whom."""

import json

import frappe
import pytest
from frappe.utils import add_days, nowdate

from city_diplomacy.access.rights import COMMUNITY, LEGAL, PROTOCOL, TRADE
from city_diplomacy.diaspora_relations.api import complete_duty
from city_diplomacy.diaspora_relations.report.committee_duties_due import committee_duties_due
from city_diplomacy.diaspora_relations.report.programmes_by_group import programmes_by_group
from tests import factories
from tests.community.factories import make_committee_duty, make_community_programme

# No programme is of that day yet.
DAY = "1901-05-04"
FILTERS = {"from_date": DAY, "to_date": DAY}


def groups(*rows) -> list[dict]:
	return [
		{"group_name": name, "places_offered": offered, "places_taken": taken, "completed": completed}
		for name, offered, taken, completed in rows
	]


def run(person: str = "Administrator", **filters):
	with factories.acting_as(person):
		return programmes_by_group.execute({**FILTERS, **filters})


@pytest.fixture
def some():
	make_community_programme("One", starts_on=DAY, groups=groups(("Adults", 20, 10, 5), ("Youth", 10, 10, 9)))
	make_community_programme("Two", starts_on=DAY, groups=groups(("Adults", 30, 15, 0)))
	make_community_programme("Three", starts_on=DAY, kind="Culture", groups=groups(("Adults", 0, 4, 0)))
	make_community_programme(
		"Off",
		starts_on=DAY,
		status="Cancelled",
		cancelled_reason="No room",
		groups=groups(("Adults", 9, 0, 0)),
	)


def test_places_are_summed_by_kind_and_group(some):
	_columns, rows, _message, chart = run()
	assert [
		(row["kind"], row["group_name"], row["programmes"], row["offered"], row["taken"], row["filled"])
		for row in rows
	] == [
		("Culture", "Adults", 1, 0, 4, None),
		("Newcomers", "Adults", 2, 50, 25, 50.0),
		("Newcomers", "Youth", 1, 10, 10, 100.0),
	]
	assert [one["values"] for one in chart["data"]["datasets"]] == [[0, 60], [4, 35]]


def test_a_number_of_programmes_opens_as_many(some):
	for row in run()[1]:
		found = run(kind=row["kind"], group_name=row["group_name"], each_programme=1)[1]
		assert len({one["name"] for one in found}) == row["programmes"]


def test_a_cancelled_one_is_counted_where_it_is_asked_for(some):
	assert [row["offered"] for row in run(status="Cancelled")[1]] == [9]


def test_who_may_know_of_no_programmes_counts_none(some):
	assert run(factories.make_person(LEGAL).name)[1] == run(factories.make_person(TRADE).name)[1] == []


def due(**filters) -> list[dict]:
	names = {"Late", "Soon", "Far", "Done", "Dropped"}
	return [row for row in committee_duties_due.execute(filters)[1] if row["duty"] in names]


@pytest.fixture
def duties():
	today = nowdate()
	make_committee_duty("Late", due_date=add_days(today, -4), kind="Finance report")
	make_committee_duty("Soon", due_date=add_days(today, 20))
	make_committee_duty("Far", due_date=add_days(today, 200))
	make_committee_duty("Dropped", due_date=today, status="Dropped", dropped_reason="None is left.")
	done = make_committee_duty("Done", due_date=today, recurs="Once")
	complete_duty(done.name, "Sent")


def test_open_duties_are_listed_the_longest_overdue_first(duties):
	assert [(row["duty"], row["days"]) for row in due()] == [("Late", -4), ("Soon", 20), ("Far", 200)]


@pytest.mark.parametrize(
	("filters", "expected"),
	[
		({"within_days": 90}, ["Late", "Soon"]),
		({"overdue": 1}, ["Late"]),
		({"kind": "Finance report"}, ["Late"]),
		({"owed_by": "Department"}, []),
	],
)
def test_filters_narrow(duties, filters, expected):
	assert [row["duty"] for row in due(**filters)] == expected


def test_the_chart_counts_how_soon(duties):
	before = committee_duties_due.execute({})[3]["data"]
	make_committee_duty("Later still", due_date=add_days(nowdate(), 400))
	after = committee_duties_due.execute({})[3]["data"]
	assert before["labels"] == ["Overdue", "Within 30 Days", "Within 90 Days", "Later"]
	assert after["datasets"][0]["values"][3] == before["datasets"][0]["values"][3] + 1


@pytest.mark.real_site
@pytest.mark.parametrize("role", [COMMUNITY, PROTOCOL])
@pytest.mark.parametrize(
	("report", "filters"),
	[
		("Programmes by Group", {}),
		("Programmes by Group", {"each_programme": 1}),
		("Committee Duties Due", {"overdue": 1}),
	],
)
def test_desk_opens_them(client, some, duties, role, report, filters):
	answer = client(factories.make_person(role).name).read(
		"frappe.desk.query_report.run", report_name=report, filters=json.dumps(filters)
	)
	assert answer.status_code == 200, answer.text
	assert answer.get_json()["message"]["result"]
	assert frappe.db.exists("Report", report)
