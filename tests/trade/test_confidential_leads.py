"""A confidential lead: known to its owner, whoever entered it and its readers, up to and on a day; then to all roles."""

import frappe
import pytest

from city_diplomacy.access.rights import AUDITOR, MANAGER, MAYOR, OFFICER, TRADE
from city_diplomacy.domain.trade.screening.states import Method
from city_diplomacy.registers.record_dates import today
from city_diplomacy.trade_promotion import api
from city_diplomacy.trade_promotion.exceptions import ConfidentialLeadError
from city_diplomacy.trade_promotion.report.screening_still_open.screening_still_open import (
	execute as still_open,
)
from tests import factories

CONFIDENTIAL = {"confidential_until": "2999-01-01", "anonymous_description": "A maker of motors."}


@pytest.fixture
def seller():
	return factories.make_person(TRADE).name


@pytest.fixture
def secret(seller):
	with factories.acting_as(seller):
		return factories.make_trade_lead("Secret Motors", direction="Inward Investment", **CONFIDENTIAL)


def knows(user: str, lead) -> bool:
	with factories.acting_as(user):
		listed = lead.name in frappe.get_list("Trade Lead", pluck="name", limit_page_length=0)
		opened = bool(frappe.has_permission("Trade Lead", "read", lead.name))
	assert listed == opened
	return listed


@pytest.mark.parametrize("role", [MANAGER, OFFICER, MAYOR, AUDITOR, TRADE])
def test_no_role_shows_it(role, secret):
	assert not knows(factories.make_user("other@city.example", role).name, secret)


def test_its_owner_and_its_readers_know_it(secret, seller):
	reader = factories.make_user("reader@city.example", OFFICER).name
	owner = factories.make_user("owner@city.example", TRADE).name
	with factories.acting_as(seller):
		secret.append("readers", {"user": reader})
		secret.lead_owner = owner
		secret.save()
	assert all(knows(user, secret) for user in (seller, reader, owner))


def test_the_day_after_everybody_with_the_role_knows_it(secret):
	other = factories.make_user("other@city.example", OFFICER).name
	secret.db_set("confidential_until", today())
	assert not knows(other, secret)
	secret.db_set("confidential_until", frappe.utils.add_days(today(), -1))
	assert knows(other, secret)


def test_referrals_and_wins_follow_their_lead(secret, seller):
	with factories.acting_as(seller):
		referral = factories.make_trade_referral(secret)
		win = factories.make_export_win(
			"Secret Motors", direction="Inward Investment", trade_lead=secret.name,
			won_values=[{"kind": "Investment", "year_1": 5}],
		)  # fmt: skip
	with factories.acting_as(factories.make_user("other@city.example", MANAGER).name):
		assert not frappe.has_permission("Trade Referral", "read", referral.name)
		assert win.name not in frappe.get_list("Export Win", pluck="name", limit_page_length=0)
		with pytest.raises(frappe.PermissionError):
			api.claim_win(win.name)


def test_screenings_follow_their_lead_and_those_of_other_records_do_not(secret):
	of_lead = factories.make_party_screening(secret)
	of_other = factories.make_party_screening(factories.make_partner_organisation())
	with factories.acting_as(factories.make_user("other@city.example", TRADE).name):
		assert not frappe.has_permission("Party Screening", "read", of_lead.name)
		assert frappe.get_list("Party Screening", pluck="name") == [of_other.name]


@pytest.mark.parametrize("filters", [{}, {"subject_type": "Trade Lead"}, {"state": "To Be Decided"}])
def test_open_screenings_call_it_by_the_description_and_only_for_those_who_know_it(secret, seller, filters):
	frappe.db.set_value("Restricted Party List", {"enabled": 1}, "enabled", 0)
	factories.make_restricted_party_list(content="id,name\n1,Secret Motors\n")
	screening = factories.make_party_screening(secret, method=Method.AGAINST_LISTS)
	open_lead = factories.make_trade_lead("Secret Motors Works")
	factories.make_party_screening(open_lead, method=Method.AGAINST_LISTS)

	def told(user: str) -> dict[str, str]:
		with factories.acting_as(user):
			return {row["subject"]: row["name_screened"] for row in still_open(filters)[1]}

	assert told(seller) == {secret.name: "A maker of motors.", open_lead.name: "Secret Motors Works"}
	assert told(factories.make_user("other@city.example", MANAGER).name) == {
		open_lead.name: "Secret Motors Works"
	}
	assert screening.state == "To Be Decided"


def test_somebody_else_refers_to_nobody_they_may_not_know_of(secret):
	with factories.acting_as(factories.make_user("other@city.example", TRADE).name):
		for make in (
			factories.make_trade_referral,
			lambda lead: factories.make_export_win(trade_lead=lead.name),
		):
			with pytest.raises(frappe.LinkValidationError, match="Could not find"):
				make(secret)


def test_erpnext_is_not_told_before_the_day(secret, seller):
	with factories.acting_as(seller):
		for convert in (api.make_lead, api.make_opportunity):
			with pytest.raises(ConfidentialLeadError, match="ERPNext would show it"):
				convert(secret.name)
	assert not frappe.db.exists("Lead", {"company_name": "Secret Motors"})


def test_a_company_erpnext_knew_before_gets_no_opportunity_either(secret, seller):
	secret.db_set("lead", "CRM-LEAD-2026-00001")
	with factories.acting_as(seller), pytest.raises(ConfidentialLeadError, match="ERPNext would show it"):
		api.make_opportunity(secret.name)
	assert secret.reload().opportunity is None


def test_whoever_makes_it_confidential_stays_a_reader():
	lead = factories.make_trade_lead("Open Motors")
	officer = factories.make_person(OFFICER).name
	with factories.acting_as(officer):
		mine = frappe.get_doc("Trade Lead", lead.name)
		mine.update(CONFIDENTIAL)
		mine.save()
	assert knows(officer, lead)


def test_a_report_calls_it_by_the_description_and_only_for_those_who_know_it(secret, seller):
	from city_diplomacy.trade_promotion.report.trade_pipeline.trade_pipeline import execute

	def told(user: str) -> str:
		with factories.acting_as(user):
			return frappe.as_json([execute({"each_lead": 1})[1], execute({})[1]])

	assert "A maker of motors." in told(seller)
	assert "Secret Motors" not in told(seller)
	assert secret.name not in told(factories.make_user("other@city.example", MANAGER).name)
