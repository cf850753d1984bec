"""A trade lead becomes an ERPNext record once; from then on the Opportunity says how it stands."""

import frappe
import pytest

from city_diplomacy.access.rights import AUDITOR, LEAD_CONVERSION, OFFICER, TRADE
from city_diplomacy.trade_promotion import opportunities
from city_diplomacy.trade_promotion.api import make_lead, make_opportunity
from city_diplomacy.trade_promotion.exceptions import TradeLeadError
from tests import factories
from tests.factories import acting_as, make_party_screening, make_user, our_company


@pytest.fixture(autouse=True)
def our_city():
	settings = frappe.get_doc("City Diplomacy Settings")
	settings.update({"company": our_company(), "city_name": "Harborview"})
	settings.save()


def make_trade_lead(*args, **fields):
	"""A trade lead whose company was screened, without which nothing is made of it."""
	lead = factories.make_trade_lead(*args, **fields)
	make_party_screening(lead)
	return lead


# The sandbox has no shares.
shared = pytest.mark.real_site


@pytest.fixture
def seller():
	"""A trade officer, with no role of ERPNext's."""
	return make_user("seller@city.example", TRADE).name


@shared
def test_a_trade_lead_becomes_a_lead_once(seller):
	with acting_as(seller):
		trade_lead = make_trade_lead().name
		first = make_lead(trade_lead)
		assert make_lead(trade_lead) == first
	assert frappe.db.get_value("Lead", first["name"], "company_name") == "Harbor Robotics"


@shared
def test_a_company_nobody_knows_becomes_a_lead_and_an_opportunity(seller):
	with acting_as(seller):
		trade_lead = make_trade_lead(annual_value=50000, currency="USD").name
		made = make_opportunity(trade_lead)
		assert make_opportunity(trade_lead) == made
	opportunity = frappe.get_doc("Opportunity", made["name"])
	stored = frappe.get_doc("Trade Lead", trade_lead)
	assert (opportunity.opportunity_from, opportunity.party_name) == ("Lead", stored.lead)
	assert (opportunity.opportunity_amount, opportunity.currency) == (50000, "USD")
	assert (stored.opportunity, stored.stage, stored.status) == (made["name"], "Enquiry", "Ongoing")


@shared
@pytest.mark.parametrize("role", LEAD_CONVERSION)
def test_whoever_converts_may_open_and_change_what_became_of_the_lead_and_nothing_else(role):
	other = opportunities.make_opportunity(make_trade_lead("Another company").name)
	with acting_as(make_user("seller@city.example", role).name):
		made = make_opportunity(make_trade_lead().name)["name"]
		opportunity = frappe.get_doc("Opportunity", made)
		assert opportunity.has_permission("read")
		assert opportunity.has_permission("write")
		assert frappe.get_doc("Lead", opportunity.party_name).has_permission("read")
		assert not frappe.has_permission("Opportunity", "read", other)
		assert not frappe.has_permission("Opportunity", "create")
		assert frappe.get_list("Opportunity", pluck="name") == [made]


@shared
def test_a_colleague_opens_what_was_made_by_the_same_button(seller):
	trade_lead = make_trade_lead().name
	made = opportunities.make_opportunity(trade_lead)
	with acting_as(seller):
		assert not frappe.has_permission("Opportunity", "read", made)
		assert make_opportunity(trade_lead)["name"] == made
		assert frappe.has_permission("Opportunity", "read", made)


@shared
@pytest.mark.parametrize("role", [OFFICER, AUDITOR])
def test_nobody_else_converts_and_the_message_names_who_does(role):
	trade_lead = make_trade_lead().name
	told = "Trade Officer" if role == OFFICER else None
	other = make_user("other@city.example", role).name
	with acting_as(other), pytest.raises(frappe.PermissionError, match=told):
		make_opportunity(trade_lead)
	assert not frappe.db.get_value("Trade Lead", trade_lead, "lead")
	assert not frappe.db.exists("DocShare", {"user": "other@city.example", "share_doctype": "Opportunity"})


def test_who_may_not_change_trade_leads_makes_nothing_of_them():
	stranger = make_user("stranger@city.example", "Sales User").name
	trade_lead = make_trade_lead().name
	with acting_as(stranger), pytest.raises(frappe.PermissionError):
		make_lead(trade_lead)


@pytest.mark.parametrize("change", [{"stage": "Buyer Talks"}, {"status": "Won"}, {"annual_value": 1}])
def test_what_the_opportunity_owns_is_not_edited_here(change):
	trade_lead = make_trade_lead(annual_value=50000, currency="USD")
	opportunity = opportunities.make_opportunity(trade_lead.name)
	trade_lead.reload()
	trade_lead.update(change)
	with pytest.raises(TradeLeadError, match=opportunity):
		trade_lead.save()


def test_the_rest_is_still_edited_here():
	trade_lead = make_trade_lead(annual_value=50000, currency="USD")
	opportunities.make_opportunity(trade_lead.name)
	trade_lead.reload()
	trade_lead.potential = "High"
	trade_lead.save()
	assert frappe.db.get_value("Trade Lead", trade_lead.name, "potential") == "High"


@pytest.mark.parametrize(
	("status", "stands"),
	[("Converted", "Won"), ("Lost", "Lost"), ("Closed", "Abandoned"), ("Replied", "Ongoing")],
)
def test_the_trade_lead_stands_as_its_opportunity_does(status, stands):
	trade_lead = make_trade_lead(annual_value=50000, currency="USD").name
	opportunity = frappe.get_doc("Opportunity", opportunities.make_opportunity(trade_lead))
	opportunity.update({"status": status, "opportunity_amount": 75000})
	opportunities.show_on_trade_lead(opportunity)
	assert frappe.db.get_value("Trade Lead", trade_lead, "status") == stands


def test_what_was_lost_in_erpnext_and_opened_again_is_ongoing_again():
	trade_lead = make_trade_lead().name
	opportunity = frappe.get_doc("Opportunity", opportunities.make_opportunity(trade_lead))
	for status, stands in (("Lost", "Lost"), ("Open", "Ongoing")):
		opportunity.status = status
		opportunities.show_on_trade_lead(opportunity)
		assert frappe.db.get_value("Trade Lead", trade_lead, "status") == stands


def test_an_amount_of_erpnext_s_is_read_from_there_and_not_kept_a_second_time():
	trade_lead = make_trade_lead(annual_value=50000, currency="USD").name
	opportunity = frappe.get_doc("Opportunity", opportunities.make_opportunity(trade_lead))
	opportunity.db_set("opportunity_amount", 75000)
	opportunities.show_on_trade_lead(frappe.get_doc("Opportunity", opportunity.name))
	assert frappe.db.get_value("Trade Lead", trade_lead, "annual_value") == 50000
	stored = frappe.get_doc("Trade Lead", trade_lead)
	stored.run_method("onload")
	assert stored.get("__onload").opportunity.opportunity_amount == 75000


def test_days_in_a_stage_are_not_counted_once_the_opportunity_says_how_it_stands():
	trade_lead = make_trade_lead().name
	opportunities.make_opportunity(trade_lead)
	stored = frappe.get_doc("Trade Lead", trade_lead)
	assert [bool(row.left_on) for row in stored.stage_log] == [True]
	assert stored.stale_on is None


def test_an_opportunity_is_not_tied_by_hand():
	opportunity = opportunities.make_opportunity(make_trade_lead().name)
	with pytest.raises(TradeLeadError, match="not by hand"):
		make_trade_lead("Another company", opportunity=opportunity)


@shared
def test_nobody_is_let_into_a_lead_of_erpnext_by_naming_it(seller):
	hidden = opportunities.make_lead(make_trade_lead("Bay Optics").name)
	with acting_as(seller):
		with pytest.raises(frappe.LinkValidationError, match="Could not find"):
			make_trade_lead(party_type="Lead", party=hidden)
		assert not frappe.has_permission("Lead", "read", hidden)


def test_a_company_erpnext_knows_brings_its_name():
	lead = opportunities.make_lead(make_trade_lead("Bay Optics").name)
	trade_lead = make_trade_lead(company="", party_type="Lead", party=lead, market="Kenya")
	assert trade_lead.company_name == "Bay Optics"
	assert opportunities.make_lead(trade_lead.name) == lead


def test_a_value_is_in_the_city_s_currency_unless_it_says_otherwise():
	assert make_trade_lead(annual_value=10).currency
