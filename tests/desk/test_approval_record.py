"""The approval record on paper: who, for whom, when, on which text, why, with the hashes."""

from itertools import pairwise

import frappe
import pytest

from city_diplomacy.access.rights import LEGAL, MANAGER, OFFICER
from city_diplomacy.partnership_approvals.records.printed import approval_record
from tests import factories


@pytest.fixture
def cleared():
	with factories.acting_as(factories.make_person(OFFICER).name):
		agreement = factories.make_agreement(title="Harbours <b>& ports</b>")
		factories.start_clearance(agreement)
	clearance = factories.clearances_of(agreement, "Pending")[0]
	with factories.acting_as(factories.make_person(LEGAL).name):
		factories.decide(clearance, "Clear with Conditions", conditions="Strike <script>clause 4</script>.")
	return agreement


def test_each_entry_carries_the_hashes_of_the_ledger(cleared):
	with factories.acting_as(factories.make_person(MANAGER).name):
		entries = approval_record("MOU", cleared.name)["ledger"]["entries"]
	assert [entry["sequence"] for entry in entries] == list(range(1, len(entries) + 1))
	for before, after in pairwise(entries):
		assert after["previous_hash"] == before["entry_hash"]


def test_a_person_who_may_not_read_the_agreement_gets_no_record(cleared):
	outsider = factories.make_user("outsider@city.example").name
	with factories.acting_as(outsider), pytest.raises(frappe.PermissionError):
		approval_record("MOU", cleared.name)


@pytest.mark.real_site
def test_it_prints_people_reasons_and_hashes_and_nothing_as_markup(cleared):
	with factories.acting_as(factories.make_person(MANAGER).name):
		page = frappe.get_print("MOU", cleared.name, print_format="Approval Record")
		head = approval_record("MOU", cleared.name)["ledger"]["head"]
	assert "City Attorney" in page
	assert frappe.utils.get_fullname(factories.make_person(LEGAL).name) in page
	assert "Strike ‹script›clause 4‹/script›." in page
	assert "<script>clause 4" not in page
	assert head in page
