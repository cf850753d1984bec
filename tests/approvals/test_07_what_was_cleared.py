"""Property 7: what was cleared is what is signed.

An edit re-opens exactly the clearances that watch it; the others carry over, "unchanged since you cleared".
"""

import frappe
import pytest

from city_diplomacy.access.rights import DEPARTMENT
from city_diplomacy.partnership_approvals.engine import decide, routes
from city_diplomacy.partnership_approvals.exceptions import ApprovalError
from city_diplomacy.partnership_approvals.ledger import entries, snapshots
from city_diplomacy.partnerships.agreements import signing
from tests import factories
from tests.approvals import scenes

SEATS = {
	"Law": {"watched_fields": "recitals, governing_law"},
	"Finance": {"watched_fields": "financial_value, currency"},
	"Harbor": {},
	"Mayor": {"stage": 2, "workflow_state": "Mayor's Decision", "watched_fields": "purpose"},
}


@pytest.fixture
def agreement():
	"""Law watches the recitals, Finance the money, Harbor everything, the mayor the purpose."""
	scenes.make_policy_of_departments(SEATS, title="Watched")
	return scenes.under_way(recitals="Whereas both cities have ports.")


def clear(agreement, *seats: str) -> None:
	for seat in seats:
		factories.decide(scenes.clearance_for(agreement, seat))


def change(agreement, **fields):
	with factories.acting_as(scenes.office()):
		doc = frappe.get_doc("MOU", agreement.name)
		doc.update(fields)
		return doc.save()


def asked(agreement) -> list[str]:
	return sorted(row.seat for row in factories.clearances_of(agreement, "Pending"))


def test_an_edit_reopens_exactly_the_clearances_that_watch_it(agreement):
	clear(agreement, "Law", "Finance")
	change(agreement, recitals="Whereas both cities have great ports.")
	assert asked(agreement) == ["Harbor", "Law"]
	assert scenes.clearance_for(agreement, "Finance", "Decided").decision == "Clear"


def test_an_edit_nobody_watched_reopens_nobody_but_the_one_who_watches_all(agreement):
	clear(agreement, "Law", "Finance", "Harbor")
	assert scenes.state_of(agreement) == "Mayor's Decision"
	change(agreement, title="Understanding on ports")
	assert asked(agreement) == ["Harbor"]
	assert scenes.state_of(agreement) == "In Clearance"


def test_those_who_are_still_asked_and_watch_it_are_told_that_the_text_changed(agreement):
	clear(agreement, "Law")
	assert told_of_a_changed_text() == []
	change(agreement, recitals="Whereas both cities have great ports.")
	# Law has answered, and is asked again; Finance watches the money alone.
	assert told_of_a_changed_text() == [("harbor@city.example", "Recitals")]
	change(agreement, governing_law="Ohio")
	assert told_of_a_changed_text()[1:] == [
		("harbor@city.example", "Governing law"),
		("law@city.example", "Governing law"),
	]


def told_of_a_changed_text() -> list[tuple[str, str]]:
	rows = frappe.get_all(
		"Approval Notice",
		{"kind": "Text Changed"},
		["for_user", "changed"],
		order_by="creation asc, for_user asc",
		limit_page_length=0,
	)
	return [(row.for_user, row.changed) for row in rows]


def test_it_comes_forward_again_over_the_answers_that_still_hold(agreement):
	clear(agreement, "Law", "Finance", "Harbor", "Mayor")
	assert scenes.state_of(agreement) == "Ready to Sign"
	saved = change(agreement, recitals="Whereas both cities have great ports.")
	assert (scenes.state_of(agreement), saved.workflow_state) == ("In Clearance", "In Clearance")
	clear(agreement, "Law", "Harbor")
	assert scenes.state_of(agreement) == "Ready to Sign"
	assert entries.verify("MOU", agreement.name)["findings"] == []


def test_whoever_saved_can_go_on_saving(agreement):
	clear(agreement, "Law", "Finance", "Harbor")
	with factories.acting_as(scenes.office()):
		doc = frappe.get_doc("MOU", agreement.name)
		doc.recitals = "Whereas both cities have great ports."
		doc.save()
		doc.needed_by = "2031-03-01"
		doc.save()
	assert str(frappe.db.get_value("MOU", agreement.name, "needed_by")) == "2031-03-01"


def test_a_text_changed_back_needs_nobody_again(agreement):
	clear(agreement, "Law", "Finance")
	change(agreement, recitals="Whereas both cities have great ports.")
	change(agreement, recitals="Whereas both cities have ports.")
	assert asked(agreement) == ["Harbor"]
	assert scenes.clearance_for(agreement, "Law", "Decided").carried_over == 1


def test_a_second_round_asks_only_those_whose_text_changed(agreement):
	clear(agreement, "Law", "Finance")
	factories.decide(scenes.clearance_for(agreement, "Harbor"), "Return", "The berth is missing.")
	assert scenes.state_of(agreement) == "Draft"
	change(agreement, purpose="Learn from each other's ports, berth 7 among them.")
	with factories.acting_as(scenes.office()):
		factories.start_clearance(agreement)
	assert asked(agreement) == ["Harbor"]
	carried = [row for row in factories.clearances_of(agreement, "Decided") if row.carried_over]
	assert sorted(row.seat for row in carried) == ["Finance", "Law"]
	clear(agreement, "Harbor")
	clear(agreement, "Mayor")
	assert scenes.state_of(agreement) == "Ready to Sign"
	assert entries.verify("MOU", agreement.name)["findings"] == []


def test_a_second_round_in_which_every_answer_holds_is_ready_at_once(agreement):
	clear(agreement, "Law", "Finance", "Harbor")
	clear(agreement, "Mayor")
	with factories.acting_as(scenes.office()):
		routes.send_back("MOU", agreement.name, "The signing ceremony is put off.")
		factories.start_clearance(agreement)
	assert scenes.state_of(agreement) == "Ready to Sign"
	assert asked(agreement) == []
	assert scenes.route_of(agreement).round == 2
	assert entries.verify("MOU", agreement.name)["findings"] == []


def test_conditions_are_carried_over_with_the_answer(agreement):
	law = scenes.clearance_for(agreement, "Law")
	factories.decide(law, "Clear with Conditions", conditions="Strike clause 4.")
	factories.decide(scenes.clearance_for(agreement, "Harbor"), "Return", "The berth is missing.")
	with factories.acting_as(scenes.office()):
		factories.start_clearance(agreement)
	clear(agreement, "Finance", "Harbor", "Mayor")
	with factories.acting_as(scenes.manager()), pytest.raises(ApprovalError, match="Law"):
		signing.sign(agreement.name, frappe.utils.nowdate())


def test_a_condition_of_the_policy_that_comes_true_with_the_text_asks_its_seat():
	attorney, finance = (
		factories.make_user(f"{who}@city.example", DEPARTMENT).name for who in ("law", "finance")
	)
	scenes.make_policy(
		scenes.rule("Law", user=attorney, watched_fields="recitals"),
		scenes.rule("Finance", user=finance, when=[(1, "financial_value", "is more than", "1000")]),
		title="Money",
	)
	agreement = scenes.under_way()
	clear(agreement, "Law")
	assert scenes.state_of(agreement) == "Ready to Sign"
	change(agreement, financial_value=5000, currency="USD")
	assert asked(agreement) == ["Finance"]
	assert scenes.state_of(agreement) == "In Clearance"


def test_a_seat_the_changed_text_no_longer_needs_is_let_go():
	attorney, finance = (
		factories.make_user(f"{who}@city.example", DEPARTMENT).name for who in ("law", "finance")
	)
	scenes.make_policy(
		scenes.rule("Law", user=attorney, watched_fields="recitals"),
		scenes.rule("Finance", user=finance, when=[(1, "financial_value", "is more than", "1000")]),
		title="Money",
	)
	agreement = scenes.under_way(financial_value=5000, currency="USD")
	clear(agreement, "Law")
	change(agreement, financial_value=0)
	assert scenes.state_of(agreement) == "Ready to Sign"
	assert scenes.clearance_for(agreement, "Finance", "Withdrawn")


def test_whoever_reads_an_older_text_does_not_answer_on_the_new_one(agreement):
	law = scenes.clearance_for(agreement, "Law")
	change(agreement, recitals="Whereas both cities have great ports.")
	with factories.acting_as(law.put_to), pytest.raises(ApprovalError, match="while you were reading"):
		decide.decide(law.name, "Clear", seen=law.snapshot)
	law.reload()
	with factories.acting_as(law.put_to):
		decide.decide(law.name, "Clear", seen=law.snapshot)


def test_an_answer_carries_the_hash_of_the_text_it_was_given_on(agreement):
	clear(agreement, "Law")
	first = scenes.clearance_for(agreement, "Law", "Decided").content_hash
	change(agreement, recitals="Whereas both cities have great ports.")
	clear(agreement, "Law")
	assert scenes.clearance_for(agreement, "Law", "Decided").content_hash != first


def test_the_redline_shows_what_changed_since_the_seat_last_cleared_it(agreement):
	clear(agreement, "Law")
	change(agreement, recitals="Whereas both cities have great ports.")
	law = scenes.clearance_for(agreement, "Law")
	with factories.acting_as(law.put_to):
		shown = snapshots.changes_for(law.name)
	assert shown["cleared"]
	(recitals,) = shown["changes"]
	assert (recitals["fieldname"], [s for s in recitals["stretches"] if s["kind"] != "kept"]) == (
		"recitals",
		[{"kind": "added", "text": "great "}],
	)


def test_a_reader_of_another_department_gets_no_redline(agreement):
	law = scenes.clearance_for(agreement, "Law")
	outsider = factories.make_user("outsider@city.example", DEPARTMENT).name
	with factories.acting_as(outsider), pytest.raises(frappe.PermissionError):
		snapshots.changes_for(law.name)


def test_a_save_that_changes_no_text_reopens_nothing(agreement):
	clear(agreement, "Law", "Finance")
	before = scenes.events_of(agreement)
	change(agreement, needed_by="2031-03-01", intake_note="Looked at again.")
	assert scenes.events_of(agreement) == before


def test_an_edit_nobody_watches_leaves_what_is_ready_as_it_is_and_is_told_once():
	attorney = factories.make_user("law@city.example", DEPARTMENT).name
	scenes.make_policy(scenes.rule("Law", user=attorney, watched_fields="recitals"), title="Watched")
	agreement = scenes.under_way()
	clear(agreement, "Law")
	before = scenes.events_of(agreement)
	change(agreement, title="Understanding on ports")
	assert scenes.state_of(agreement) == "Ready to Sign"
	assert scenes.events_of(agreement) == [*before, "Text Changed"]


def test_a_file_whose_bytes_changed_on_the_server_is_not_signed():
	policy = scenes.rule("Law", user=factories.make_user("law@city.example", DEPARTMENT).name)
	scenes.make_policy(policy, title="Files")
	with factories.acting_as(scenes.office()):
		file = factories.make_file("text.txt", "We agree.")
		agreement = factories.start_clearance(
			factories.make_agreement(texts=[{"language": "en", "file": file.file_url, "authentic": 1}])
		)
	clear(agreement, "Law")
	with open(file.get_full_path(), "w") as stored:
		stored.write("We agree to everything.")
	with factories.acting_as(scenes.manager()), pytest.raises(ApprovalError, match=r"text\.txt"):
		signing.sign(agreement.name, frappe.utils.nowdate())
	assert scenes.state_of(agreement) == "Ready to Sign"
