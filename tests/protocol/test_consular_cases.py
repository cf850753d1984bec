"""A consular case: known to protocol, the manager and those named on it, and to nobody else."""

import frappe
import pytest

from city_diplomacy.access.rights import AUDITOR, COMMUNITY, MANAGER, OFFICER, PROTOCOL
from city_diplomacy.registers.record_dates import today
from tests import factories
from tests.protocol.factories import make_consular_case


@pytest.fixture
def chief():
	return factories.make_person(PROTOCOL).name


@pytest.fixture
def case(chief):
	with factories.acting_as(chief):
		return make_consular_case()


def knows(user: str, case) -> bool:
	with factories.acting_as(user):
		listed = case.name in frappe.get_list("Consular Case", pluck="name", limit_page_length=0)
		opened = bool(frappe.has_permission("Consular Case", "read", case.name))
	assert listed == opened
	return listed


@pytest.mark.parametrize(
	("role", "known"), [(PROTOCOL, True), (MANAGER, True), (OFFICER, False), (AUDITOR, False)]
)
def test_protocol_and_the_manager_know_every_case(role, known, case):
	assert knows(factories.make_user("other@city.example", role).name, case) is known


@pytest.mark.parametrize("role", [OFFICER, COMMUNITY, AUDITOR])
def test_whoever_is_named_on_it_knows_it(role, case, chief):
	reader = factories.make_user("reader@city.example", role).name
	assert not knows(reader, case)
	with factories.acting_as(chief):
		case.append("readers", {"user": reader})
		case.save()
	assert knows(reader, case)


def test_its_owner_and_whoever_entered_it_know_it(chief):
	officer, other = (
		factories.make_user(f"{name}@city.example", OFFICER).name for name in ("officer", "other")
	)
	with factories.acting_as(chief):
		mission = make_consular_case("First").consular_mission
	with factories.acting_as(officer):
		case = make_consular_case(mission=frappe._dict(name=mission), case_owner=other)
	assert knows(officer, case)
	assert knows(other, case)


def test_it_keeps_who_was_told_when_and_closes_with_an_outcome(case):
	case.append(
		"notices",
		{"told_on": "2026-01-02 03:04:05", "told_whom": "Police watch commander", "how": "Telephone"},
	)
	case.update({"status": "Closed", "outcome": "The door was mended."})
	assert case.save().closed_on == today()
	case.status = "Open"
	assert case.save().closed_on is None
