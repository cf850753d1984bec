"""The calendars of agreements, commitments and engagements show the days people may know of, and no others."""

import json

import frappe
import pytest

from city_diplomacy.access.rights import AUDITOR, DEPARTMENT, MANAGER, MAYOR, OFFICER, TRADE
from tests import factories

CALENDARS = "city_diplomacy.partnerships.calendars"
MAY = {"start": "2031-05-01 00:00:00", "end": "2031-06-08 00:00:00"}
METHODS = {
	"MOU": "agreement_days",
	"Partnership Commitment": "due_commitments",
	"Partner Engagement": "engagements",
}


@pytest.fixture
def manager() -> str:
	return factories.make_person(MANAGER).name


def shown(client, person: str, method: str, **arguments) -> list[dict]:
	answer = client(person).read(f"{CALENDARS}.{method}", **{**MAY, **arguments})
	assert answer.status_code == 200, answer.text
	return answer.get_json()["message"]


def titles(client, person: str, method: str, **arguments) -> set[str]:
	return {event["title"] for event in shown(client, person, method, **arguments)}


def in_force(title: str, **values) -> str:
	agreement = factories.make_agreement(title=title)
	# The calendar reads what is stored; how an agreement comes into force is tested elsewhere.
	frappe.db.set_value("MOU", agreement.name, {"workflow_state": "Active", "docstatus": 1, **values})
	return agreement.name


def test_an_agreement_shows_each_of_its_days_within_those_asked_for(client, manager):
	in_force("Ports", notice_date="2031-05-02", next_review_date="2031-04-30", expiry_date="2031-05-31")
	factories.make_agreement(title="Draft", needed_by="2031-05-09", expiry_date="2031-05-10")
	found = titles(client, manager, "agreement_days")
	assert found >= {"Give notice: Ports", "Ends: Ports", "Needed: Draft"}
	assert not found & {"Review: Ports", "Ends: Draft"}


def test_a_commitment_without_a_day_is_on_none(client, manager):
	factories.make_commitment("Send figures", due_date="2031-05-05")
	factories.make_commitment("Some day")
	assert titles(client, manager, "due_commitments") == {"Send figures"}


def test_an_engagement_that_began_before_and_still_goes_on_is_shown(client, manager):
	factories.make_engagement("Fair", "2031-04-29 09:00:00", ends_on="2031-05-02 18:00:00")
	factories.make_engagement("Over", "2031-04-20 09:00:00")
	assert titles(client, manager, "engagements") == {"Meeting: Fair"}


def test_an_engagement_of_which_the_day_alone_is_known_has_no_hours(client, manager):
	factories.make_engagement("Day", "2031-05-02 00:00:00")
	factories.make_engagement("Days", "2031-05-02 00:00:00", ends_on="2031-05-04 00:00:00")
	factories.make_engagement("Night", "2031-05-02 00:00:00", ends_on="2031-05-02 03:00:00")
	factories.make_engagement("Morning", "2031-05-02 09:00:00")
	found = {
		event["title"].split(": ")[1]: (event["all_day"], event["in_user_tz"], event["start"], event["end"])
		for event in shown(client, manager, "engagements")
	}
	assert found == {
		"Day": (1, 0, "2031-05-02", "2031-05-02"),
		"Days": (1, 0, "2031-05-02", "2031-05-04"),
		"Night": (0, 1, "2031-05-02 00:00:00", "2031-05-02 03:00:00"),
		"Morning": (0, 1, "2031-05-02 09:00:00", "2031-05-02 09:00:00"),
	}


def test_more_than_a_page_of_a_list_is_shown(client, manager):
	for number in range(25):
		factories.make_commitment(f"Promise {number}", due_date="2031-05-05")
	assert len(titles(client, manager, "due_commitments")) == 25


def test_the_filters_of_the_list_beside_it_hold(client, manager):
	for status in ("Open", "Dropped"):
		factories.make_commitment(status, due_date="2031-05-05", status=status)
	filters = json.dumps([["Partnership Commitment", "status", "=", "Open", False]])
	assert titles(client, manager, "due_commitments", filters=filters) == {"Open"}


@pytest.mark.parametrize("role", [OFFICER, TRADE, AUDITOR, MAYOR])
def test_nothing_of_a_confidential_agreement_is_told(client, manager, role):
	with factories.acting_as(manager):
		name = in_force("Secret", expiry_date="2031-05-20", confidential=1, sponsor=manager)
		frappe.db.set_value("MOU", name, "owner", manager)
		factories.make_commitment(
			"Secret promise", source_doctype="MOU", source_name=name, due_date="2031-05-20"
		)
		factories.make_engagement("Secret meeting", "2031-05-20 10:00:00", agreement=name)
	person = factories.make_person(role).name
	for method in METHODS.values():
		assert [event for event in shown(client, manager, method) if "Secret" in event["title"]]
		answer = client(person).read(f"{CALENDARS}.{method}", **MAY)
		assert "Secret" not in answer.text
		assert name not in answer.text


@pytest.mark.parametrize("column", ["supersedes.title", "parent_agreement.title", "1=1) or (name"])
def test_a_filter_asks_nothing_about_linked_records(client, column):
	officer = factories.make_person(OFFICER).name
	filters = json.dumps([["MOU", column, "like", "S%"]])
	answer = client(officer).read(f"{CALENDARS}.agreement_days", filters=filters, **MAY)
	assert answer.status_code == 417


@pytest.mark.parametrize("doctype", METHODS)
def test_who_may_not_read_the_register_is_refused(client, doctype):
	nobody = factories.make_user("nobody@city.example").name
	assert client(nobody).read(f"{CALENDARS}.{METHODS[doctype]}", **MAY).status_code == 403


def test_a_department_sees_its_own_promises_alone(client, manager):
	head = factories.make_user("head@city.example", DEPARTMENT).name
	mine = factories.make_department("Harbor Affairs", head=head).name
	other = factories.make_department("Parks").name
	for department, what in ((mine, "Ours"), (other, "Theirs")):
		factories.make_commitment(what, owed_by="Department", department=department, due_date="2031-05-05")
	assert titles(client, head, "due_commitments") == {"Ours"}
