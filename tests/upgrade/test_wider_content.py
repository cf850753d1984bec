"""A site from before dates and signatories were content: its answers still hold, and its ledgers say so."""

import frappe
import pytest
from frappe.utils import nowdate

from city_diplomacy.partnership_approvals.exceptions import ApprovalError
from city_diplomacy.partnership_approvals.ledger import entries
from city_diplomacy.partnership_approvals.routing.routed_doctypes import hash_of
from city_diplomacy.partnerships.agreements import signing
from city_diplomacy.partnerships.agreements.existing import record_existing
from city_diplomacy.patches.v1_0 import take_dates_and_signatories_for_content as patch
from tests import factories
from tests.approvals import narrow_content, scenes

FIELDS = {
	"expiry_date": "2040-01-01",
	"signatories": [{"side": "Ours", "signatory": "A. Mayor", "capacity": "Mayor"}],
}


@pytest.fixture
def seats():
	scenes.make_policy_of_departments({"Law": {}, "Finance": {"watched_fields": "financial_value, currency"}})


def assert_it_holds(agreement) -> None:
	assert entries.verify("MOU", agreement.name)["findings"] == []
	entry = [entry for entry in scenes.entries_of(agreement) if entry.event == patch.EVENT][-1]
	assert entry.content_hash == hash_of(frappe.get_doc("MOU", agreement.name))


def test_what_is_ready_stays_ready_and_is_signed(seats):
	with narrow_content.declared():
		agreement = scenes.ready_to_sign(**FIELDS)
	patch.execute()
	assert scenes.state_of(agreement) == "Ready to Sign"
	assert_it_holds(agreement)
	assert factories.clearances_of(agreement, "Pending") == []
	with factories.acting_as(scenes.manager()):
		signing.sign(agreement.name, nowdate())
	assert scenes.state_of(agreement) == "Active"


def test_without_the_patch_it_could_not_be_signed(seats):
	with narrow_content.declared():
		agreement = scenes.ready_to_sign(**FIELDS)
	with factories.acting_as(scenes.manager()), pytest.raises(ApprovalError, match="not what was cleared"):
		signing.sign(agreement.name, nowdate())


def test_what_is_half_cleared_asks_the_same_people_and_no_others(seats):
	with narrow_content.declared():
		agreement = scenes.under_way(**FIELDS)
		factories.decide(scenes.clearance_for(agreement, "Law"))
	finance, told = scenes.clearance_for(agreement, "Finance").name, frappe.db.count("Approval Notice")
	patch.execute()
	assert [row.name for row in factories.clearances_of(agreement, "Pending")] == [finance]
	assert frappe.db.count("Approval Notice") == told
	factories.decide(scenes.clearance_for(agreement, "Finance"))
	assert scenes.state_of(agreement) == "Ready to Sign"
	assert_it_holds(agreement)


def test_what_is_in_force_has_its_dates_in_the_ledger_from_then_on(seats):
	with narrow_content.declared():
		agreement = scenes.in_force(**FIELDS)
	patch.execute()
	assert_it_holds(agreement)


def test_what_was_recorded_from_before_has_a_hash_from_then_on():
	agreement = scenes.draft_by(scenes.manager())
	with factories.acting_as(scenes.manager()):
		values = {
			"title": "Understanding of 1998",
			"purpose": "Learn from each other.",
			"agreement_type": agreement.agreement_type,
			"signed_on": "1998-05-01",
			"parties": [
				{"side": row.side, "party_type": row.party_type, "party": row.party}
				for row in agreement.parties
			],
		}
		name = record_existing(values, scenes.evidence("Scan"), "From the archive.")["name"]
	recorded = frappe.get_doc("MOU", name)
	# As its entry was written until then.
	frappe.db.set_value("Approval Decision", {"reference_name": name}, "content_hash", None)
	patch.execute()
	(entry,) = [entry for entry in scenes.entries_of(recorded) if entry.event == patch.EVENT]
	assert entry.content_hash == hash_of(recorded)


def test_twice_is_once(seats):
	with narrow_content.declared():
		agreements = [scenes.ready_to_sign(**FIELDS), scenes.in_force(**FIELDS)]
	patch.execute()
	before = [scenes.picture_of(agreement) for agreement in agreements]
	patch.execute()
	assert [scenes.picture_of(agreement) for agreement in agreements] == before


@pytest.mark.parametrize("make", [scenes.ready_to_sign, scenes.in_force])
def test_what_was_changed_beneath_the_engine_is_not_made_good(seats, make):
	with narrow_content.declared():
		agreement = make(**FIELDS)
	frappe.db.set_value("MOU", agreement.name, "purpose", "Hand over the port.", update_modified=False)
	before = scenes.picture_of(agreement)
	patch.execute()
	assert scenes.picture_of(agreement) == before


def test_what_has_neither_dates_nor_signatories_is_left_alone(seats):
	with narrow_content.declared():
		agreement = scenes.under_way()
	before = scenes.picture_of(agreement)
	patch.execute()
	assert scenes.picture_of(agreement) == before
