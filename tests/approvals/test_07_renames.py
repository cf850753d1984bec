"""Property 7, when a record a document names is renamed: nobody is asked again about a name, nor past a change.

Renaming is Frappe's own and not in the sandbox.
"""

import frappe
import pytest

from city_diplomacy import hooks
from city_diplomacy.partnership_approvals import ledger, renames
from city_diplomacy.partnerships import standing
from city_diplomacy.setup.permissions import DEPARTMENT
from tests import factories
from tests.approvals import scenes


@pytest.fixture
def agreement():
	"""Law is asked about all of it, Finance about the money; the partner is Nagoya."""
	seats = {"Law": {}, "Finance": {"watched_fields": "financial_value, currency"}}
	rules = [
		scenes.rule(
			seat,
			user=factories.make_user(f"{seat.lower()}@city.example", DEPARTMENT).name,
			mandatory=1,
			**fields,
		)
		for seat, fields in seats.items()
	]
	scenes.make_policy(*rules, title="Law and Finance")
	return scenes.under_way(financial_value=1250.5, currency="USD")


def rename(agreement, new: str = "Nagoya-shi, Japan", **how) -> None:
	(partner,) = [row.party for row in agreement.parties if row.party_type == "Partner City"]
	frappe.rename_doc("Partner City", partner, new, **how)


def clear(agreement, *seats: str, **words) -> None:
	for seat in seats:
		factories.decide(scenes.clearance_for(agreement, seat), **words)


def sign(agreement) -> str:
	with factories.acting_as(scenes.manager()):
		standing.sign(agreement.name, frappe.utils.nowdate())
	return scenes.state_of(agreement)


def assert_whole(agreement) -> None:
	assert ledger.verify("MOU", agreement.name)["findings"] == []


@pytest.mark.real_site
def test_what_is_cleared_stays_cleared_and_is_signed_under_the_new_name(agreement):
	clear(agreement, "Law", "Finance")
	rename(agreement)

	assert scenes.state_of(agreement) == "Ready to Sign"
	assert factories.clearances_of(agreement, "Pending") == []
	law = scenes.clearance_for(agreement, "Law", "Decided")
	assert (law.decision, law.decided_by, law.carried_over) == ("Clear", "law@city.example", 1)
	assert_whole(agreement)
	assert sign(agreement) == "Active"
	assert_whole(agreement)


@pytest.mark.real_site
def test_the_ledger_says_what_was_renamed_by_whom_and_the_text_before_and_after(agreement):
	clear(agreement, "Law")
	before = scenes.clearance_for(agreement, "Law", "Decided").content_hash
	rename(agreement)

	entries = scenes.entries_of(agreement)
	(entry,) = [entry for entry in entries if entry.event == "Renamed"]
	assert entry.actor == "Administrator"
	assert "Nagoya, Japan is now called Nagoya-shi, Japan" in entry.remarks
	assert entry.content_hash != before
	assert [entry.event for entry in entries if entry.seat == "Law"][-1] == "Carried Over"
	assert "Reopened" not in [entry.event for entry in entries]


@pytest.mark.real_site
def test_whoever_did_not_answer_yet_answers_the_same_question(agreement):
	clear(agreement, "Finance")
	asked = scenes.clearance_for(agreement, "Law")
	told = frappe.db.count("Approval Notice")
	rename(agreement)

	assert scenes.clearance_for(agreement, "Law").name == asked.name
	assert frappe.db.count("Approval Notice") == told
	clear(agreement, "Law")
	assert scenes.state_of(agreement) == "Ready to Sign"
	assert_whole(agreement)


@pytest.mark.real_site
def test_an_answer_on_other_fields_is_not_touched(agreement):
	clear(agreement, "Finance")
	before = scenes.clearance_for(agreement, "Finance", "Decided")
	rename(agreement)
	after = scenes.clearance_for(agreement, "Finance", "Decided")
	assert (after.name, after.content_hash, after.carried_over) == (before.name, before.content_hash, 0)


@pytest.mark.real_site
def test_conditions_stay_open_and_are_met_once(agreement):
	clear(agreement, "Law", decision="Clear with Conditions", conditions="Name the berths.")
	clear(agreement, "Finance")
	rename(agreement)
	with pytest.raises(frappe.ValidationError, match="Conditions are still open: Law"):
		sign(agreement)


@pytest.mark.real_site
def test_a_second_name_is_followed_too(agreement):
	clear(agreement, "Law", "Finance")
	rename(agreement)
	agreement.reload()
	rename(agreement, "Nagoya City, Japan")
	assert_whole(agreement)
	assert sign(agreement) == "Active"


@pytest.mark.real_site
def test_a_department_and_a_type_are_followed(agreement):
	clear(agreement, "Law", "Finance")
	frappe.rename_doc("Agreement Type", agreement.agreement_type, "Accord between cities", force=True)
	assert scenes.events_of(agreement).count("Renamed") == 1
	assert sign(agreement) == "Active"


@pytest.mark.real_site
def test_a_merge_names_somebody_else_so_those_who_read_the_name_are_asked_again(agreement):
	factories.make_partner_city("Osaka")
	clear(agreement, "Law", "Finance")
	rename(agreement, "Osaka, Japan", merge=True)

	assert scenes.state_of(agreement) == "In Clearance"
	assert [row.seat for row in factories.clearances_of(agreement, "Pending")] == ["Law"]
	changed = [entry for entry in scenes.entries_of(agreement) if entry.event == "Text Changed"][-1]
	assert "was merged into Osaka, Japan" in changed.remarks
	assert_whole(agreement)
	clear(agreement, "Law")
	assert sign(agreement) == "Active"


@pytest.mark.real_site
def test_an_agreement_that_named_the_record_before_a_merge_is_left_alone(agreement):
	osaka = factories.make_partner_city("Osaka")
	parties = [
		{"side": "Ours", "party_type": "Company", "party": factories.our_company()},
		{"side": "Counterpart", "party_type": "Partner City", "party": osaka.name},
	]
	other = scenes.under_way(title="With Osaka", parties=parties)
	before = scenes.picture_of(other)
	rename(agreement, "Osaka, Japan", merge=True)
	assert scenes.picture_of(other) == before


@pytest.mark.real_site
def test_a_rename_carries_no_changed_word_through(agreement):
	"""Somebody changed the text beneath the engine and hopes that the rename hides it."""
	clear(agreement, "Law", "Finance")
	frappe.db.set_value("MOU", agreement.name, "purpose", "Hand over the port.", update_modified=False)
	rename(agreement)

	assert [row.seat for row in factories.clearances_of(agreement, "Pending")] == ["Law"]
	assert scenes.state_of(agreement) == "In Clearance"


@pytest.mark.real_site
def test_what_is_in_force_keeps_its_record_as_it_was(agreement):
	clear(agreement, "Law", "Finance")
	sign(agreement)
	events = scenes.events_of(agreement)
	rename(agreement)
	assert scenes.events_of(agreement) == events
	assert_whole(agreement)


@pytest.mark.parametrize("doctype", hooks.routed_doctypes)
def test_every_record_a_routed_document_may_name_is_followed(doctype):
	# Routed documents keep their names.
	for named in renames.linked_doctypes(doctype) - set(hooks.routed_doctypes):
		assert "renames.follow" in str(hooks.doc_events.get(named, {}).get("after_rename")), named
