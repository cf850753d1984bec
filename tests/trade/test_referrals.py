"""A referral: somebody is asked to help a company, and what came of it becomes an engagement by one click."""

import frappe
import pytest

from city_diplomacy.access.rights import AUDITOR, TRADE
from city_diplomacy.registers.record_dates import today
from city_diplomacy.trade_promotion.api import close_referral
from city_diplomacy.trade_promotion.exceptions import TradeReferralError
from tests import factories


@pytest.fixture
def seller():
	return factories.make_person(TRADE).name


def test_a_referral_closes_into_an_engagement_with_nothing_typed_twice(seller):
	chamber = factories.make_partner_organisation("Harbor Chamber of Commerce", kind="Chamber of Commerce")
	with factories.acting_as(seller):
		referral = factories.make_trade_referral(
			referred_to_kind="Chamber of commerce",
			partner_organisation=chamber.name,
			asked_for="A list of <buyers>.",
		)
		made = close_referral(referral.name, "Three buyers were named.")
	engagement = frappe.get_doc(made["doctype"], made["name"])
	assert engagement.subject == f"Harbor Robotics: referred to {chamber.name}"
	assert [row.partner for row in engagement.partners] == [chamber.name]
	assert "<buyers>" not in engagement.discussed
	assert "buyers" in engagement.discussed
	assert engagement.outcome == "Three buyers were named."
	stored = frappe.get_doc("Trade Referral", referral.name)
	assert (stored.status, stored.engagement, stored.closed_on) == ("Closed", engagement.name, today())


def test_a_referral_is_closed_once():
	referral = factories.make_trade_referral()
	close_referral(referral.name, "A loan.")
	with pytest.raises(TradeReferralError, match="closed already"):
		close_referral(referral.name, "Another loan.")
	assert frappe.db.count("Partner Engagement", {"subject": ["like", "Harbor Robotics%"]}) == 1


def test_without_an_outcome_nothing_is_closed_and_nothing_made():
	referral = factories.make_trade_referral()
	before = frappe.db.count("Partner Engagement")
	with pytest.raises(TradeReferralError, match="Say what came of"):
		close_referral(referral.name, "  ")
	assert frappe.db.count("Partner Engagement") == before


def test_somebody_who_only_reads_closes_nothing():
	referral = factories.make_trade_referral()
	with factories.acting_as(factories.make_person(AUDITOR).name), pytest.raises(frappe.PermissionError):
		close_referral(referral.name, "A loan.")


def test_a_closed_referral_stays_closed():
	referral = factories.make_trade_referral()
	close_referral(referral.name, "A loan.")
	referral.reload()
	referral.status = "Asked"
	with pytest.raises(TradeReferralError, match="stays closed"):
		referral.save()


def test_an_answer_is_dated():
	referral = factories.make_trade_referral()
	referral.status = "Accepted"
	assert referral.save().answered_on == today()


def test_one_is_referred_to_somebody_and_not_to_two():
	bank = factories.make_partner_organisation("Harbor Bank", kind="Agency")
	with pytest.raises(TradeReferralError, match="Name whom"):
		factories.make_trade_referral(partner_organisation=bank.name, referred_to="Another bank")


def test_a_confidential_company_is_not_named_in_the_engagement(seller):
	with factories.acting_as(seller):
		lead = factories.make_trade_lead(
			"Secret Motors", confidential_until="2999-01-01", anonymous_description="A maker of motors."
		)
		referral = factories.make_trade_referral(lead)
		made = close_referral(referral.name, "A loan.")
	engagement = frappe.get_doc("Partner Engagement", made["name"])
	assert engagement.subject == "A maker of motors.: referred to Harbor Bank"
	assert "Secret Motors" not in frappe.as_json(engagement.as_dict())


@pytest.mark.parametrize(
	("asked_for", "outcome", "named"),
	[
		("A loan for SECRET  motors.", "A loan.", "What was asked for"),
		("A loan.", "Secret Motors got it.", "Outcome"),
	],
)
def test_words_that_name_a_confidential_company_are_refused(asked_for, outcome, named):
	lead = factories.make_trade_lead(
		"Secret Motors", confidential_until="2999-01-01", anonymous_description="A maker of motors."
	)
	referral = factories.make_trade_referral(lead, asked_for=asked_for)
	with pytest.raises(TradeReferralError, match="names the company") as refused:
		close_referral(referral.name, outcome)
	assert str(refused.value).startswith(named)
	assert referral.reload().status == "Asked"
