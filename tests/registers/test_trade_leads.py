"""A trade lead becomes an ERPNext record once; from then on the Opportunity says how it stands."""

import frappe
import pytest

from city_diplomacy.setup.permissions import TRADE
from city_diplomacy.trade_promotion import opportunities
from city_diplomacy.trade_promotion.api import make_lead, make_opportunity
from city_diplomacy.trade_promotion.exceptions import MissingErpnextRightError, TradeLeadError
from tests.factories import acting_as, make_trade_lead, make_user, our_company


@pytest.fixture(autouse=True)
def our_city():
	settings = frappe.get_doc("City Diplomacy Settings")
	settings.update({"company": our_company(), "city_name": "Harborview"})
	settings.save()


@pytest.fixture
def seller():
	"""A trade officer whom the administrator gave ERPNext's sales role."""
	return make_user("seller@city.example", TRADE, "Sales User").name


def test_a_trade_lead_becomes_a_lead_once(seller):
	with acting_as(seller):
		trade_lead = make_trade_lead().name
		first = make_lead(trade_lead)
		assert make_lead(trade_lead) == first
	assert frappe.db.get_value("Lead", first["name"], "company_name") == "Harbor Robotics"


def test_a_company_nobody_knows_becomes_a_lead_and_an_opportunity(seller):
	with acting_as(seller):
		trade_lead = make_trade_lead(annual_value=50000, currency="USD").name
		made = make_opportunity(trade_lead)
		assert make_opportunity(trade_lead) == made
	opportunity = frappe.get_doc("Opportunity", made["name"])
	stored = frappe.get_doc("Trade Lead", trade_lead)
	assert (opportunity.opportunity_from, opportunity.party_name) == ("Lead", stored.lead)
	assert (opportunity.opportunity_amount, opportunity.currency) == (50000, "USD")
	assert (stored.opportunity, stored.stage) == (made["name"], "In Progress")


def test_without_the_sales_role_the_message_says_so():
	officer = make_user("trade@city.example", TRADE).name
	with acting_as(officer):
		trade_lead = make_trade_lead().name
		with pytest.raises(MissingErpnextRightError, match="Sales User"):
			make_opportunity(trade_lead)
	assert not frappe.db.get_value("Trade Lead", trade_lead, "lead")


def test_who_may_not_change_trade_leads_makes_nothing_of_them():
	stranger = make_user("stranger@city.example", "Sales User").name
	trade_lead = make_trade_lead().name
	with acting_as(stranger), pytest.raises(frappe.PermissionError):
		make_lead(trade_lead)


@pytest.mark.parametrize("change", [{"stage": "Won"}, {"annual_value": 1}, {"currency": "EUR"}])
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
	("status", "stage"), [("Converted", "Won"), ("Lost", "Lost"), ("Replied", "In Progress")]
)
def test_the_trade_lead_shows_how_the_opportunity_stands(status, stage):
	trade_lead = make_trade_lead(annual_value=50000, currency="USD").name
	opportunity = frappe.get_doc("Opportunity", opportunities.make_opportunity(trade_lead))
	opportunity.update({"status": status, "opportunity_amount": 75000})
	opportunities.show_on_trade_lead(opportunity)
	assert frappe.db.get_value("Trade Lead", trade_lead, ["stage", "annual_value"]) == (stage, 75000)


def test_an_opportunity_is_not_tied_by_hand():
	opportunity = opportunities.make_opportunity(make_trade_lead().name)
	with pytest.raises(TradeLeadError, match="not by hand"):
		make_trade_lead("Another company", opportunity=opportunity)


def test_a_company_erpnext_knows_brings_its_name():
	lead = opportunities.make_lead(make_trade_lead("Bay Optics").name)
	trade_lead = make_trade_lead(company="", party_type="Lead", party=lead, market="Kenya")
	assert trade_lead.company_name == "Bay Optics"
	assert opportunities.make_lead(trade_lead.name) == lead


def test_a_value_is_in_the_city_s_currency_unless_it_says_otherwise():
	assert make_trade_lead(annual_value=10).currency
