"""Property 5: delegation and forwarding, resolved at assignment and at decision, recorded as "A for B"."""

import frappe
import pytest
from frappe.utils import add_days, nowdate

from city_diplomacy.access.rights import DEPARTMENT, LEGAL, OFFICER, POLICY_ADMIN
from city_diplomacy.partnership_approvals import api
from city_diplomacy.partnership_approvals.engine import decide, questions, reassign
from city_diplomacy.partnership_approvals.exceptions import (
	ApprovalError,
	DelegationError,
	NotYourSeatError,
	SelfApprovalError,
)
from city_diplomacy.partnership_approvals.views import approvals
from tests import factories
from tests.approvals import scenes


@pytest.fixture
def people() -> dict[str, str]:
	return {
		who: factories.make_user(f"{who}@city.example", DEPARTMENT).name
		for who in ("head", "deputy", "clerk", "outsider")
	}


def delegate(giver: str, taker: str, from_day: int = 0, to_day: int = 7, **fields):
	with factories.acting_as(giver):
		return frappe.get_doc(
			{
				"doctype": "Approval Delegation",
				"delegator": giver,
				"delegate": taker,
				"from_date": add_days(nowdate(), from_day),
				"to_date": add_days(nowdate(), to_day),
				"reason": "On leave.",
				**fields,
			}
		).insert()


def asked(holder: str, **fields):
	scenes.make_policy(scenes.rule("Harbor", user=holder, **fields), title="Delegation")
	return scenes.clearance_for(scenes.under_way(), "Harbor")


def decide_as(person: str, clearance, *answer: str):
	with factories.acting_as(person):
		return decide.decide(clearance.name, *(answer or ("Clear",)))


def test_the_delegate_decides_and_the_record_says_for_whom(people):
	delegate(people["head"], people["deputy"])
	clearance = asked(people["head"])
	decide_as(people["deputy"], clearance)
	clearance.reload()
	assert (clearance.decided_by, clearance.acting_for) == (people["deputy"], people["head"])
	agreement = frappe.get_doc("MOU", clearance.reference_name)
	(entry,) = [entry for entry in scenes.entries_of(agreement) if entry.event == "Decided"]
	assert (entry.actor, entry.acting_for) == (people["deputy"], people["head"])


def test_whoever_is_away_may_still_decide_himself(people):
	delegate(people["head"], people["deputy"])
	clearance = asked(people["head"])
	decide_as(people["head"], clearance)
	assert frappe.db.get_value("Approval Clearance", clearance.name, "acting_for") in (None, "")


def test_the_delegate_is_told_has_a_to_do_and_finds_it_in_his_inbox(people):
	delegate(people["head"], people["deputy"])
	clearance = asked(people["head"])
	todos = frappe.get_all("ToDo", {"reference_name": clearance.name, "status": "Open"}, pluck="allocated_to")
	assert sorted(todos) == sorted([people["head"], people["deputy"]])
	assert [row["clearance"] for row in approvals.inbox(people["deputy"])] == [clearance.name]


def test_the_delegate_reads_what_he_decides_on_and_an_outsider_does_not(people):
	delegate(people["head"], people["deputy"])
	clearance = asked(people["head"])
	agreement = frappe.get_doc("MOU", clearance.reference_name)
	assert agreement.has_permission("read", user=people["deputy"])
	assert not agreement.has_permission("read", user=people["outsider"])


def test_a_delegation_made_after_the_question_was_put_counts(people):
	clearance = asked(people["head"])
	delegate(people["head"], people["deputy"])
	decide_as(people["deputy"], clearance)
	assert frappe.db.get_value("Approval Clearance", clearance.name, "decision") == "Clear"


@pytest.mark.parametrize(("from_day", "to_day"), [(1, 7)])
def test_before_its_first_day_a_delegation_gives_nothing(people, from_day, to_day):
	delegate(people["head"], people["deputy"], from_day, to_day)
	clearance = asked(people["head"])
	with pytest.raises(NotYourSeatError):
		decide_as(people["deputy"], clearance)


def test_a_revoked_delegation_gives_nothing(people):
	given = delegate(people["head"], people["deputy"])
	clearance = asked(people["head"])
	with factories.acting_as(people["head"]):
		api.end_delegation(given.name)
	with pytest.raises(NotYourSeatError):
		decide_as(people["deputy"], clearance)


def test_a_delegation_that_ended_overnight_gives_nothing_and_keeps_what_was_decided(people):
	given = delegate(people["head"], people["deputy"], 0, 0)
	clearance = asked(people["head"])
	later = asked(people["head"])
	decide_as(people["deputy"], clearance)
	frappe.db.set_value(
		"Approval Delegation",
		given.name,
		{"from_date": add_days(nowdate(), -1), "to_date": add_days(nowdate(), -1)},
	)
	with pytest.raises(NotYourSeatError):
		decide_as(people["deputy"], later)
	assert frappe.db.get_value("Approval Clearance", clearance.name, "decided_by") == people["deputy"]


def test_a_delegation_limited_to_another_kind_of_document_gives_nothing(people):
	delegate(people["head"], people["deputy"], document_type="Project")
	clearance = asked(people["head"])
	with pytest.raises(NotYourSeatError):
		decide_as(people["deputy"], clearance)


def test_a_delegate_who_is_away_has_a_delegate(people):
	delegate(people["head"], people["deputy"])
	delegate(people["deputy"], people["clerk"])
	clearance = asked(people["head"])
	decide_as(people["clerk"], clearance)
	assert frappe.db.get_value("Approval Clearance", clearance.name, "acting_for") == people["head"]


def test_the_seat_of_a_role_is_answered_for_one_who_has_it(people):
	attorney = factories.make_person(LEGAL).name
	delegate(attorney, people["deputy"])
	scenes.make_policy(scenes.rule("Attorney", role=LEGAL), title="Delegation")
	clearance = scenes.clearance_for(scenes.under_way(), "Attorney")
	decide_as(people["deputy"], clearance)
	assert frappe.db.get_value("Approval Clearance", clearance.name, "acting_for") == attorney


def test_a_delegate_who_prepared_the_document_does_not_clear_it(people):
	officer = factories.make_user("author@city.example", OFFICER, DEPARTMENT).name
	delegate(people["head"], officer)
	scenes.make_policy(scenes.rule("Harbor", user=people["head"]), title="Delegation")
	draft = scenes.draft_by(officer)
	with factories.acting_as(officer):
		agreement = factories.start_clearance(draft)
	with pytest.raises(SelfApprovalError):
		decide_as(officer, scenes.clearance_for(agreement, "Harbor"))


def test_two_delegates_of_one_person_do_not_fill_two_mandatory_seats_for_him(people):
	attorney = factories.make_person(LEGAL).name
	delegate(attorney, people["deputy"])
	scenes.make_policy(
		scenes.rule("Attorney", role=LEGAL, mandatory=1),
		scenes.rule("Counsel", role=LEGAL, mandatory=1, stage=2, workflow_state="Mayor's Decision"),
		title="Delegation",
	)
	agreement = scenes.under_way()
	decide_as(people["deputy"], scenes.clearance_for(agreement, "Attorney"))
	with pytest.raises(SelfApprovalError):
		decide_as(attorney, scenes.clearance_for(agreement, "Counsel"))


@pytest.mark.parametrize(
	("fields", "sentence"),
	[
		({"delegate": "head@city.example"}, "somebody else"),
		({"to_date": -1}, r"To \(.*\) lies before From \("),
		({"from_date": -3}, "today at the earliest"),
		({"to_date": 400}, "at most"),
		({"delegate": "Administrator"}, "no enabled account"),
	],
)
def test_a_delegation_that_makes_no_sense_is_refused_in_a_sentence(people, fields, sentence):
	"""Dates are given in days from today."""
	dates = {name: add_days(nowdate(), days) for name, days in fields.items() if name.endswith("_date")}
	with factories.acting_as(people["head"]), pytest.raises(DelegationError, match=sentence):
		frappe.get_doc(
			{
				"doctype": "Approval Delegation",
				"delegator": people["head"],
				"delegate": people["deputy"],
				"from_date": nowdate(),
				"to_date": add_days(nowdate(), 7),
				**fields,
				**dates,
			}
		).insert()


def test_delegations_do_not_go_round_in_a_circle(people):
	delegate(people["head"], people["deputy"])
	delegate(people["deputy"], people["clerk"])
	with pytest.raises(DelegationError, match="circle"):
		delegate(people["clerk"], people["head"])


def test_nobody_hands_over_the_seat_of_another(people):
	with factories.acting_as(people["outsider"]), pytest.raises(frappe.PermissionError):
		frappe.get_doc(
			{
				"doctype": "Approval Delegation",
				"delegator": people["head"],
				"delegate": people["outsider"],
				"from_date": nowdate(),
				"to_date": nowdate(),
			}
		).insert()


def test_a_delegation_is_ended_early_and_never_prolonged(people):
	given = delegate(people["head"], people["deputy"])
	with factories.acting_as(people["head"]):
		given.to_date = add_days(nowdate(), 2)
		given.save()
		given.to_date = add_days(nowdate(), 9)
		with pytest.raises(DelegationError, match="not prolonged"):
			given.save()


def test_a_colleague_it_does_not_concern_knows_nothing_of_an_absence(people):
	delegate(people["head"], people["deputy"])
	with factories.acting_as(people["outsider"]):
		assert frappe.get_list("Approval Delegation") == []
	with factories.acting_as(people["deputy"]):
		assert len(frappe.get_list("Approval Delegation")) == 1


# forwarding


def forward(person: str, clearance, to_user: str, words: str = "You know the berth."):
	with factories.acting_as(person):
		return reassign.forward(clearance.name, to_user, words)


def test_a_question_is_passed_on_where_the_rule_allows_it(people):
	clearance = asked(people["head"], may_forward=1)
	forward(people["head"], clearance, people["clerk"])
	with pytest.raises(NotYourSeatError):
		decide_as(people["head"], clearance)
	decide_as(people["clerk"], clearance)
	agreement = frappe.get_doc("MOU", clearance.reference_name)
	passed, decided = (
		entry for entry in scenes.entries_of(agreement) if entry.event in ("Forwarded", "Decided")
	)
	assert (passed.actor, passed.acting_for, passed.remarks) == (
		people["head"],
		people["clerk"],
		"You know the berth.",
	)
	assert (decided.actor, decided.acting_for) == (people["clerk"], people["head"])
	todos = frappe.get_all("ToDo", {"reference_name": clearance.name}, ["allocated_to", "status"])
	assert {(todo.allocated_to, todo.status) for todo in todos} == {
		(people["head"], "Cancelled"),
		(people["clerk"], "Closed"),
	}


def test_a_question_the_rule_keeps_with_its_holder_is_not_passed_on(people):
	clearance = asked(people["head"])
	before = scenes.picture_of(frappe.get_doc("MOU", clearance.reference_name))
	with pytest.raises(ApprovalError, match="in person"):
		forward(people["head"], clearance, people["clerk"])
	assert scenes.picture_of(frappe.get_doc("MOU", clearance.reference_name)) == before


def test_a_question_does_not_come_back_to_one_who_had_it(people):
	clearance = asked(people["head"], may_forward=1)
	forward(people["head"], clearance, people["clerk"])
	with pytest.raises(ApprovalError, match="already"):
		forward(people["clerk"], clearance, people["head"])


def test_a_question_is_passed_on_three_times_at_most(people):
	clearance = asked(people["head"], may_forward=1)
	holder = people["head"]
	for number in range(reassign.MOST_FORWARDS):
		to_user = factories.make_user(f"next{number}@city.example", DEPARTMENT).name
		forward(holder, clearance, to_user)
		holder = to_user
	with pytest.raises(ApprovalError, match="3 times"):
		forward(holder, clearance, people["outsider"])


@pytest.mark.parametrize("words", ["", "  ", None])
def test_passing_on_needs_words(people, words):
	clearance = asked(people["head"], may_forward=1)
	with pytest.raises(ApprovalError, match="why"):
		forward(people["head"], clearance, people["clerk"], words)


def test_a_question_is_not_passed_to_its_author_nor_to_one_without_a_role(people):
	clearance = asked(people["head"], may_forward=1)
	with pytest.raises(SelfApprovalError):
		forward(people["head"], clearance, scenes.office())
	with pytest.raises(ApprovalError, match="no role"):
		forward(people["head"], clearance, factories.make_user("nobody@city.example").name)


def test_a_question_to_the_sponsor_stays_asked_when_the_matter_is_passed_on(people):
	clearance = asked(people["head"], may_forward=1)
	with factories.acting_as(people["head"]):
		questions.ask(clearance.name, "Who pays for the crane?")
	forward(people["head"], clearance, people["clerk"])
	assert frappe.db.get_value("Approval Clearance", clearance.name, "state") == "Question Asked"


# arranged by somebody else


@pytest.fixture
def administrator() -> str:
	return factories.make_person(POLICY_ADMIN).name


def arrange(arranger: str, giver: str, taker: str):
	with factories.acting_as(arranger):
		return frappe.get_doc(
			{
				"doctype": "Approval Delegation",
				"delegator": giver,
				"delegate": taker,
				"from_date": nowdate(),
				"to_date": add_days(nowdate(), 7),
			}
		).insert()


@pytest.mark.real_site
def test_nobody_arranges_to_answer_for_another_themselves(people, administrator, client):
	clearance = asked(people["head"])
	browser = client(administrator)
	days = {"from_date": nowdate(), "to_date": nowdate()}
	pair = {"delegator": people["head"], "delegate": administrator}
	for answer in (
		browser.post("/api/resource/Approval Delegation", **pair, **days),
		browser.call(
			"frappe.client.insert",
			doc={"doctype": "Approval Delegation", **pair, **days, "owner": people["head"]},
		),
	):
		assert (answer.status_code, answer.json["exc_type"]) == (403, "SelfDelegationError"), answer.text
	assert frappe.get_all("Approval Delegation", {"delegator": people["head"]}) == []
	with pytest.raises(NotYourSeatError):
		decide_as(administrator, clearance)


@pytest.mark.real_site
def test_who_was_named_cannot_be_changed_afterwards(people, administrator, client):
	given = arrange(administrator, people["head"], people["deputy"])
	browser = client(administrator)
	for change in ({"delegate": administrator}, {"arranged_by": people["head"]}, {"owner": people["head"]}):
		browser.request("PUT", f"/api/resource/Approval Delegation/{given.name}", json=change)
	stored = frappe.db.get_value(
		"Approval Delegation", given.name, ["delegate", "arranged_by", "owner"], as_dict=True
	)
	assert stored == {"delegate": people["deputy"], "arranged_by": administrator, "owner": administrator}


def test_whoever_arranged_it_does_not_answer_through_an_accomplice(people, administrator):
	arrange(administrator, people["head"], people["deputy"])
	delegate(people["deputy"], administrator)
	clearance = asked(people["head"])
	with pytest.raises(NotYourSeatError):
		decide_as(administrator, clearance)
	assert [row["clearance"] for row in approvals.inbox(administrator)] == []
	decide_as(people["deputy"], clearance)


def test_the_ledger_names_the_delegations_an_answer_rests_on(people, administrator):
	first = arrange(administrator, people["head"], people["deputy"])
	second = delegate(people["deputy"], people["clerk"])
	clearance = asked(people["head"])
	decide_as(people["clerk"], clearance)
	agreement = frappe.get_doc("MOU", clearance.reference_name)
	(entry,) = [entry for entry in scenes.entries_of(agreement) if entry.event == "Decided"]
	assert (entry.acting_for, entry.authority) == (people["head"], f"{first.name}, {second.name}")


@pytest.mark.delivers
def test_whoever_is_away_is_told_and_ends_it_at_once(people, administrator, client):
	given = arrange(administrator, people["head"], people["deputy"])
	(told,) = frappe.get_all("Notification Log", {"for_user": people["head"]}, ["subject", "link"])
	assert "arranged that Deputy answers for you" in told.subject
	assert told.link.endswith("/clearances")
	browser = client(people["head"])
	page = browser.get("/clearances")
	assert given.name in page.text
	assert "arranged by" in page.text
	answer = browser.call("city_diplomacy.partnership_approvals.api.end_delegation", delegation=given.name)
	assert answer.status_code == 200, answer.text
	clearance = asked(people["head"])
	with pytest.raises(NotYourSeatError):
		decide_as(people["deputy"], clearance)


def test_whoever_is_away_ends_it_without_a_role_of_their_own(administrator, people):
	nobody = factories.make_user("no.role@city.example").name
	given = arrange(administrator, nobody, people["deputy"])
	with factories.acting_as(nobody):
		assert api.end_delegation(given.name)["status"] == "Revoked"


def test_it_can_be_ended_when_the_deputys_account_is_disabled(people):
	given = delegate(people["head"], people["deputy"])
	frappe.db.set_value("User", people["deputy"], "enabled", 0)
	with factories.acting_as(people["head"]):
		assert api.end_delegation(given.name)["status"] == "Revoked"


def test_an_outsider_ends_nothing(people, administrator):
	given = arrange(administrator, people["head"], people["deputy"])
	with factories.acting_as(people["outsider"]), pytest.raises(frappe.PermissionError):
		api.end_delegation(given.name)
