"""Filing hints: the office's dated rows speak of a lead on its form."""

import frappe
import pytest

from tests import factories


@pytest.fixture(autouse=True)
def seeded_rules():
	"""Those a site starts with, on a site whose office may have changed them."""
	from city_diplomacy.setup import trade_stages

	frappe.db.delete("Trade Filing Rule")
	trade_stages.seed_filing_rules()


def hints(**fields) -> list[str]:
	lead = factories.make_trade_lead(**fields)
	lead.run_method("onload")
	return [hint["name"] for hint in lead.get("__onload").filing_hints]


def test_above_2500_dollars_the_export_is_filed():
	assert hints(shipment_value=2500, currency="USD") == []
	assert hints(shipment_value=2501, currency="USD") == ["Electronic Export Information, value"]


def test_what_needs_a_licence_is_filed_whatever_its_value():
	assert hints(licensed=1) == ["Electronic Export Information, licence"]


def test_to_canada_it_is_not_filed():
	assert hints(market="Canada", shipment_value=9000, currency="USD") == []


def test_a_market_the_company_only_looks_at_counts_and_one_it_does_not_want_does_not():
	interests = [{"market": "Japan", "interest": "Not interested"}]
	assert hints(market="Canada", shipment_value=9000, currency="USD", market_interests=interests) == []
	interests = [{"market": "Japan", "interest": "Interested"}]
	assert hints(market="Canada", shipment_value=9000, currency="USD", market_interests=interests)


def test_a_row_of_the_office_speaks_without_a_line_of_code():
	factories.make_trade_filing_rule("Phytosanitary certificate")
	assert hints() == ["Phytosanitary certificate"]


def test_an_investor_files_nothing():
	factories.make_trade_filing_rule("Phytosanitary certificate")
	assert hints(direction="Inward Investment") == []


def test_codes_are_kept_as_lists_write_them():
	lead = factories.make_trade_lead(schedule_b="8426.11.0000", eccn="3a001.b.1")
	assert (lead.schedule_b, lead.eccn) == ("8426110000", "3A001.b.1")


def test_schedule_b_begins_with_the_hs_code():
	if not frappe.db.exists("Customs Tariff Number", "842611"):
		frappe.get_doc(
			{"doctype": "Customs Tariff Number", "tariff_number": "842611", "description": "Cranes"}
		).insert()
	lead = factories.make_trade_lead(hs_code="842611")
	assert lead.hs_chapter == "84"
	lead.schedule_b = "0901210000"
	with pytest.raises(frappe.ValidationError, match="does not begin with the HS code"):
		lead.save()
