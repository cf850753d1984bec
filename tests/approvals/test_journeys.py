"""What happens to an agreement on its way, step by step, as the people in it live it."""

from datetime import date

import frappe
import pytest
from frappe.utils import getdate, nowdate

from city_diplomacy.access.rights import LEGAL, OFFICER
from city_diplomacy.domain.calendar.deadlines import subtract_working_days
from city_diplomacy.partnership_approvals.engine import conditions_met, decide, questions, routes
from city_diplomacy.partnership_approvals.exceptions import (
	ApprovalError,
	NotYourSeatError,
)
from city_diplomacy.partnership_approvals.views import approvals
from city_diplomacy.partnerships.agreements import signing
from city_diplomacy.partnerships.exceptions import IntakeNotCompleteError
from tests import factories
from tests.approvals import scenes

pytestmark = pytest.mark.delivers


@pytest.fixture
def agreement():
	return scenes.under_way()


@pytest.fixture
def attorneys(agreement):
	"""The clearance of the City Attorney, the first stage of the seeded policy."""
	return scenes.clearance_for(agreement, "City Attorney")


def acting(clearance):
	return factories.acting_as(factories.who_answers(clearance))


def to_dos(clearance) -> dict[str, str]:
	"""Who has a to-do for a clearance, and how it stands."""
	rows = frappe.get_all("ToDo", {"reference_name": clearance.name}, ["allocated_to", "status"])
	return {row.allocated_to: row.status for row in rows}


def notifications(user: str) -> list[str]:
	return frappe.get_all("Notification Log", {"for_user": user}, pluck="subject", order_by="creation asc")


# The beginning


def test_a_draft_has_no_route_until_it_is_handed_in():
	draft = scenes.draft_by(scenes.office())
	assert draft.workflow_state == "Draft"
	assert not frappe.db.exists("Approval Route", {"reference_name": draft.name})
	with (
		factories.acting_as(scenes.office()),
		pytest.raises(ApprovalError, match="not been submitted for intake"),
	):
		routes.start("MOU", draft.name)


def test_clearance_does_not_start_before_the_checklist_is_complete():
	with factories.acting_as(scenes.office()):
		draft = factories.submit_for_intake(factories.make_agreement())
		with pytest.raises(IntakeNotCompleteError):
			routes.start("MOU", draft.name)
	assert scenes.state_of(draft) == "Intake Review"


def test_the_text_of_what_is_in_force_does_not_change():
	agreement = scenes.in_force()
	with factories.acting_as(scenes.manager()):
		agreement.purpose = "Something else."
		with pytest.raises(frappe.ValidationError):
			agreement.save()
	assert frappe.db.get_value("MOU", agreement.name, "purpose") != "Something else."


def test_what_is_not_the_text_stays_open_while_people_decide(agreement):
	with factories.acting_as(scenes.office()):
		agreement.needed_by = "2027-03-01"
		agreement.save()
	factories.clear_every_stage(agreement)
	assert scenes.state_of(agreement) == "Ready to Sign"


def test_starting_twice_says_where_it_is(agreement):
	with factories.acting_as(scenes.office()), pytest.raises(ApprovalError, match="is in In Clearance"):
		routes.start("MOU", agreement.name)


def test_another_officers_agreement_is_handed_in_by_a_colleague():
	"""Whoever hands it in is the one who asks, whoever wrote it."""
	colleague = factories.make_user("colleague@city.example", OFFICER).name
	draft = scenes.draft_by(scenes.office())
	with factories.acting_as(colleague):
		factories.submit_for_intake(draft)
	assert scenes.route_of(draft).requested_by == colleague


# Being asked


def test_everybody_asked_has_one_to_do_and_one_notification(agreement, attorneys):
	attorney = factories.make_user("second.attorney@city.example", LEGAL).name
	with factories.acting_as(scenes.office()):
		other = factories.start_clearance(factories.make_agreement(title="Another understanding"))
	row = scenes.clearance_for(other, "City Attorney")
	assert to_dos(row) == {attorney: "Open"}
	assert notifications(attorney) == ["Your clearance is asked: Another understanding"]


def test_a_decision_closes_its_to_dos_and_opens_those_of_the_next_stage():
	attorney, mayor = factories.make_person(LEGAL), factories.make_person("Mayor's Office")
	agreement = scenes.under_way()
	first = scenes.clearance_for(agreement, "City Attorney")
	assert to_dos(first) == {attorney.name: "Open"}
	factories.decide(first)
	assert to_dos(first) == {attorney.name: "Closed"}
	assert to_dos(scenes.clearance_for(agreement, "Mayor or City Manager")) == {mayor.name: "Open"}
	assert notifications(mayor.name) == [f"Your clearance is asked: {agreement.title}"]


def test_the_office_and_the_sponsor_hear_that_it_is_cleared():
	sponsor = scenes.manager()
	agreement = scenes.under_way(sponsor=sponsor)
	factories.clear_every_stage(agreement)
	for person in (scenes.office(), sponsor):
		assert f"{agreement.title} is cleared and ready to sign" in notifications(person)


def test_a_title_with_markup_is_text_everywhere():
	attorney = factories.make_person(LEGAL).name
	scenes.under_way(title="<b>Port</b> {0} <script>alert(1)</script>")
	(subject,) = notifications(attorney)
	assert "<script>" not in subject
	assert "<script>" not in frappe.get_all("ToDo", {"allocated_to": attorney}, pluck="description")[0]


def test_a_click_twice_is_one_decision(agreement, attorneys):
	first = factories.decide(attorneys)
	assert factories.decide(attorneys) == first
	assert scenes.events_of(agreement).count("Decided") == 1


# Coming back


def test_a_return_brings_it_back_to_draft_and_the_next_round_asks_again(agreement, attorneys):
	factories.decide(attorneys, "Return", "The governing law is missing.")
	assert scenes.state_of(agreement) == "Draft"
	assert scenes.route_of(agreement).outcome == "In Progress"
	assert f"{agreement.title} came back to draft" in notifications(scenes.office())

	with factories.acting_as(scenes.office()):
		draft = frappe.get_doc("MOU", agreement.name)
		draft.governing_law = "California"
		draft.save()
		agreement = factories.start_clearance(draft)
	second = scenes.clearance_for(agreement, "City Attorney")
	assert (second.round, second.name != attorneys.name) == (2, True)
	factories.clear_every_stage(agreement)
	assert scenes.state_of(agreement) == "Ready to Sign"
	shown = approvals.view(frappe.get_doc("MOU", agreement.name))
	assert [earlier["round"] for earlier in shown["earlier_rounds"]] == [1]
	assert shown["earlier_rounds"][0]["seats"][0]["remarks"] == "The governing law is missing."


def test_one_return_takes_back_what_the_others_are_still_asked():
	scenes.make_policy(
		*[
			scenes.rule(name, user=factories.make_user(f"{name}@city.example").name)
			for name in ("law", "money")
		]
	)
	agreement = scenes.under_way()
	law, money = factories.clearances_of(agreement, "Pending")
	factories.decide(law, "Return", "The annex is missing.")
	assert frappe.db.get_value(money.doctype, money.name, "state") == "Withdrawn"
	assert to_dos(money) == {money.put_to: "Cancelled"}
	with pytest.raises(ApprovalError, match="taken back"):
		factories.decide(money)


@pytest.mark.parametrize(("if_refused", "state"), [("Return to Draft", "Draft"), ("Decline", "Declined")])
def test_an_objection_leads_where_the_rule_says(if_refused, state):
	factories.make_person(LEGAL)
	scenes.make_policy(
		scenes.rule("Attorney", role=LEGAL, veto=1, if_refused=if_refused), title=f"If refused: {if_refused}"
	)
	agreement = scenes.under_way()
	factories.decide_all(agreement, "Object", "It cannot be reconciled with the charter.")
	assert scenes.state_of(agreement) == state
	assert scenes.route_of(agreement).outcome == ("Declined" if state == "Declined" else "In Progress")


def test_what_was_declined_does_not_set_out_again():
	factories.make_person(LEGAL)
	scenes.make_policy(scenes.rule("Attorney", role=LEGAL, veto=1, if_refused="Decline"))
	agreement = scenes.under_way()
	factories.decide_all(agreement, "Object", "It cannot be reconciled with the charter.")
	with factories.acting_as(scenes.office()):
		with pytest.raises(frappe.ValidationError):
			factories.submit_for_intake(agreement)
		with pytest.raises(ApprovalError):
			routes.start("MOU", agreement.name)
		with pytest.raises(ApprovalError):
			routes.withdraw("MOU", agreement.name, "Never mind.")


@pytest.mark.parametrize("act", [routes.send_back, routes.withdraw])
def test_taking_it_back_needs_a_reason_and_the_office_or_the_sponsor(agreement, act):
	with factories.acting_as(scenes.office()), pytest.raises(ApprovalError, match="Say why"):
		act("MOU", agreement.name, "  ")
	with factories.acting_as(factories.make_person(LEGAL).name), pytest.raises(frappe.PermissionError):
		act("MOU", agreement.name, "I do not like it.")
	assert scenes.state_of(agreement) == "In Clearance"


def test_a_withdrawn_agreement_stays_on_record():
	factories.make_person(LEGAL)
	agreement = scenes.under_way()
	attorneys = scenes.clearance_for(agreement, "City Attorney")
	with factories.acting_as(scenes.office()):
		routes.withdraw("MOU", agreement.name, "The partner changed its mind.")
	assert scenes.state_of(agreement) == "Withdrawn"
	assert scenes.route_of(agreement).outcome == "Withdrawn"
	assert scenes.events_of(agreement)[-1] == "Withdrawn"
	assert set(to_dos(attorneys).values()) == {"Cancelled"}


# Questions, conditions, standing aside


def test_a_question_stops_the_clock_of_its_seat(agreement, attorneys):
	with acting(attorneys):
		questions.ask(attorneys.name, "Which law governs?")
	asked = frappe.get_doc(attorneys.doctype, attorneys.name)
	assert asked.state == "Question Asked"
	# Two working days ago, whatever day it is today.
	asked_on = subtract_working_days(getdate(asked.question_on), 2, ())
	frappe.db.set_value(asked.doctype, asked.name, {"question_on": asked_on, "due_date": "2026-11-20"})
	with factories.acting_as(scenes.office()):
		questions.answer(attorneys.name, "California's.")
	answered = frappe.get_doc(attorneys.doctype, attorneys.name)
	assert (answered.state, answered.answer) == ("Pending", "California's.")
	# Two working days after Friday, 20 November is Tuesday, 24 November.
	assert answered.due_date == date(2026, 11, 24)


def test_the_moved_due_date_is_a_working_day(agreement, attorneys):
	with acting(attorneys):
		questions.ask(attorneys.name, "Which law governs?")
	frappe.db.set_value(
		attorneys.doctype,
		attorneys.name,
		{"question_on": subtract_working_days(getdate(nowdate()), 1, ()), "due_date": "2026-11-20"},
	)
	with factories.acting_as(scenes.office()):
		questions.answer(attorneys.name, "California's.")
	# One day after Friday, 20 November is a Saturday; Monday is the next day somebody works.
	assert frappe.db.get_value(attorneys.doctype, attorneys.name, "due_date") == date(2026, 11, 23)


def test_a_question_reaches_the_sponsor_and_only_he_or_the_office_answers(attorneys):
	sponsor = factories.make_user("sponsor@city.example").name
	agreement = scenes.under_way(sponsor=sponsor)
	row = scenes.clearance_for(agreement, "City Attorney")
	with acting(row):
		questions.ask(row.name, "Which law governs?")
		with pytest.raises(NotYourSeatError):
			questions.answer(row.name, "I answer myself.")
	assert f"City Attorney has a question about {agreement.title}" in notifications(sponsor)
	(waiting,) = approvals.inbox(sponsor)
	assert (waiting["kind"], waiting["question"]) == ("answer", "Which law governs?")
	with factories.acting_as(sponsor):
		questions.answer(row.name, "California's.")
	assert approvals.inbox(sponsor) == []
	assert f"Your question about {agreement.title} was answered" in notifications(factories.who_answers(row))


def test_a_second_question_waits_for_the_first_answer(attorneys):
	with acting(attorneys):
		questions.ask(attorneys.name, "Which law governs?")
		with pytest.raises(ApprovalError, match="wait for the answer"):
			questions.ask(attorneys.name, "And who pays?")


def test_what_was_not_asked_is_not_answered(attorneys):
	with factories.acting_as(scenes.office()), pytest.raises(ApprovalError, match="no open question"):
		questions.answer(attorneys.name, "Forty-two.")


def test_conditions_are_confirmed_before_signing(agreement, attorneys):
	factories.decide(attorneys, "Clear with Conditions", conditions="Say so in article 9.")
	factories.clear_every_stage(agreement)
	with factories.acting_as(scenes.manager()):
		with pytest.raises(ApprovalError, match="City Attorney"):
			signing.sign(agreement.name, nowdate())
		conditions_met.confirm(attorneys.name, "Article 9 says so.")
		assert signing.sign(agreement.name, nowdate()).workflow_state == "Active"


def test_conditions_are_confirmed_by_their_author_or_a_manager(agreement, attorneys):
	factories.decide(attorneys, "Clear with Conditions", conditions="Say so in article 9.")
	with factories.acting_as(scenes.office()), pytest.raises(frappe.PermissionError):
		conditions_met.confirm(attorneys.name, "It does.")
	with acting(attorneys):
		conditions_met.confirm(attorneys.name, "It does.")
		with pytest.raises(ApprovalError, match="no open conditions"):
			conditions_met.confirm(attorneys.name, "It does.")


def test_who_stands_aside_hands_over_to_a_colleague_with_the_role():
	first, second = factories.make_person(LEGAL).name, factories.make_user("second@city.example", LEGAL).name
	agreement = scenes.under_way()
	row = scenes.clearance_for(agreement, "City Attorney")
	factories.decide(row, "Recuse", "My firm drafted it.")
	again = scenes.clearance_for(agreement, "City Attorney")
	with factories.acting_as(first), pytest.raises(NotYourSeatError):
		decide.decide(again.name, "Clear")
	with factories.acting_as(second):
		decide.decide(again.name, "Clear")
	assert scenes.state_of(agreement) == "Mayor's Decision"
