"""Frappe's own tables beside an approval tell its story, each to the people it is for.

Workflow Action, ToDo, Notification Log and the timeline are what everybody in Desk reads. One
agreement is walked through a return, a second round and a withdrawal, and each table is looked at on the way.
"""

import json

import frappe
import pytest
from frappe.utils import strip_html

from city_diplomacy.access.rights import AUDITOR, DEPARTMENT, LEGAL, MANAGER, OFFICER, TRADE
from city_diplomacy.partnership_approvals.engine import routes
from city_diplomacy.partnership_approvals.views import timeline
from tests import factories
from tests.approvals import scenes

pytestmark = [pytest.mark.real_site, pytest.mark.delivers]

HARBOR, PARKS, MAYOR = "harbor.head@city.example", "parks.head@city.example", "mayor@city.example"


@pytest.fixture
def agreement():
	"""In clearance, asked of two departments; the mayor comes after them."""
	for email in (HARBOR, PARKS):
		factories.make_user(email, DEPARTMENT)
	factories.make_user(MAYOR, LEGAL)
	scenes.make_policy(
		scenes.rule("Harbor", user=HARBOR),
		scenes.rule("Parks", user=PARKS),
		scenes.rule("Mayor", user=MAYOR, stage=2, workflow_state="Mayor's Decision"),
	)
	return scenes.under_way()


def answer(agreement, seat: str, decision: str = "Clear", remarks: str | None = None):
	factories.decide(scenes.clearance_for(agreement, seat), decision, remarks)


def hand_in_again(agreement):
	with factories.acting_as(scenes.office()):
		return factories.start_clearance(agreement)


def actions(agreement) -> list[tuple]:
	"""(state, status, who completed it) of the Workflow Actions, oldest first."""
	rows = frappe.get_all(
		"Workflow Action",
		filters={"reference_doctype": "MOU", "reference_name": agreement.name},
		fields=["workflow_state", "status", "completed_by"],
		order_by="creation asc",
	)
	return [(row.workflow_state, row.status, row.completed_by) for row in rows]


def todos(agreement) -> dict[tuple[str, int], str]:
	"""(whose, in which round): how their to-do stands."""
	found = {}
	for clearance in factories.clearances_of(agreement):
		for row in frappe.get_all("ToDo", {"reference_name": clearance.name}, ["allocated_to", "status"]):
			found[row.allocated_to, clearance.round] = row.status
	return found


def bells(user: str) -> list[str]:
	return frappe.get_all("Notification Log", {"for_user": user}, pluck="subject", order_by="creation asc")


def told_on_the_form(agreement, user: str) -> list[str]:
	"""The lines of the form's timeline as a person reads them, without markup."""
	with factories.acting_as(user):
		return [strip_html(line["content"]) for line in timeline.of_document("MOU", agreement.name)]


def states_in_ledger(agreement) -> list[str]:
	"""Where each entry of the ledger left the agreement, repetitions left out."""
	states = [json.loads(entry.payload)["state"] for entry in scenes.entries_of(agreement)]
	return [state for at, state in enumerate(states) if at == 0 or states[at - 1] != state]


# Step by step


def test_a_draft_waits_for_the_office_to_hand_it_in_and_that_is_all_native_has_to_do(agreement):
	assert actions(agreement) == [("Draft", "Completed", scenes.office())]


def test_everybody_asked_has_one_open_to_do_and_nobody_else_has(agreement):
	assert todos(agreement) == {(HARBOR, 1): "Open", (PARKS, 1): "Open"}


def test_after_the_first_answer_one_to_do_is_closed(agreement):
	answer(agreement, "Harbor")
	assert todos(agreement) == {(HARBOR, 1): "Closed", (PARKS, 1): "Open"}


def test_a_return_takes_back_what_was_asked_and_the_draft_waits_again(agreement):
	answer(agreement, "Harbor", "Return", "Name the berths.")

	assert todos(agreement) == {(HARBOR, 1): "Closed", (PARKS, 1): "Cancelled"}
	assert actions(agreement) == [("Draft", "Completed", scenes.office()), ("Draft", "Open", None)]
	assert bells(scenes.office())[-1] == f"{agreement.title} came back to draft"


def test_the_second_round_asks_again_and_completes_what_waited(agreement):
	answer(agreement, "Harbor", "Return", "Name the berths.")
	hand_in_again(agreement)

	assert todos(agreement) == {
		(HARBOR, 1): "Closed",
		(PARKS, 1): "Cancelled",
		(HARBOR, 2): "Open",
		(PARKS, 2): "Open",
	}
	assert actions(agreement) == [("Draft", "Completed", scenes.office())] * 2
	assert len(bells(HARBOR)) == len(bells(PARKS)) == 2


def test_a_withdrawal_leaves_nothing_open_anywhere(agreement):
	answer(agreement, "Harbor", "Return", "Name the berths.")
	with factories.acting_as(scenes.manager()):
		routes.withdraw("MOU", agreement.name, "The partner chose another port.")

	assert scenes.state_of(agreement) == "Withdrawn"
	assert "Open" not in todos(agreement).values()
	assert actions(agreement)[-1] == ("Draft", "Completed", scenes.manager())
	assert bells(scenes.office())[-1] == f"{agreement.title} ended: Withdrawn"


def test_timeline_and_ledger_tell_the_same_story_in_the_same_order(agreement):
	answer(agreement, "Harbor", "Return", "Name the berths.")
	hand_in_again(agreement)
	for seat in ("Harbor", "Parks", "Mayor"):
		answer(agreement, seat)
	with factories.acting_as(scenes.manager()):
		routes.withdraw("MOU", agreement.name, "The partner chose another port.")

	story = [
		"Intake Review",
		"In Clearance",
		"Draft",
		"Intake Review",
		"In Clearance",
		"Mayor's Decision",
		"Ready to Sign",
		"Withdrawn",
	]
	assert states_in_ledger(agreement) == story
	told = told_on_the_form(agreement, scenes.office())
	assert [line.partition(" · ")[0] for line in told if "Decided" in line] == [
		"Harbor Head",
		"Harbor Head",
		"Parks Head",
		"Mayor",
	]
	assert told[-1] == "International Affairs Manager · WithdrawnThe partner chose another port."
	assert not [line for line in told if "Administrator" in line]
	assert "Open" not in todos(agreement).values()
	assert all(status == "Completed" for _state, status, _by in actions(agreement))


def test_native_sends_no_letter_and_its_links_are_never_written(agreement):
	assert frappe.db.get_value("Workflow", {"document_type": "MOU"}, "send_email_alert") == 0
	answer(agreement, "Harbor", "Return", "Name the berths.")
	letters = [letter for letter in factories.outbox() if "workflow_action" in letter.body]
	assert letters == []
	assert all("Workflow Action" not in letter.subject for letter in factories.outbox())


# To whom


def rows_over_rest(client, user: str, doctype: str) -> list[dict]:
	answer = client(user).get(f"/api/resource/{doctype}", fields='["*"]', limit_page_length=0)
	return answer.json["data"] if answer.status_code == 200 else []


def test_a_to_do_is_for_whoever_is_asked_and_the_author(client, agreement):
	parks = frappe.db.get_value("ToDo", {"allocated_to": PARKS}, "name")

	assert {row["allocated_to"] for row in rows_over_rest(client, HARBOR, "ToDo")} <= {HARBOR}
	assert client(HARBOR).get(f"/api/resource/ToDo/{parks}").status_code == 403
	assert client(PARKS).get(f"/api/resource/ToDo/{parks}").status_code == 200
	assert client(scenes.office()).get(f"/api/resource/ToDo/{parks}").status_code == 200


def test_whoever_answers_last_does_not_learn_who_is_asked_next(client, agreement):
	for seat in ("Harbor", "Parks"):
		answer(agreement, seat)
	mayors = frappe.db.get_value("ToDo", {"allocated_to": MAYOR}, "name")

	assert client(PARKS).get(f"/api/resource/ToDo/{mayors}").status_code == 403
	assert MAYOR not in str(rows_over_rest(client, PARKS, "ToDo"))
	assert PARKS not in str(rows_over_rest(client, MAYOR, "Notification Log"))
	assert PARKS not in str(rows_over_rest(client, MAYOR, "ToDo"))
	assert rows_over_rest(client, MAYOR, "ToDo")
	assert PARKS not in "".join(letter.body for letter in factories.outbox() if MAYOR in letter.recipients)


def test_a_notification_is_read_by_its_person_alone(client, agreement):
	theirs = frappe.db.get_value("Notification Log", {"for_user": PARKS}, "name")

	assert {row["for_user"] for row in rows_over_rest(client, HARBOR, "Notification Log")} == {HARBOR}
	assert client(HARBOR).get(f"/api/resource/Notification Log/{theirs}").status_code == 403
	for letter in factories.outbox():
		assert len(letter.recipients) == 1, "nobody is shown who else was written to"


@pytest.mark.parametrize("role", [DEPARTMENT, TRADE])
def test_actions_of_a_confidential_agreement_are_known_to_nobody_else(client, role):
	with factories.acting_as(scenes.manager()):
		draft = factories.make_agreement(confidential=1)
	action = frappe.db.get_value("Workflow Action", {"reference_name": draft.name}, "name")
	officer = factories.make_user("another.officer@city.example", OFFICER, role).name

	assert action
	assert draft.name not in str(rows_over_rest(client, officer, "Workflow Action"))
	assert client(officer).get(f"/api/resource/Workflow Action/{action}").status_code == 403
	assert draft.name in str(rows_over_rest(client, scenes.manager(), "Workflow Action"))


def test_actions_of_other_doctypes_are_shown_as_frappe_shows_them(client):
	officer = factories.make_user("another.officer@city.example", OFFICER).name
	action = frappe.get_doc(
		{
			"doctype": "Workflow Action",
			"status": "Open",
			"reference_doctype": "Task",
			"reference_name": "TASK-2026-00001",
			"workflow_state": "Draft",
			"permitted_roles": [{"role": OFFICER}],
		}
	)
	action.insert(ignore_links=True)
	frappe.db.commit()

	assert action.name in str(rows_over_rest(client, officer, "Workflow Action"))
	assert client(officer).get(f"/api/resource/Workflow Action/{action.name}").status_code == 200
	manager = factories.make_user("another.manager@city.example", MANAGER).name
	assert action.name not in str(rows_over_rest(client, manager, "Workflow Action"))


def test_an_auditor_sees_no_more_of_actions_than_frappe_gives_him(client, agreement):
	assert rows_over_rest(client, factories.make_person(AUDITOR).name, "Workflow Action") == []
