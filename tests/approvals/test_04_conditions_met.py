"""Property 4, for conditions: they are met when who set them says so, or somebody who did not prepare the document."""

import frappe
import pytest

from city_diplomacy.access.rights import DEPARTMENT, LEGAL, MANAGER
from city_diplomacy.partnership_approvals.engine import conditions_met, decide
from city_diplomacy.partnership_approvals.exceptions import (
	ApprovalError,
	NotYourSeatError,
	SelfApprovalError,
)
from city_diplomacy.partnership_approvals.ledger import entries
from city_diplomacy.partnership_approvals.notices import deliver
from city_diplomacy.partnerships.agreements import signing
from tests import factories
from tests.approvals import scenes

API = "city_diplomacy.partnership_approvals.api"
TERMS = "Strike the arbitration clause."


@pytest.fixture
def attorney() -> str:
	scenes.make_policy(scenes.rule("Attorney", role=LEGAL, mandatory=1))
	return factories.make_person(LEGAL).name


def with_conditions(prepared_by: str | None = None):
	"""The attorney's clearance with open conditions, of an agreement by the officer or somebody else."""
	with factories.acting_as(prepared_by or scenes.office()):
		agreement = factories.start_clearance(factories.make_agreement())
	factories.decide(scenes.clearance_for(agreement, "Attorney"), "Clear with Conditions", conditions=TERMS)
	return agreement, scenes.clearance_for(agreement, "Attorney", "Decided")


def confirm(person: str, clearance):
	with factories.acting_as(person):
		return conditions_met.confirm(clearance.name, "It is struck.")


def dispute(person: str, clearance, why: str = "It is still in Article 9."):
	with factories.acting_as(person):
		return conditions_met.dispute(clearance.name, why)


def test_a_manager_who_prepared_it_does_not_say_that_conditions_are_met(attorney, client):
	_agreement, clearance = with_conditions(scenes.manager())
	answer = client(scenes.manager()).call(
		f"{API}.confirm_conditions", clearance=clearance.name, how="It is struck."
	)
	assert (answer.status_code, answer.json["exc_type"]) == (403, "SelfApprovalError")
	clearance.reload()
	assert not clearance.conditions_met_on


def test_an_officer_who_prepared_it_does_not_either(attorney):
	_agreement, clearance = with_conditions()
	with pytest.raises(frappe.PermissionError):
		confirm(scenes.office(), clearance)


def test_who_set_them_says_so(attorney):
	agreement, clearance = with_conditions(scenes.manager())
	confirm(attorney, clearance)
	with factories.acting_as(scenes.manager()):
		signing.sign(agreement.name, frappe.utils.nowdate())
	assert scenes.state_of(agreement) == "Active"


@pytest.mark.delivers
def test_when_a_neutral_manager_says_so_who_set_them_is_told(attorney):
	_agreement, clearance = with_conditions()
	confirm(scenes.manager(), clearance)
	deliver.deliver()
	told = frappe.get_all("Notification Log", {"for_user": attorney}, ["subject", "email_content"])
	assert any(
		"says your conditions are met" in one.subject and "It is struck." in one.email_content for one in told
	)


def test_who_set_them_says_that_they_are_not_met_and_it_is_not_signed(attorney, client):
	agreement, clearance = with_conditions()
	confirm(scenes.manager(), clearance)
	answer = client(attorney).call(
		f"{API}.dispute_conditions", clearance=clearance.name, why="It is still in Article 9."
	)
	assert answer.status_code == 200, answer.text
	with (
		factories.acting_as(scenes.manager()),
		pytest.raises(ApprovalError, match="Conditions are still open"),
	):
		signing.sign(agreement.name, frappe.utils.nowdate())
	assert scenes.events_of(agreement)[-2:] == ["Conditions Met", "Conditions Not Met"]
	assert entries.verify("MOU", agreement.name)["findings"] == []


def test_after_that_they_can_be_met_again(attorney):
	agreement, clearance = with_conditions()
	confirm(scenes.manager(), clearance)
	dispute(attorney, clearance)
	confirm(scenes.manager(), clearance)
	assert entries.verify("MOU", agreement.name)["findings"] == []
	with factories.acting_as(scenes.manager()):
		signing.sign(agreement.name, frappe.utils.nowdate())
	assert scenes.state_of(agreement) == "Active"


def test_nobody_else_opens_them_again(attorney):
	_agreement, clearance = with_conditions()
	confirm(attorney, clearance)
	for person in (scenes.office(), scenes.manager()):
		with pytest.raises(NotYourSeatError):
			dispute(person, clearance)


def test_once_it_is_signed_they_stay_as_they_are(attorney):
	agreement, clearance = with_conditions()
	confirm(scenes.manager(), clearance)
	with factories.acting_as(scenes.manager()):
		signing.sign(agreement.name, frappe.utils.nowdate())
	with pytest.raises(ApprovalError, match="cannot be opened again"):
		dispute(attorney, clearance)


@pytest.mark.parametrize("why", ["", "  "])
def test_saying_that_they_are_not_met_needs_words(attorney, why):
	_agreement, clearance = with_conditions()
	confirm(scenes.manager(), clearance)
	with pytest.raises(ApprovalError, match="missing"):
		dispute(attorney, clearance, why)


def test_conditions_of_a_letter_are_not_its_recorders_own():
	head = factories.make_user("head@city.example", DEPARTMENT).name
	scenes.make_policy(scenes.rule("Harbor", user=head, mandatory=1, recorded_decision_allowed=1))
	agreement = scenes.under_way()
	chief = factories.make_user("chief@city.example", MANAGER).name
	clearance = scenes.clearance_for(agreement, "Harbor")
	with factories.acting_as(chief):
		decide.record_decision(clearance.name, "Clear with Conditions", TERMS, scenes.evidence())
		agreement.reload()
		agreement.purpose = agreement.purpose + " And more."
		agreement.save()
	second = factories.clearances_of(agreement, "Pending")[-1]
	with factories.acting_as(scenes.manager()):
		letter = scenes.evidence("A second letter.")
		decide.record_decision(second.name, "Clear with Conditions", TERMS, letter)
	with pytest.raises(SelfApprovalError):
		confirm(chief, second)
	confirm(head, second)
