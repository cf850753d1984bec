"""Community programmes: sessions, partners, places by group as numbers, and no names."""

import frappe
import pytest

from city_diplomacy.access.rights import COMMUNITY, PROTOCOL
from city_diplomacy.diaspora_relations.exceptions import NamesOfPeopleError, ProgrammeError
from tests import factories
from tests.community.factories import make_community_programme

GROUPS = [
	{"group_name": "14 to 18 years", "places_offered": 20, "places_taken": 18, "completed": 15},
	{"group_name": "Adults", "places_offered": 30, "places_taken": 12},
]


def session(subject: str = "First evening", held_on: str = "2031-05-04", **fields) -> dict:
	return {"subject": subject, "held_on": held_on, "place": "Central Library", **fields}


def test_the_community_officer_keeps_programmes_and_totals_follow_from_the_groups():
	with factories.acting_as(factories.make_person(COMMUNITY).name):
		programme = make_community_programme(groups=GROUPS, sessions=[session(offered_places=50)])
	assert (programme.offered_total, programme.taken_total) == (50, 30)


def test_who_reads_programmes_does_not_change_them():
	programme = make_community_programme()
	with factories.acting_as(factories.make_person(PROTOCOL).name):
		assert frappe.get_doc("Community Programme", programme.name).has_permission("read")
		with pytest.raises(frappe.PermissionError):
			frappe.get_doc("Community Programme", programme.name).save()


@pytest.mark.parametrize(
	"fields",
	[
		{"description": "With Ana Lopez, Kim Minji, Omar Said"},
		{"groups": [{"group_name": "Ana Lopez; Kim Minji"}]},
		{"groups": [{"group_name": "Youth", "result": "Best: ana@example.org"}]},
		{"sessions": [session("Ana Lopez, Kim Minji, Omar Said")]},
	],
)
def test_names_of_people_are_refused(fields):
	with pytest.raises(NamesOfPeopleError, match="only numbers are kept here"):
		make_community_programme(**fields)


def test_a_group_stands_in_one_row():
	with pytest.raises(ProgrammeError, match="stands in two rows"):
		make_community_programme(groups=[{"group_name": "Adults"}, {"group_name": " adults "}])


@pytest.mark.parametrize(
	("fields", "sentence"),
	[
		({"starts_on": "2031-05-05", "sessions": [session()]}, "outside the days"),
		({"sessions": [session(starts_at="18:00:00", ends_at="9:30:00")]}, "ends before it begins"),
		({"sessions": [session(starts_at="half past six")]}, "is not a time of day; write it as in 14:30"),
		({"status": "Finished"}, "say when it began"),
	],
)
def test_days_and_hours_fit(fields, sentence):
	with pytest.raises(ProgrammeError, match=sentence):
		make_community_programme(**fields)


def test_hours_that_are_not_known_stay_empty():
	(row,) = make_community_programme(sessions=[session()]).reload().sessions
	assert (row.starts_at, row.ends_at) == (None, None)


def test_partners_are_named_once_and_stay_while_they_are_named():
	organisation = factories.make_diaspora_organisation()
	row = {"partner_type": organisation.doctype, "partner": organisation.name, "part": "Teachers"}
	with pytest.raises(ProgrammeError, match="named already"):
		make_community_programme(partners=[row, dict(row)])
	make_community_programme(partners=[row])
	with pytest.raises(frappe.ValidationError, match="cannot be deleted"):
		frappe.get_doc("Diaspora Organisation", organisation.name).delete()


def test_sessions_are_on_their_days_in_the_calendar(client):
	make_community_programme(sessions=[session(), session("Second evening", "2031-06-20")])
	make_community_programme("Off", status="Cancelled", cancelled_reason="No room", sessions=[session("Off")])
	answer = client(factories.make_person(COMMUNITY).name).read(
		"city_diplomacy.diaspora_relations.calendar.sessions", start="2031-05-01", end="2031-06-08"
	)
	assert [one["title"] for one in answer.get_json()["message"]] == ["English for Newcomers: First evening"]
