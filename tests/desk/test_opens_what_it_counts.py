"""Every number card, shortcut and chart opens exactly the rows it counts, for every account that is shown it."""

import json
from datetime import timedelta

import frappe
import pytest
from frappe.utils import getdate, nowdate

from city_diplomacy.access.rights import (
	AUDITOR,
	LEGAL,
	MANAGER,
	OFFICER,
	OVERRIDE,
	POLICY_ADMIN,
	PROTOCOL,
	ROLES,
	TRADE,
	rights_of,
)
from tests import factories
from tests.approvals import scenes
from tests.community.factories import (
	make_committee_duty,
	make_community_programme,
	make_directory_registration,
)
from tests.desk.opened import Opened, listed, open_card, open_shortcut, written
from tests.events.factories import make_held_event, make_international_event
from tests.protocol import factories as protocol

PARTNERSHIPS = "city_diplomacy.partnerships.charts"
TRADE_CHARTS = "city_diplomacy.trade_promotion.charts"
PROTOCOL_CHARTS = "city_diplomacy.diplomatic_protocol.charts"
EVENT_CHARTS = "city_diplomacy.hosted_events.charts"
COMMUNITY_CHARTS = "city_diplomacy.diaspora_relations.charts"
# Whoever completes the setup wizard has this role and none of ours, and is shown every widget of the start page.
SET_UP_THE_SITE = "System Manager"

CARDS = {card["name"]: card for card in written("number_card")}
SHORTCUTS = {
	shortcut["label"]: shortcut
	for workspace in written("workspace")
	for shortcut in workspace["shortcuts"]
	if shortcut["type"] == "DocType"
}
CHARTS = {chart["name"]: chart for chart in written("dashboard_chart")}
DESK_ROLES = sorted(role for role, (needs_desk, _purpose) in ROLES.items() if needs_desk)


@pytest.fixture
def planted(ground) -> None:
	"""For every widget, rows it counts beside rows it must not: undated, later, done, other people's, confidential."""
	for role in (*DESK_ROLES, LEGAL):
		factories.make_person(role)
	today = getdate(nowdate())
	for days in (None, -3, 10, 90):
		due = days is not None and today + timedelta(days)
		for status in ("Open", "Dropped"):
			factories.make_commitment(f"Promise {days} {status}", due_date=due or None, status=status)
	plant_trade(today)
	plant_protocol(today)
	for stage in ("Network Peer", "Contact", "Sister City"):
		factories.make_partner_city(f"City {stage}", "Finland", relationship_stage=stage)
	for name, verified in (
		("Never verified", None),
		("Verified", today),
		("Long ago", today - timedelta(2000)),
	):
		factories.make_diaspora_organisation(f"{name} Association", last_verified=verified)
	plant_agreements(today)
	plant_events_and_community(today)


def plant_events_and_community(today) -> None:
	for days in (-3, 20, 200):
		make_international_event(f"Bid {days}", decision_on=today + timedelta(days))
		make_committee_duty(f"Duty {days}", due_date=today + timedelta(days))
	make_committee_duty("Dropped", due_date=today, status="Dropped", dropped_reason="None is left.")
	make_held_event("Held here")
	make_held_event("Held elsewhere", city_role="Takes part")
	for status in ("Open", "Running", "Planned"):
		make_community_programme(status, status=status, groups=[{"group_name": "All", "places_taken": 7}])
	make_directory_registration("Waiting Society")
	make_directory_registration("Declined Society").db_set("status", "Declined")


def plant_trade(today) -> None:
	for role in (OFFICER, TRADE):
		with factories.acting_as(factories.make_person(role).name):
			for status in ("Ongoing", "Won"):
				lead = factories.make_trade_lead(f"Harbor {status}", status=status)
			stale = factories.make_trade_lead(f"Stale with {role}")
			stale.db_set("stale_on", today - timedelta(2))
			factories.make_trade_referral(lead)
			factories.make_trade_lead(
				f"Secret of {role}",
				confidential_until=today + timedelta(90),
				anonymous_description="A maker of machines.",
			).db_set("stale_on", today - timedelta(2))
			# Each takes the place of the one before.
			for state in ("To Be Decided", "Cleared", "To Be Decided"):
				factories.make_party_screening(lead).db_set("state", state)
	for state in ("Sent", "Confirmed"):
		factories.make_export_win(f"Harbor {state}").db_set("status", state)


def plant_protocol(today) -> None:
	for days in (5, 90):
		day = today + timedelta(days)
		protocol.make_consular_mission(
			f"Mission {days}", national_day_month=f"{day:%B}", national_day_day=day.day
		)
	mission = protocol.make_consular_mission("Closed mission", closed_on=today)
	protocol.make_gift_threshold()
	for value in (10, 500):
		protocol.make_official_gift(f"Gift of {value}", value=value)
	for status in ("Requested", "Done"):
		protocol.make_ceremonial_request(f"Ceremony {status}", status=status)
	for role in (OFFICER, PROTOCOL):
		with factories.acting_as(factories.make_person(role).name):
			for status in ("Open", "Closed"):
				protocol.make_consular_case(f"Case of {role}", mission, status=status, outcome="Done.")


def plant_agreements(today) -> None:
	scenes.make_policy(
		scenes.rule("City Attorney", role=LEGAL, mandatory=1),
		scenes.rule("Auditor", role=AUDITOR, mandatory=1),
		scenes.rule("Override", role=OVERRIDE, mandatory=1),
		scenes.rule("Policy", user=factories.make_person(POLICY_ADMIN).name),
	)
	manager = scenes.manager()
	dates = (None, today - timedelta(2), today + timedelta(5))
	for position, due in enumerate(dates):
		agreement = scenes.under_way(title=f"Under way {position}")
		frappe.db.set_value("Approval Clearance", {"reference_name": agreement.name}, "due_date", due)
	hidden = scenes.draft_by(manager, title="Confidential", confidential=1, sponsor=manager)
	running = factories.make_agreement(title="In force")
	for name, days in ((hidden.name, 20), (running.name, 30)):
		# The widgets read what is stored; how an agreement comes into force is tested elsewhere.
		values = {"notice_date": today + timedelta(5), "expiry_date": today + timedelta(days)}
		frappe.db.set_value("MOU", name, {"workflow_state": "Active", "docstatus": 1, **values})


def seen_by_roles(client, ask) -> dict[str, Opened]:
	people = {role: factories.make_person(role).name for role in DESK_ROLES}
	return {role: ask(client(person)) for role, person in people.items()}


def check(seen: dict[str, Opened]) -> None:
	counted = {role: found.counted for role, found in seen.items() if found.counted is not None}
	assert counted == {role: len(seen[role].rows) for role in counted}
	assert any(counted.values()), "nothing was counted for anybody: the planted rows do not reach this widget"


@pytest.mark.real_site
@pytest.mark.parametrize("name", CARDS)
def test_a_card_opens_what_it_counts(name, planted, client):
	check(seen_by_roles(client, lambda browser: open_card(browser, CARDS[name])))


@pytest.mark.real_site
@pytest.mark.parametrize("label", SHORTCUTS)
def test_a_shortcut_opens_what_it_counts(label, planted, client):
	check(seen_by_roles(client, lambda browser: open_shortcut(browser, SHORTCUTS[label])))


@pytest.mark.real_site
@pytest.mark.parametrize("name", CARDS)
def test_a_card_refuses_nothing_to_whoever_set_the_site_up_and_tells_them_nothing(name, planted, client):
	# One of a document type would be counted by Frappe, which refuses.
	assert CARDS[name]["type"] == "Custom"
	answer = client(factories.make_person(SET_UP_THE_SITE).name).call(CARDS[name]["method"], filters=[])
	assert (answer.status_code, answer.get_json()["message"]["value"]) == (200, 0)


@pytest.mark.parametrize(
	"method",
	[
		f"{PARTNERSHIPS}.agreements_by_state",
		f"{PARTNERSHIPS}.partner_cities_by_stage",
		f"{TRADE_CHARTS}.leads_by_stage",
		f"{TRADE_CHARTS}.wins_by_status",
		f"{PROTOCOL_CHARTS}.gifts_by_quarter",
		f"{PROTOCOL_CHARTS}.missions_by_type",
		f"{EVENT_CHARTS}.events_by_phase",
		f"{COMMUNITY_CHARTS}.places_by_kind",
	],
)
def test_a_chart_refuses_nothing_to_whoever_set_the_site_up_and_tells_them_nothing(method, planted, client):
	assert charted(client(factories.make_person(SET_UP_THE_SITE).name), method) == {}


@pytest.mark.parametrize("name", CARDS)
def test_a_card_of_a_document_type_has_no_filters_that_are_lost_on_the_way(name):
	card = CARDS[name]
	fields = [row[1] for row in json.loads(card["filters_json"] or "[]")]
	assert json.loads(card["dynamic_filters_json"] or "[]") == [], (
		"Frappe 15 counts by these and opens without them"
	)
	assert len(fields) == len(set(fields)), "Frappe 15 opens the list with the last filter of a field alone"


@pytest.mark.parametrize("label", SHORTCUTS)
def test_a_shortcut_has_filters_that_frappe_16_does_not_drop(label):
	"""Where the first filter has a fifth part, as Frappe 15 writes it, Frappe 16 leaves out the last filter."""
	filters = json.loads(SHORTCUTS[label]["stats_filter"])
	assert filters
	assert all(len(row) == 4 for row in filters)


@pytest.mark.real_site
def test_what_has_no_day_is_neither_overdue_nor_due(planted, client):
	officer = client(factories.make_person(OFFICER).name)
	commitments = open_card(officer, CARDS["Commitments Due in 30 Days"])
	clearances = open_card(officer, CARDS["Overdue Clearances"])
	named = frappe.get_all("Partnership Commitment", {"name": ["in", commitments.rows]}, pluck="commitment")
	assert {"Promise -3 Open", "Promise 10 Open"} <= set(named)
	assert not {"Promise None Open", "Promise 90 Open", "Promise 10 Dropped"} & set(named)
	due = frappe.get_all("Approval Clearance", {"name": ["in", clearances.rows]}, pluck="due_date")
	assert due
	assert all(day and day < getdate(nowdate()) for day in due)


@pytest.mark.real_site
def test_whom_nothing_waits_for_is_shown_no_list_of_other_people_s_questions(planted, client):
	opened = open_card(client(factories.make_person(MANAGER).name), CARDS["Waiting for Me"])
	assert (opened.counted, opened.rows) == (0, [])


@pytest.mark.real_site
def test_a_chart_of_states_counts_what_an_account_may_list_in_the_order_of_the_route(planted, client):
	on_their_way = [(name, [name]) for name in ("Draft", "Intake Review", "In Clearance")]
	groups = [*on_their_way, ("In Force", ["Active", "Suspended"])]
	for role in DESK_ROLES:
		browser = client(factories.make_person(role).name)
		chart = charted(browser, f"{PARTNERSHIPS}.agreements_by_state")
		assert not chart or "read" in rights_of("MOU", role), role
		assert [label for label, _states in groups if label in chart] == [
			label for label in chart if label in dict(groups)
		]
		for label, states in groups:
			found = listed(browser, "MOU", [["MOU", "workflow_state", "in", states]])
			assert chart.get(label, 0) == len(found), (role, label)


@pytest.mark.real_site
def test_a_chart_of_stages_counts_what_an_account_may_list(planted, client):
	chart = charted(client(scenes.manager()), f"{PARTNERSHIPS}.partner_cities_by_stage")
	assert {"Contact", "Sister City"} <= set(chart)
	for stage, number in chart.items():
		found = frappe.get_all("Partner City", {"relationship_stage": stage})
		assert number == len(found), stage


@pytest.mark.real_site
@pytest.mark.parametrize(
	("method", "doctype", "field", "wanted"),
	[
		("leads_by_stage", "Trade Lead", "stage", [["status", "in", ["Ongoing", "Delayed", "Dormant"]]]),
		("wins_by_status", "Export Win", "status", []),
	],
)
def test_a_chart_of_trade_counts_what_an_account_may_list(method, doctype, field, wanted, planted, client):
	shown = set()
	for role in DESK_ROLES:
		browser = client(factories.make_person(role).name)
		chart = charted(browser, f"{TRADE_CHARTS}.{method}")
		assert not chart or "read" in rights_of(doctype, role), role
		for value, number in chart.items():
			rows = listed(browser, doctype, [[doctype, *one] for one in [*wanted, [field, "=", value]]])
			assert number == len(rows), (role, value)
			shown.add(value)
	assert shown >= ({"Enquiry"} if doctype == "Trade Lead" else {"Sent", "Confirmed"})


@pytest.mark.real_site
def test_the_charts_of_events_and_programmes_count_what_an_account_may_list(planted, client):
	for role in DESK_ROLES:
		browser = client(factories.make_person(role).name)
		phases = charted(browser, f"{EVENT_CHARTS}.events_by_phase")
		assert not phases or "read" in rights_of("International Event", role), role
		for phase, number in phases.items():
			rows = listed(browser, "International Event", [["International Event", "phase", "=", phase]])
			assert number == len(rows), (role, phase)
		places = charted(browser, f"{COMMUNITY_CHARTS}.places_by_kind")
		assert bool(places) == ("read" in rights_of("Community Programme", role)), role
	assert charted(client("Administrator"), f"{COMMUNITY_CHARTS}.places_by_kind")["Newcomers"] >= 21


def charted(browser, method: str) -> dict[str, int]:
	answer = browser.call(method, filters={})
	assert answer.status_code == 200, answer.text
	chart = answer.get_json()["message"]
	# Frappe says "No Data" of an answer without labels.
	return dict(zip(chart["labels"], chart["datasets"][0]["values"], strict=True)) if chart else {}


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_shown_to_those_who_may_read_what_it_counts(name):
	chart = CHARTS[name]
	doctype = {
		"Agreements by State": "MOU",
		"Partner Cities by Stage": "Partner City",
		"Trade Leads by Stage": "Trade Lead",
		"Export Wins by Status": "Export Win",
		"Consular Missions by Type": "Consular Mission",
		"Official Gifts by Quarter": "Official Gift",
		"International Events by Phase": "International Event",
		"Programme Places by Kind": "Community Programme",
	}[name]
	readers = {role for role in DESK_ROLES if "read" in rights_of(doctype, role)}
	assert {row["role"] for row in chart["roles"]} == readers
