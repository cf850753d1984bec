"""Property 7, when a record a document names is renamed: nobody is asked again about a name, nor past a change.

Renaming is Frappe's own and not in the sandbox.
"""

import frappe
import pytest

from city_diplomacy import hooks
from city_diplomacy.access.rights import DEPARTMENT, LEGAL, MAYOR, OFFICER
from city_diplomacy.partnership_approvals import api
from city_diplomacy.partnership_approvals.engine import decide, renames, routes
from city_diplomacy.partnership_approvals.exceptions import NotYourSeatError, SelfApprovalError
from city_diplomacy.partnership_approvals.ledger import entries as ledger
from city_diplomacy.partnership_approvals.routing.routed_doctypes import hash_of
from city_diplomacy.partnerships.agreements import signing
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
		signing.sign(agreement.name, frappe.utils.nowdate())
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
@pytest.mark.parametrize(
	("how", "event", "words"),
	[({}, "Renamed", "is now called"), ({"merge": True}, "Merged", "was merged into")],
)
def test_what_is_in_force_says_in_its_ledger_that_it_names_another(agreement, how, event, words):
	"""A merge leaves a signed agreement naming somebody else; nothing of that goes unsaid."""
	factories.make_partner_city("Osaka")
	clear(agreement, "Law", "Finance")
	sign(agreement)
	rename(agreement, "Osaka, Japan" if how else "Nagoya-shi, Japan", **how)

	last = scenes.entries_of(agreement)[-1]
	assert (last.event, last.actor) == (event, "Administrator")
	assert words in last.remarks
	signed = frappe.get_doc("MOU", agreement.name)
	assert last.content_hash == hash_of(signed)
	assert [row.party_name for row in signed.parties if row.party_type == "Partner City"] == ["Nagoya"]
	assert_whole(agreement)


@pytest.mark.real_site
def test_what_was_withdrawn_says_so_too(agreement):
	with factories.acting_as(scenes.office()):
		routes.withdraw("MOU", agreement.name, "The partner left.")
	rename(agreement)
	assert scenes.events_of(agreement)[-1] == "Renamed"
	assert_whole(agreement)


# people


@pytest.fixture
def both() -> str:
	"""Somebody who prepares agreements and is one of the attorneys."""
	factories.make_person(LEGAL)
	scenes.make_policy(scenes.rule("Attorney", role=LEGAL, mandatory=1), title="Attorney")
	return factories.make_user("both@city.example", OFFICER, LEGAL).name


def rename_user(old: str, new: str, **how) -> str:
	with factories.acting_as("Administrator"):
		return frappe.rename_doc("User", old, new, force=True, **how)


def prepared_by(person: str):
	with factories.acting_as(person):
		return factories.start_clearance(factories.make_agreement())


@pytest.mark.real_site
def test_whoever_prepared_it_does_not_answer_under_another_name(both, client):
	agreement = prepared_by(both)
	factories.make_user("chief@city.example", "System Manager")
	renamed = client("chief@city.example").call(
		"frappe.client.rename_doc", doctype="User", old_name=both, new_name="other@city.example"
	)
	assert renamed.status_code == 200, renamed.text
	clearance = scenes.clearance_for(agreement, "Attorney")
	answer = client("other@city.example").call(
		"city_diplomacy.partnership_approvals.api.decide", clearance=clearance.name, decision="Clear"
	)
	assert (answer.status_code, answer.json["exc_type"]) == (403, "SelfApprovalError"), answer.text
	(entry,) = [entry for entry in scenes.entries_of(agreement) if entry.event == "Person Renamed"]
	assert (entry.actor, entry.authority, entry.acting_for) == (
		"chief@city.example",
		both,
		"other@city.example",
	)
	assert_whole(agreement)


@pytest.mark.real_site
def test_whoever_took_in_the_account_of_one_who_prepared_it_does_not_either(both):
	agreement = prepared_by(both)
	other = factories.make_user("other@city.example", LEGAL).name
	rename_user(both, other, merge=True)
	with factories.acting_as(other), pytest.raises(SelfApprovalError):
		decide.decide(scenes.clearance_for(agreement, "Attorney").name, "Clear")
	assert_whole(agreement)


@pytest.mark.real_site
def test_a_second_new_name_helps_as_little(both):
	agreement = prepared_by(both)
	rename_user(both, "second@city.example")
	rename_user("second@city.example", "third@city.example")
	with factories.acting_as("third@city.example"), pytest.raises(SelfApprovalError):
		decide.decide(scenes.clearance_for(agreement, "Attorney").name, "Clear")
	assert_whole(agreement)


@pytest.mark.real_site
def test_whoever_answered_for_one_seat_fills_no_other_under_another_name():
	one = factories.make_user("one@city.example", LEGAL, MAYOR).name
	scenes.make_policy(
		scenes.rule("Attorney", role=LEGAL, mandatory=1),
		scenes.rule("Mayor", role=MAYOR, mandatory=1, stage=2, workflow_state="Mayor's Decision"),
		title="Two",
	)
	agreement = scenes.under_way()
	with factories.acting_as(one):
		decide.decide(scenes.clearance_for(agreement, "Attorney").name, "Clear")
	rename_user(one, "two@city.example")
	with factories.acting_as("two@city.example"), pytest.raises(SelfApprovalError, match="Attorney already"):
		decide.decide(scenes.clearance_for(agreement, "Mayor").name, "Clear")
	assert_whole(agreement)


@pytest.mark.real_site
def test_whoever_was_represented_at_one_seat_fills_no_other_under_another_name():
	head, deputy = (factories.make_user(f"{who}@city.example", DEPARTMENT).name for who in ("head", "deputy"))
	scenes.make_policy(
		scenes.rule("Harbor", user=head, mandatory=1),
		scenes.rule("Finance", role=DEPARTMENT, mandatory=1),
		title="Two",
	)
	with factories.acting_as(head):
		api.delegate(deputy, frappe.utils.nowdate(), frappe.utils.nowdate())
	agreement = scenes.under_way()
	with factories.acting_as(deputy):
		decide.decide(scenes.clearance_for(agreement, "Harbor").name, "Clear")
	rename_user(head, "port@city.example")
	with factories.acting_as("port@city.example"), pytest.raises(SelfApprovalError, match="Harbor already"):
		decide.decide(scenes.clearance_for(agreement, "Finance").name, "Clear")
	assert_whole(agreement)


@pytest.mark.real_site
def test_whoever_stood_aside_stays_aside_under_another_name(both):
	agreement = scenes.under_way()
	with factories.acting_as(both):
		decide.decide(scenes.clearance_for(agreement, "Attorney").name, "Recuse", "A relative of mine.")
	rename_user(both, "other@city.example")
	with factories.acting_as("other@city.example"), pytest.raises(NotYourSeatError):
		decide.decide(scenes.clearance_for(agreement, "Attorney").name, "Clear")


@pytest.mark.real_site
def test_a_question_put_to_a_renamed_account_is_in_the_ledger_too():
	head = factories.make_user("head@city.example", DEPARTMENT).name
	scenes.make_policy(scenes.rule("Harbor", user=head, mandatory=1), title="Harbor")
	agreement = scenes.under_way()
	rename_user(head, "port@city.example")
	assert scenes.events_of(agreement)[-1] == "Person Renamed"
	with factories.acting_as("port@city.example"):
		decide.decide(scenes.clearance_for(agreement, "Harbor").name, "Clear")
	assert_whole(agreement)


@pytest.mark.real_site
def test_an_answer_given_to_another_after_a_rename_is_still_found(both):
	"""That somebody was renamed is no licence to put any name on an answer."""
	agreement = scenes.under_way()
	with factories.acting_as(both):
		decide.decide(scenes.clearance_for(agreement, "Attorney").name, "Clear")
	rename_user(both, "other@city.example")
	assert_whole(agreement)
	clearance = scenes.clearance_for(agreement, "Attorney", "Decided")
	frappe.db.set_value("Approval Clearance", clearance.name, "decided_by", scenes.manager())
	assert ledger.verify("MOU", agreement.name)["findings"] != []


@pytest.mark.real_site
def test_a_signatory_who_is_renamed_asks_nobody_again(agreement):
	signatory = factories.make_user("mayor@city.example").name
	with factories.acting_as(scenes.office()):
		agreement.append(
			"signatories", {"side": "Ours", "signatory": "A. Mayor", "capacity": "Mayor", "user": signatory}
		)
		agreement.save()
	clear(agreement, "Law", "Finance")
	rename_user(signatory, "city.mayor@city.example")
	assert scenes.state_of(agreement) == "Ready to Sign"
	assert sign(agreement) == "Active"
	assert_whole(agreement)


@pytest.mark.parametrize("doctype", hooks.routed_doctypes)
def test_every_record_a_routed_document_may_name_is_followed(doctype):
	# Routed documents keep their names.
	for named in renames.linked_doctypes(doctype) - set(hooks.routed_doctypes):
		assert "renames.follow" in str(hooks.doc_events.get(named, {}).get("after_rename")), named
