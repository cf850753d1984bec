"""Consular missions: what the register accepts, what it refuses, who may, and what of them is a double."""

import frappe
import pytest

from city_diplomacy.access.rights import COMMUNITY, OFFICER, PROTOCOL, TRADE
from city_diplomacy.diplomatic_protocol.corps.importing import MISSIONS
from city_diplomacy.diplomatic_protocol.exceptions import ConsularMissionError, ProtocolSettingsError
from tests import factories
from tests.imports.tables import csv_of, outcomes, previewed
from tests.protocol.factories import head, make_consular_mission


def test_a_mission_keeps_its_officers():
	mission = make_consular_mission(
		officers=[
			head("Old", to_date="2024-03-31", from_date="2020-01-01", exequatur="2020-01-01"),
			head("New", from_date="2024-03-31", exequatur="2024-04-01"),
			head("Third", position="Consular officer", rank="Vice-consul"),
			head("Deputy", position="Acting head of post", from_date="2026-01-01", exequatur=None),
		]
	)
	stored = frappe.get_doc("Consular Mission", mission.name)
	assert [row.full_name for row in stored.officers] == ["Old", "New", "Third", "Deputy"]


def test_a_mission_is_entered_once():
	make_consular_mission()
	with pytest.raises((frappe.UniqueValidationError, frappe.DuplicateEntryError)):
		make_consular_mission()


def test_the_country_is_nobodys_but_the_missions():
	with pytest.raises(frappe.MandatoryError):
		frappe.get_doc(
			{"doctype": "Consular Mission", "mission_name": "Nowhere", "mission_type": "Consulate"}
		).insert()


@pytest.mark.parametrize("role", [PROTOCOL, OFFICER])
def test_protocol_and_the_office_enter_missions(role):
	with factories.acting_as(factories.make_person(role).name):
		mission = make_consular_mission()
	assert mission.owner == factories.make_person(role).name


@pytest.mark.parametrize("role", [TRADE, COMMUNITY])
def test_others_read_them(role):
	mission = make_consular_mission()
	with factories.acting_as(factories.make_person(role).name):
		assert frappe.get_list("Consular Mission", pluck="name") == [mission.name]
		with pytest.raises(frappe.PermissionError):
			make_consular_mission("Another")


def test_doubles_are_found_by_name_and_by_country_type_and_seat():
	stored = make_consular_mission(seat="Los Angeles")
	new = [
		frappe.get_doc(
			{
				"doctype": "Consular Mission",
				"mission_name": name,
				"country": country,
				"mission_type": "Consulate-general",
				"seat": seat,
			}
		)
		for name, country, seat in (
			("Consulate general of JAPAN", "Japan", ""),
			("Japanese Consulate", "Japan", "los angeles"),
			("Consulate of Peru", "Peru", "Los Angeles"),
		)
	]
	assert MISSIONS.same(new) == [stored.name, "", ""]
	assert MISSIONS.alike(new) == [[], [stored.name], []]
	assert MISSIONS.same([]) == MISSIONS.alike([]) == []


def test_two_who_head_it_at_once_are_named():
	with pytest.raises(ConsularMissionError, match="Ana and Ben would head"):
		make_consular_mission(officers=[head("Ana"), head("Ben", from_date="2025-01-01")])


def test_a_dean_who_stands_first_is_named():
	settings = frappe.get_doc("Protocol Settings")
	settings.dean_first = 1
	with pytest.raises(ProtocolSettingsError, match="Name the dean"):
		settings.save()
	settings.reload()
	settings.log_gifts_within_days = 9999
	with pytest.raises(ProtocolSettingsError, match="must be from 0 to"):
		settings.save()
	settings.reload()
	settings.append("gift_advice", {"advice": "Give none."})
	with pytest.raises(ProtocolSettingsError, match="for which country"):
		settings.save()


def test_a_list_of_missions_is_imported_with_its_heads_and_a_double_is_decided_about():
	make_consular_mission("Consulate-General of Japan", seat="Los Angeles")
	table = csv_of(
		["Mission", "Type", "Sending country", "Seat", "Full name (Officers)", "Exequatur (Officers)"],
		["Consulate of Peru", "Consulate", "Peru", "Los Angeles", "Rosa Quispe", "2024-05-01"],
		["consulate general of japan", "Consulate-general", "Japan", "Kyoto", "", ""],
		["Japanese Consulate", "Consulate-general", "Japan", "Los Angeles", "", ""],
		["Consulate of Nowhere", "Consulate", "Atlantis", "", "", ""],
	)
	doc = previewed("Consular Mission", table)
	assert outcomes(doc) == ["Add", "Duplicate", "Likely Double", "Refused"]
