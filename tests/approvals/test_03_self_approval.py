"""Property 3, last clause: whoever asks for an approval cannot give it, on any path."""

import frappe
import pytest

from city_diplomacy.access.rights import LEGAL, MANAGER, OFFICER
from city_diplomacy.partnership_approvals.engine import decide, routes
from city_diplomacy.partnership_approvals.exceptions import (
	ApprovalError,
	NotYourSeatError,
	SelfApprovalError,
)
from tests import factories
from tests.approvals import scenes

BOTH = "both@city.example"


@pytest.fixture
def both():
	"""An officer of the office who also answers for the city attorney."""
	return factories.make_user(BOTH, OFFICER, MANAGER, LEGAL).name


def clearance(agreement):
	(row,) = factories.clearances_of(agreement, "Pending")
	return row


def test_who_wrote_it_does_not_clear_it(both):
	agreement = scenes.draft_by(both, sponsor=scenes.manager())
	with factories.acting_as(scenes.office()):
		factories.start_clearance(agreement)
	with factories.acting_as(both), pytest.raises(SelfApprovalError):
		decide.decide(clearance(agreement).name, "Clear")


def test_who_sponsors_it_does_not_clear_it(both):
	agreement = scenes.under_way(sponsor=both)
	with factories.acting_as(both), pytest.raises(SelfApprovalError):
		decide.decide(clearance(agreement).name, "Clear")


def test_who_started_clearance_does_not_clear_it(both):
	agreement = scenes.draft_by(scenes.office())
	with factories.acting_as(scenes.office()):
		factories.complete_intake(factories.submit_for_intake(agreement))
	with factories.acting_as(both):
		routes.start("MOU", agreement.name)
		with pytest.raises(SelfApprovalError):
			decide.decide(clearance(agreement).name, "Clear")


def test_who_handed_it_in_does_not_clear_it_even_if_a_colleague_started_clearance(both):
	agreement = scenes.draft_by(scenes.office())
	with factories.acting_as(both):
		factories.submit_for_intake(agreement)
	with factories.acting_as(scenes.office()):
		factories.complete_intake(agreement)
		routes.start("MOU", agreement.name)
	with factories.acting_as(both), pytest.raises(SelfApprovalError):
		decide.decide(clearance(agreement).name, "Clear")


def test_who_handed_in_an_earlier_round_does_not_clear_a_later_one(both):
	agreement = scenes.draft_by(scenes.office())
	with factories.acting_as(both):
		factories.start_clearance(agreement)
		routes.send_back("MOU", agreement.name, "The annex is missing.")
	with factories.acting_as(scenes.office()):
		factories.start_clearance(agreement)
	with factories.acting_as(both), pytest.raises(SelfApprovalError):
		decide.decide(clearance(agreement).name, "Clear")


def test_nobody_records_a_decision_for_his_own_seat(both):
	"""A letter to oneself is no evidence."""
	scenes.make_policy(scenes.rule("Attorney", user=both, recorded_decision_allowed=1))
	agreement = scenes.draft_by(both)
	with factories.acting_as(both):
		factories.start_clearance(agreement)
		with pytest.raises(SelfApprovalError):
			decide.record_decision(clearance(agreement).name, "Clear", "I say so.", scenes.evidence())


def test_nobody_decides_for_another():
	agreement = scenes.under_way()
	for user in (scenes.office(), scenes.manager(), "Administrator", "Guest"):
		with factories.acting_as(user), pytest.raises(NotYourSeatError):
			decide.decide(clearance(agreement).name, "Clear")


def test_nobody_decides_twice():
	agreement = scenes.under_way()
	row = clearance(agreement)
	factories.decide(row, "Clear")
	before = scenes.picture_of(agreement)
	with pytest.raises(ApprovalError, match="answered already"):
		factories.decide(row, "Object", "On second thoughts, no.")
	assert scenes.picture_of(agreement) == before


def test_nobody_decides_in_a_round_that_is_over():
	agreement = scenes.under_way()
	row = clearance(agreement)
	with factories.acting_as(scenes.office()):
		routes.send_back("MOU", agreement.name, "The annex is missing.")
		factories.start_clearance(agreement)
	with pytest.raises(ApprovalError, match="taken back"):
		factories.decide(row, "Clear")
	assert scenes.route_of(agreement).round == 2
	assert clearance(agreement).name != row.name


@pytest.mark.parametrize("wrong", ["Approve", "clear", "", "Recused"])
def test_an_unknown_word_is_no_decision(wrong):
	agreement = scenes.under_way()
	with pytest.raises(ApprovalError, match="is not a decision"):
		factories.decide(clearance(agreement), wrong)


@pytest.mark.parametrize("decision", ["Clear with Conditions", "Return", "Object", "Recuse"])
@pytest.mark.parametrize("words", [None, "", "  \n "])
def test_all_but_a_plain_clear_need_words(decision, words):
	agreement = scenes.under_way()
	row = clearance(agreement)
	with pytest.raises(ApprovalError):
		factories.decide(row, decision, words)
	assert frappe.db.get_value("Approval Clearance", row.name, "state") == "Pending"
