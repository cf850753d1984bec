"""A marker in a consular case, in its rows and in Frappe's rows about it: no door tells it to who is not named on it."""

import frappe
import pytest

from city_diplomacy.access.rights import AUDITOR, COMMUNITY, OFFICER, PROTOCOL
from tests import factories
from tests.doors import listed, planted
from tests.doors.planted import KEEPER, Planted
from tests.doors.test_every_door import FIRST_DOORS, _told_over_rest, told_by
from tests.protocol.factories import make_consular_mission

pytestmark = pytest.mark.real_site

CASE, DOCTYPE = "CC-OF-THE-KEEPER", "Consular Case"
MARKER = "XQCASESECRETQX"
ABOUT = ("Comment", "Communication", "File", "ToDo", "Version", "Tag Link")


@pytest.fixture(scope="module")
def rows(arranged) -> list[Planted]:
	factories.make_user(KEEPER, PROTOCOL)
	values = {"consular_mission": make_consular_mission().name, "kind": "Incident", "status": "Open"}
	found = [planted.plant_row(DOCTYPE, CASE, MARKER, {**values, "case_owner": KEEPER})]
	for field in frappe.get_meta(DOCTYPE).get_table_fields():
		of_case = {"parenttype": DOCTYPE, "parent": CASE, "parentfield": field.fieldname, "idx": 1}
		found.append(planted.plant_row(field.options, f"{CASE}-{field.fieldname}", MARKER, of_case, DOCTYPE))
	for doctype in ABOUT:
		kind, name = planted.ABOUT_A_RECORD[doctype]
		about = {kind: DOCTYPE, name: CASE, **planted.OF_THE_KEEPER.get(doctype, {})}
		found.append(planted.plant_row(doctype, f"about-the-case-{frappe.scrub(doctype)}", MARKER, about))
	return found


@pytest.fixture(params=[OFFICER, COMMUNITY, AUDITOR])
def stranger(request) -> str:
	"""Somebody whose role could read a case they are named on, and who is named on none."""
	return factories.make_user("stranger@city.example", request.param).name


def test_no_door_of_frappe_tells_it(rows, stranger):
	doors = [door for door, why_not in listed.reviewed().items() if not why_not]
	kinds = [row for row in rows if row.doctype in (DOCTYPE, "Consular Case Notice", "Consular Case Reader")]
	with factories.acting_as(stranger):
		told = [leak for row in rows for door in FIRST_DOORS for leak in told_by(door, row, rows)]
		asked: list[dict] = []
		told += [leak for door in doors for row in kinds for leak in told_by(door, row, rows, asked)]
	assert not told, "\n".join(told)


def test_rest_does_not_tell_it(rows, stranger, client):
	browser = client(stranger)
	told = [leak for row in rows for leak in _told_over_rest(browser, row, rows)]
	assert not told, "\n".join(told)


def test_cards_and_the_missions_connections_do_not_tell_it(rows, stranger):
	from city_diplomacy.diplomatic_protocol import cards

	mission = frappe.db.get_value(DOCTYPE, CASE, "consular_mission")
	with factories.acting_as(stranger):
		assert cards.count_open_cases()["value"] == 0
		listed_there = frappe.get_list(DOCTYPE, {"consular_mission": mission}, pluck="name")
	assert listed_there == []


def test_the_chief_of_protocol_is_told_by_the_same_doors(rows):
	told = set()
	with factories.acting_as(factories.make_user("chief@city.example", PROTOCOL).name):
		assert frappe.get_attr("city_diplomacy.diplomatic_protocol.cards.count_open_cases")()["value"] >= 1
		for door in FIRST_DOORS:
			if told_by(door, rows[0], rows):
				told.add(door)
	assert told >= {"frappe.client.get", "frappe.client.get_list", "frappe.desk.reportview.get"}
