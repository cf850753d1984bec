"""What the public reads of community programmes: those marked for it, and no number of a few people."""

import pytest

from city_diplomacy.diaspora_relations.public_programmes import list_programmes
from tests.approvals.scenes import set_settings
from tests.community.factories import make_community_programme
from tests.pages.reading import open_page

GROUPS = [
	{"group_name": "Adults", "places_offered": 40, "places_taken": 37},
	{"group_name": "Youth", "places_offered": 12, "places_taken": 3},
	{"group_name": "Elders", "places_offered": 30, "places_taken": 21},
]


@pytest.fixture(autouse=True)
def open_directory():
	set_settings(use_public_directory=1, use_diaspora_relations=1)


def shown(name: str = "Harbor School", **fields) -> dict:
	make_community_programme(name, **{"is_public": 1, "groups": GROUPS, "starts_on": "2999-01-01", **fields})
	return list_programmes()["rows"][0]


def test_a_group_of_a_few_is_not_shown_and_cannot_be_worked_out():
	row = shown()
	assert [(group["name"], group["taken"]) for group in row["groups"]] == [
		("Adults", 37),
		("Youth", None),
		("Elders", None),
	]
	assert row["taken"] == 61


def test_where_few_came_in_all_not_even_the_total_is_shown():
	row = shown(groups=[{"group_name": "Youth", "places_offered": 12, "places_taken": 4}])
	assert (row["groups"][0]["taken"], row["taken"]) == (None, None)


@pytest.mark.parametrize("fields", [{"is_public": 0}, {"status": "Cancelled", "cancelled_reason": "No room"}])
def test_what_is_not_marked_or_is_cancelled_is_not_there(fields):
	make_community_programme("Hidden School", **{"is_public": 1, "starts_on": "2999-01-01", **fields})
	assert "Hidden School" not in str(list_programmes())


def test_the_page_shows_it_to_guests_without_the_hidden_numbers(client):
	shown(sessions=[{"subject": "First evening", "held_on": "2999-02-01", "place": "Library"}])
	page = open_page(client(), "/programmes")
	for words in ("Harbor School", "37 of 40", "not shown", "First evening"):
		assert words in page.text
	assert "3 of 12" not in page.text


def test_it_is_found_by_its_kind(client):
	shown(kind="Culture")
	assert "Harbor School" in open_page(client(), "/programmes", kind="Culture").text
	assert "Harbor School" not in open_page(client(), "/programmes", kind="Volunteers").text


def test_while_the_directory_is_off_guests_find_no_page(client):
	set_settings(use_public_directory=0)
	assert client().get("/programmes").status_code == 404


def test_words_of_a_programme_do_not_run(client):
	shown("Harbor <b>School</b>")
	assert "<b>School</b>" not in client().get("/programmes").get_data(as_text=True)
