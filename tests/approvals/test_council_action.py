"""What the council did: its one seat, its vote, its words. The clerk enters it, nobody polls the members."""

import hashlib
import json

import frappe
import pytest

from city_diplomacy.access.rights import AUDITOR, CLERK, DEPARTMENT, MANAGER, OFFICER
from city_diplomacy.partnership_approvals.api import council as council_api
from city_diplomacy.partnership_approvals.engine import decide, routes
from city_diplomacy.partnership_approvals.exceptions import (
	CouncilActionError,
	KeptFileError,
	NotYourSeatError,
	SelfApprovalError,
)
from city_diplomacy.partnership_approvals.ledger import entries
from city_diplomacy.partnerships.agreements import signing
from city_diplomacy.registers.errors import KeptRowError
from tests import factories
from tests.approvals import scenes

COUNCIL = "City Council"
MEETING = "2026-01-13"
SEATS = {
	"Law": {"watched_fields": "recitals, governing_law"},
	"Finance": {"watched_fields": "financial_value, currency"},
	"Mayor": {"stage": 2, "workflow_state": "Mayor's Decision", "watched_fields": "purpose"},
}


@pytest.fixture(scope="module")
def clerk(arranged):
	return factories.make_person(CLERK).name


@pytest.fixture
def agreement(before_the_council):
	return frappe.get_doc("MOU", before_the_council)


@pytest.fixture(scope="module")
def before_the_council(clerk) -> str:
	"""Cleared by Law (recitals), Finance (money) and the mayor (purpose); the council is asked about all of it."""
	rules = [
		scenes.rule(
			seat,
			user=factories.make_user(f"{seat.lower()}@city.example", DEPARTMENT).name,
			mandatory=1,
			**fields,
		)
		for seat, fields in SEATS.items()
	]
	council = scenes.rule(
		COUNCIL, role=CLERK, stage=3, workflow_state="Council Decision", mandatory=1, if_refused="Decline"
	)
	scenes.make_policy(*rules, council, title="With a Council")
	agreement = scenes.under_way(recitals="<p>Whereas both cities have ports.</p>")
	clear(agreement, *SEATS)
	assert scenes.state_of(agreement) == "Council Decision"
	return agreement.name


def clear(agreement, *seats: str) -> None:
	for seat in seats:
		factories.decide(scenes.clearance_for(agreement, seat))


def seat_of(agreement, state: str | None = "Pending"):
	return scenes.clearance_for(agreement, COUNCIL, state)


def facts(agreement, **changes) -> dict:
	"""A resolution adopted five to two, as a clerk enters it; `changes` replace or, with None, leave out."""
	given = {
		"clearance": seat_of(agreement).name,
		"outcome": "Adopted",
		"file_number": "26-0012",
		"council_meeting_date": MEETING,
		"instrument": "Resolution",
		"instrument_number": "2026-7",
		"ayes": 5,
		"noes": 2,
		**changes,
	}
	return {key: value for key, value in given.items() if value is not None}


def record(agreement, **changes) -> dict:
	"""The clerk enters it through the page's method."""
	with factories.acting_as(factories.make_person(CLERK).name):
		return council_api.record_council_action(**facts(agreement, **changes))


def draft(agreement, **changes):
	"""The same record as a document that is not stored yet."""
	return frappe.get_doc({"doctype": "Council Action", **facts(agreement, **changes)})


def rejected(agreement, **changes) -> dict:
	return record(
		agreement, **{"outcome": "Rejected", "instrument_number": None, "ayes": 2, "noes": 5, **changes}
	)


def amended(agreement, **texts) -> dict:
	amendments = [{"fieldname": field, "text": text} for field, text in texts.items()]
	return record(agreement, outcome="Adopted as Amended", amendments=amendments)


def asked(agreement) -> list[str]:
	return sorted(row.seat for row in factories.clearances_of(agreement, "Pending"))


def last_entry_of(agreement, event: str):
	return [entry for entry in scenes.entries_of(agreement) if entry.event == event][-1]


def assert_ledger_is_whole(agreement) -> None:
	assert entries.verify("MOU", agreement.name)["findings"] == []


# what the council can do


def test_adopted_clears_the_council_s_seat_in_the_clerk_s_name_for_the_council(agreement, clerk):
	answer = record(agreement, mover="Ana Ruiz", seconder="Tom Okafor", effective_date="2026-02-01")
	assert answer["workflow_state"] == scenes.state_of(agreement) == "Ready to Sign"
	seat = seat_of(agreement, "Decided")
	assert (seat.decision, seat.decided_by, seat.acting_for) == ("Clear", clerk, COUNCIL)
	entry = last_entry_of(agreement, "Decided")
	assert (entry.actor, entry.acting_for, entry.clearance) == (clerk, COUNCIL, seat.name)
	for words in ("Resolution 2026-7", "file 26-0012", MEETING, "Ana Ruiz", "Ayes 5, noes 2", "2026-02-01"):
		assert words in entry.remarks
	assert answer["council_action"] in entry.remarks
	assert_ledger_is_whole(agreement)


def test_rejected_objects_and_the_rule_says_where_that_leads(agreement):
	assert rejected(agreement)["workflow_state"] == "Declined"
	assert seat_of(agreement, "Decided").decision == "Object"
	assert_ledger_is_whole(agreement)


@pytest.mark.parametrize(
	("outcome", "more", "event"),
	[
		("Continued", {"continued_to": "2031-02-10"}, "Continued by the Council"),
		("Referred to Committee", {"referred_to": "Finance Committee"}, "Referred to Committee"),
	],
)
def test_what_is_continued_or_referred_decides_nothing_and_stays_open(agreement, clerk, outcome, more, event):
	nothing = {"instrument": None, "instrument_number": None, "ayes": None, "noes": None}
	answer = record(agreement, outcome=outcome, **nothing, **more)
	assert (answer["workflow_state"], answer["decision"]) == ("Council Decision", None)
	entry = last_entry_of(agreement, event)
	assert (entry.actor, entry.acting_for, entry.decision) == (clerk, COUNCIL, None)
	assert asked(agreement) == [COUNCIL]
	assert_ledger_is_whole(agreement)
	assert record(agreement, file_number="26-0099")["workflow_state"] == "Ready to Sign"
	assert_ledger_is_whole(agreement)


def test_nobody_is_late_before_the_day_the_council_named(agreement):
	record(agreement, outcome="Continued", instrument_number=None, continued_to="2031-02-10")
	assert str(seat_of(agreement).due_date) == "2031-02-10"


# a text adopted in other words


def test_amended_words_return_to_exactly_those_who_cleared_the_old_ones(agreement):
	amended(agreement, recitals="Whereas both cities have deep ports.\nWhereas trade grows.")
	stored = frappe.db.get_value("MOU", agreement.name, ["recitals", "workflow_state"], as_dict=True)
	assert "<p>Whereas both cities have deep ports.</p><p>Whereas trade grows.</p>" in stored.recitals
	assert stored.workflow_state == "In Clearance"
	assert asked(agreement) == ["Law"]
	clear(agreement, "Law")
	assert scenes.state_of(agreement) == "Ready to Sign"
	assert len([row for row in factories.clearances_of(agreement) if row.seat == COUNCIL]) == 1
	assert_ledger_is_whole(agreement)


def test_the_council_s_answer_is_on_the_text_as_amended_and_it_can_be_signed(agreement):
	before = seat_of(agreement)
	amended(agreement, purpose="Learn from each other's ports, and their pilots.")
	seat = seat_of(agreement, "Decided")
	assert seat.decision == "Clear"
	assert seat.content_hash != before.content_hash
	assert seat.snapshot == last_entry_of(agreement, "Text Changed").content_hash
	assert asked(agreement) == ["Mayor"]
	clear(agreement, "Mayor")
	with factories.acting_as(scenes.manager()):
		signing.sign(agreement.name, frappe.utils.nowdate())
	assert scenes.state_of(agreement) == "Active"
	assert_ledger_is_whole(agreement)


def test_the_ledger_tells_it_in_order_and_in_the_name_of_the_council(agreement, clerk):
	amended(agreement, recitals="Whereas both cities have deep ports.")
	told = [entry for entry in scenes.entries_of(agreement) if entry.sequence > 1][-4:]
	assert [entry.event for entry in told] == ["Text Changed", "Decided", "Reopened", "Stage Opened"]
	assert [(entry.actor, entry.acting_for) for entry in told[:2]] == [(clerk, COUNCIL)] * 2
	assert told[2].seat == "Law"
	assert "Recitals" in told[1].remarks


def test_words_nobody_else_watches_send_it_straight_on(agreement):
	amended(agreement, title="Understanding on ports and pilots")
	assert scenes.state_of(agreement) == "Ready to Sign"
	assert_ledger_is_whole(agreement)


def test_the_clerk_does_not_become_an_author_by_entering_the_council_s_words(agreement):
	amended(agreement, recitals="Whereas both cities have deep ports.")
	law = scenes.clearance_for(agreement, "Law")
	factories.decide(law, "Return", "The council's words contradict article 3.")
	with factories.acting_as(scenes.office()):
		doc = frappe.get_doc("MOU", agreement.name)
		doc.recitals = "<p>Whereas both cities have ports and pilots.</p>"
		doc.save()
		factories.start_clearance(agreement)
	clear(agreement, "Law")
	assert asked(agreement) == [COUNCIL]
	assert record(agreement, file_number="26-0013")["workflow_state"] == "Ready to Sign"
	assert_ledger_is_whole(agreement)


@pytest.mark.parametrize(
	("texts", "sentence"),
	[
		({"workflow_state": "Active"}, "is not a text of this document"),
		({"financial_value": "5"}, "is not a text of this document"),
		({"owner": "clerk@city.example"}, "is not a text of this document"),
		({"recitals": "Whereas both cities have ports."}, "says that already"),
	],
)
def test_only_a_text_of_the_document_that_really_differs_can_be_amended(agreement, texts, sentence):
	with pytest.raises(CouncilActionError, match=sentence):
		amended(agreement, **texts)


# a record that adds up


@pytest.mark.parametrize(
	("changes", "sentence"),
	[
		({"ayes": 3, "noes": 3}, "more ayes than noes"),
		({"ayes": None, "noes": None}, "Give the votes"),
		({"noes": -1}, "below zero"),
		({"file_number": " "}, "file number"),
		({"council_meeting_date": ""}, "day of the council meeting"),
		({"council_meeting_date": "2031-01-13"}, "recorded afterwards"),
		({"committee_meeting_date": "2026-01-14"}, "Committee meeting lies after Council meeting"),
		({"effective_date": "2026-01-12"}, "Council meeting lies after Effective from"),
		({"instrument": None}, "Name the instrument"),
		({"instrument_number": None}, "number of the ordinance or resolution"),
		({"outcome": "Adopted as Amended"}, "Write the texts"),
		({"amendments": [{"fieldname": "purpose", "text": "Other."}]}, "choose Adopted as Amended"),
		({"outcome": "Applauded"}, "not an outcome"),
		({"outcome": ""}, "Say what the council did"),
		({"outcome": "Rejected"}, "Only what was adopted"),
		({"outcome": "Rejected", "instrument_number": None}, "why it failed"),
		({"outcome": "Referred to Committee", "instrument_number": None}, "Name the committee"),
		({"outcome": "Continued", "instrument_number": None, "continued_to": MEETING[:8] + "12"}, "lies after"),
		({"mover": "Ana Ruiz", "seconder": "ana  ruiz"}, "cannot both move and second"),
		({"seconder": "Ana Ruiz"}, "say who moved it"),
	],
)  # fmt: skip
def test_what_contradicts_itself_or_lacks_something_is_refused_in_a_sentence(agreement, changes, sentence):
	before = scenes.picture_of(agreement)
	with pytest.raises(CouncilActionError, match=sentence):
		record(agreement, **changes)
	assert scenes.picture_of(agreement) == before


def votes(**members: str) -> list[dict]:
	return [{"member": member, "vote": vote} for member, vote in members.items()]


def test_a_list_of_votes_is_counted(agreement):
	listed = votes(Ruiz="Aye", Okafor="Aye", Lind="No", Wu="Absent", Diaz="Abstain", Ek="Recused")
	answer = record(agreement, votes=listed, ayes=None, noes=None, mover="Ruiz", seconder="Okafor")
	counted = frappe.db.get_value(
		"Council Action", answer["council_action"], ["ayes", "noes", "absent", "abstained", "recused"]
	)
	assert tuple(counted) == (2, 1, 1, 1, 1)


@pytest.mark.parametrize(
	("listed", "changes", "sentence"),
	[
		(votes(Ruiz="Aye", Lind="No"), {}, "do not agree"),
		([{"member": "Ruiz", "vote": "Aye"}] * 2, {"ayes": 2, "noes": 0}, "twice"),
		(votes(Ruiz="Aye", Wu="Absent"), {"ayes": None, "noes": None, "mover": "Wu"}, "taking part"),
		(votes(Ruiz="Aye"), {"ayes": None, "noes": None, "mover": "Nobody"}, "taking part"),
		(votes(Ruiz="Perhaps"), {"ayes": None, "noes": None}, "how Ruiz voted"),
	],
)
def test_votes_that_do_not_agree_are_refused(agreement, listed, changes, sentence):
	with pytest.raises(CouncilActionError, match=sentence):
		record(agreement, votes=listed, **changes)


def test_a_file_number_is_there_once_in_a_meeting(agreement):
	record(agreement, outcome="Continued", instrument_number=None)
	with pytest.raises(CouncilActionError, match="recorded already"):
		record(agreement)
	assert record(agreement, council_meeting_date="2026-01-20")["workflow_state"] == "Ready to Sign"


def test_a_second_click_is_the_same_record(agreement):
	given = facts(agreement)
	with factories.acting_as(factories.make_person(CLERK).name):
		first = council_api.record_council_action(**given)
		again = council_api.record_council_action(**given)
	assert first["council_action"] == again["council_action"]
	assert frappe.db.count("Council Action", {"reference_name": agreement.name}) == 1
	assert scenes.events_of(agreement).count("Ready to Sign") == 1


def test_the_attested_copy_is_in_the_ledger_by_its_hash(agreement, clerk):
	with factories.acting_as(clerk):
		copy = factories.make_file("resolution.txt", "Be it resolved.")
	record(agreement, attested_copy=copy.file_url)
	digest = hashlib.sha256(b"Be it resolved.").hexdigest()
	assert json.loads(last_entry_of(agreement, "Decided").payload)["evidence_sha256"] == digest


def test_the_attested_copy_is_kept_for_the_council_s_clearance(agreement, clerk):
	question = scenes.clearance_for(agreement, "City Council").name
	with factories.acting_as(clerk):
		copy = factories.make_file("resolution.txt", "Be it resolved.")
	record(agreement, attested_copy=copy.file_url)
	place = {"attached_to_doctype": "Approval Clearance", "attached_to_name": question}
	kept = frappe.get_all("File", {"file_url": copy.file_url, **place}, pluck="name")
	assert len(kept) == 1
	with pytest.raises(KeptFileError):
		frappe.delete_doc("File", kept[0])


# who may


@pytest.mark.parametrize("role", [OFFICER, MANAGER])
def test_the_office_prepares_the_record_and_the_clerk_submits_it(agreement, clerk, role):
	colleague = factories.make_user("colleague@city.example", role).name
	with factories.acting_as(colleague):
		prepared = draft(agreement, outcome=None, ayes=None, noes=None, instrument_number=None).insert()
		with pytest.raises(frappe.PermissionError):
			prepared.submit()
	with factories.acting_as(clerk):
		prepared = frappe.get_doc("Council Action", prepared.name)
		prepared.update({"outcome": "Adopted", "instrument_number": "2026-7", "ayes": 5, "noes": 2})
		prepared.submit()
	assert scenes.state_of(agreement) == "Ready to Sign"


@pytest.mark.parametrize("role", [OFFICER, MANAGER, AUDITOR, DEPARTMENT])
def test_nobody_but_the_clerk_enters_it(agreement, role):
	given = facts(agreement)
	somebody = factories.make_user("somebody@city.example", role).name
	with factories.acting_as(somebody), pytest.raises(frappe.PermissionError):
		council_api.record_council_action(**given)
	assert scenes.state_of(agreement) == "Council Decision"


def test_not_even_the_administrator_answers_for_the_council(agreement):
	with pytest.raises(NotYourSeatError):
		draft(agreement, docstatus=1).insert()


def test_a_clerk_who_prepared_the_agreement_does_not_answer_for_the_council(agreement):
	both = factories.make_user("both@city.example", OFFICER, CLERK).name
	with factories.acting_as(both):
		doc = frappe.get_doc("MOU", agreement.name)
		doc.title = "Understanding on great ports"
		doc.save()
	given = facts(agreement)
	with factories.acting_as(both), pytest.raises(SelfApprovalError):
		council_api.record_council_action(**given)


def test_an_outsider_learns_nothing_of_it(agreement):
	name = record(agreement)["council_action"]
	outsider = factories.make_user("outsider@elsewhere.example").name
	with factories.acting_as(outsider):
		assert not frappe.has_permission("Council Action", "read", name)
		with pytest.raises(frappe.PermissionError):
			council_api.texts_to_amend("MOU", agreement.name)


def test_the_record_is_seen_as_its_agreement_is(agreement, clerk):
	name = record(agreement)["council_action"]
	other = factories.make_user("other.officer@city.example", OFFICER).name
	with factories.acting_as(other):
		assert frappe.get_list("Council Action", pluck="name") == [name]
	frappe.db.set_value("MOU", agreement.name, "confidential", 1)
	with factories.acting_as(other):
		assert frappe.get_list("Council Action", pluck="name") == []
		assert not frappe.has_permission("Council Action", "read", name)


def test_it_answers_the_council_s_question_and_no_other(agreement, clerk):
	law = scenes.clearance_for(agreement, "Law", "Decided")
	with factories.acting_as(clerk), pytest.raises(CouncilActionError, match="put to Law"):
		draft(agreement, clearance=law.name).insert()


def test_the_council_is_one_seat_and_the_clerk_may_still_decide_it_plainly(agreement):
	assert [row.seat for row in factories.clearances_of(agreement) if row.stage == 3] == [COUNCIL]
	seat = seat_of(agreement)
	with factories.acting_as(factories.make_person(CLERK).name):
		decide.decide(seat.name, "Clear")
	assert scenes.state_of(agreement) == "Ready to Sign"


# what stays


@pytest.fixture
def recorded(agreement):
	return frappe.get_doc(
		"Council Action", record(agreement, votes=votes(A="Aye"), ayes=1, noes=0)["council_action"]
	)


def test_a_submitted_record_is_not_cancelled_renamed_or_deleted(recorded):
	recorded.reload()
	with pytest.raises(CouncilActionError, match="stays on record"):
		recorded.cancel()
	with pytest.raises(CouncilActionError, match="keeps it"):
		recorded.run_method("before_rename", recorded.name, "CA-0")
	with pytest.raises(frappe.ValidationError):
		frappe.delete_doc("Council Action", recorded.name)


def test_a_submitted_record_is_not_changed(recorded):
	recorded.reload()
	recorded.ayes = 7
	with pytest.raises(frappe.ValidationError):
		recorded.save()


def test_a_vote_is_not_changed_by_itself(recorded):
	row = frappe.get_doc("Council Vote", recorded.votes[0].name)
	row.vote = "No"
	with pytest.raises(KeptRowError):
		row.save()


def test_a_draft_about_a_question_that_was_taken_back_is_not_submitted(agreement, clerk):
	with factories.acting_as(clerk):
		prepared = draft(agreement).insert()
	with factories.acting_as(scenes.office()):
		routes.send_back("MOU", agreement.name, "The partner wants another date.")
	with factories.acting_as(clerk), pytest.raises(frappe.ValidationError, match="taken back"):
		prepared.submit()
