"""Property 8. Whatever is changed beneath the engine, `verify` finds and names.

Each test lets an agreement go its way, changes something by SQL as somebody with the database's password
would, and asks for the findings.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import frappe
import pytest

from city_diplomacy.partnership_approvals.engine import conditions_met, decide, questions
from city_diplomacy.partnership_approvals.ledger import entries as ledger
from city_diplomacy.partnership_approvals.ledger import keys
from city_diplomacy.partnership_approvals.ledger.entries import FACTS
from tests import factories
from tests.approvals import scenes

pytestmark = pytest.mark.real_site

PAYLOAD = (
	*FACTS,
	"document",
	"policy",
	"route",
	"sequence",
	"state",
	"evidence_sha256",
	"disclosure",
	"remark_digest",
	"format",
	"key",
	"standing",
	"clearances",
	"whole",
)
# Where a value that is none of the stored ones is put; Int and Datetime columns need their own kind.
EMPTY = {"round": 0, "stage": 0, "happened_on": "1970-01-01 00:00:00"}
OTHER = {"sequence": 77, "round": 7, "stage": 7, "happened_on": "2020-01-01 00:00:00.000001"}


@pytest.fixture(scope="module")
def cleared(arranged) -> str:
	agreement = scenes.under_way()
	factories.decide_all(agreement, "Return", "The governing law is missing.")
	return factories.clear_every_stage(agreement).name


@pytest.fixture
def agreement(cleared):
	"""Returned once with a reason, cleared in the second round: two rounds, ten entries and more."""
	return frappe.get_doc("MOU", cleared)


def problems(agreement) -> list[str]:
	return [found["problem"] for found in ledger.verify("MOU", agreement.name)["findings"]]


def named(agreement) -> set[int]:
	"""The entries the findings name; 0 stands for the whole."""
	return {found["sequence"] for found in ledger.verify("MOU", agreement.name)["findings"]}


def write(doctype: str, name: str, **values) -> None:
	"""Beneath every document: no hook runs, and not even `modified` tells."""
	frappe.db.set_value(doctype, name, values, update_modified=False)


def test_what_nobody_touched_is_intact(agreement):
	answer = ledger.verify("MOU", agreement.name)
	assert answer["intact"]
	assert answer["findings"] == []
	assert answer["checked"] == len(scenes.entries_of(agreement))
	assert answer["head"] == scenes.entries_of(agreement)[-1].entry_hash


@contextmanager
def for_a_moment() -> Iterator[None]:
	"""What is changed in the block is as it was after it."""
	frappe.db.savepoint("untouched")
	yield
	frappe.db.rollback(save_point="untouched")


def test_a_changed_column_of_any_entry_is_named(agreement):
	columns = (*FACTS, "sequence", "remarks", "payload", "previous_hash", "entry_hash")
	unnoticed = []
	for entry in scenes.entries_of(agreement):
		for column in (*columns, "reference_doctype", "reference_name"):
			with for_a_moment():
				write("Approval Decision", entry.name, **{column: OTHER.get(column, "something else")})
				if not named(agreement) & {entry.sequence, OTHER["sequence"]}:
					unnoticed.append((entry.sequence, entry.event, column))
	assert unnoticed == []
	assert problems(agreement) == []


def test_an_emptied_column_is_named(agreement):
	unnoticed = []
	for entry in scenes.entries_of(agreement):
		for column in (*FACTS, "payload", "previous_hash", "entry_hash"):
			if entry.get(column):
				with for_a_moment():
					write("Approval Decision", entry.name, **{column: EMPTY.get(column, "")})
					if entry.sequence not in named(agreement):
						unnoticed.append((entry.sequence, entry.event, column))
	assert unnoticed == []


def test_a_changed_word_of_any_payload_is_named(agreement):
	unnoticed = []
	for entry in scenes.entries_of(agreement):
		payload = json.loads(entry.payload)
		for word in payload:
			with for_a_moment():
				forged = {**payload, word: OTHER.get(word, "something else")}
				write("Approval Decision", entry.name, payload=written(forged))
				if entry.sequence not in named(agreement):
					unnoticed.append((entry.sequence, entry.event, word))
	assert unnoticed == []
	assert set(PAYLOAD) <= set(payload)


@pytest.mark.parametrize("shape", [["a list"], {"an": "object"}, 77, "no date", None, True], ids=str)
def test_a_payload_whose_words_are_of_another_kind_is_named(agreement, shape):
	"""Verifying it never fails: whoever writes into the database could hide all other findings by that."""
	unnoticed = []
	for entry in scenes.entries_of(agreement):
		payload = json.loads(entry.payload)
		for word in payload:
			if payload[word] == shape:
				continue
			with for_a_moment():
				write("Approval Decision", entry.name, payload=written({**payload, word: shape}))
				if entry.sequence not in named(agreement):
					unnoticed.append((entry.sequence, entry.event, word))
	assert unnoticed == []


def written(payload: dict) -> str:
	"""As the ledger writes a payload, so that only its content gives it away."""
	return json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def test_a_cut_tail_is_noticed(agreement):
	frappe.db.delete("Approval Decision", {"name": scenes.entries_of(agreement)[-1].name})
	assert any("cut off" in problem for problem in problems(agreement))


def test_a_cut_tail_is_noticed_even_if_the_head_was_set_back_with_it(agreement):
	entries = scenes.entries_of(agreement)
	frappe.db.delete("Approval Decision", {"name": entries[-1].name})
	write(
		"Approval Route",
		scenes.route_of(agreement).name,
		ledger_count=entries[-2].sequence,
		ledger_head=entries[-2].entry_hash,
	)
	assert any("the ledger ends in" in problem for problem in problems(agreement))


def test_a_decision_cut_off_with_its_entry_and_the_head_leaves_its_clearance_behind():
	scenes.make_policy(
		*[
			scenes.rule(f"Seat {number}", user=factories.make_user(f"{number}@city.example").name)
			for number in "123"
		]
	)
	agreement = scenes.under_way()
	factories.decide(factories.clearances_of(agreement)[0], "Clear")
	last, before = scenes.entries_of(agreement)[-1], scenes.entries_of(agreement)[-2]
	frappe.db.delete("Approval Decision", {"name": last.name})
	route = scenes.route_of(agreement).name
	write("Approval Route", route, ledger_count=before.sequence, ledger_head=before.entry_hash)
	assert any("Seat 1" in problem for problem in problems(agreement))


def test_a_missing_middle_is_noticed(agreement):
	entry = scenes.entries_of(agreement)[3]
	frappe.db.delete("Approval Decision", {"name": entry.name})
	assert entry.sequence + 1 in named(agreement)


def test_a_swapped_pair_is_noticed(agreement):
	first, second = scenes.entries_of(agreement)[2:4]
	write("Approval Decision", first.name, sequence=99)
	write("Approval Decision", second.name, sequence=first.sequence)
	write("Approval Decision", first.name, sequence=second.sequence)
	assert {first.sequence, second.sequence} <= named(agreement)


def test_a_forged_entry_at_the_end_is_noticed(agreement):
	entry = scenes.entries_of(agreement)[-1]
	forged = frappe.get_doc({**entry, "doctype": "Approval Decision", "name": "forged"})
	forged.update({"sequence": entry.sequence + 1, "previous_hash": entry.entry_hash})
	forged.db_insert()
	assert entry.sequence + 1 in named(agreement)


def test_a_whole_ledger_taken_away_is_noticed(agreement):
	frappe.db.delete("Approval Decision", {"reference_name": agreement.name})
	assert problems(agreement)


def test_a_route_taken_away_is_noticed(agreement):
	frappe.db.delete("Approval Route", {"reference_name": agreement.name})
	answer = ledger.verify("MOU", agreement.name)
	assert not answer["intact"]
	assert answer["findings"]


def test_a_route_taken_away_with_the_document_set_back_leaves_its_ledger_behind(agreement):
	frappe.db.delete("Approval Route", {"reference_name": agreement.name})
	write("MOU", agreement.name, workflow_state="Draft")
	assert not ledger.verify("MOU", agreement.name)["intact"]


CHANGED_ANSWERS = (
	{"decision": "Object"},
	{"decision": None},
	{"decided_by": "Guest"},
	{"decided_on": "2020-01-01 00:00:00"},
	{"remarks": "I never said that."},
	{"conditions": "Pay me."},
	{"content_hash": "0" * 64},
	{"state": "Pending"},
	{"state": "Withdrawn"},
	{"seat": "Somebody else"},
	{"recorded": 1},
)


def test_an_answer_changed_on_its_clearance_is_noticed(agreement):
	unnoticed = []
	for clearance in factories.clearances_of(agreement, "Decided"):
		for values in CHANGED_ANSWERS:
			with for_a_moment():
				write("Approval Clearance", clearance.name, **values)
				if not problems(agreement):
					unnoticed.append((clearance.seat, values))
	assert unnoticed == []


def test_changed_words_of_a_question_or_its_answer_are_noticed():
	agreement = scenes.under_way()
	(clearance,) = factories.clearances_of(agreement, "Pending")
	with factories.acting_as(factories.who_answers(clearance)):
		questions.ask(clearance.name, "Which law governs?")
	with factories.acting_as(scenes.office()):
		questions.answer(clearance.name, "California's.")
	assert problems(agreement) == []
	for column in ("question", "answer"):
		with for_a_moment():
			write("Approval Clearance", clearance.name, **{column: "Something else."})
			assert problems(agreement), column


def test_a_clearance_that_answers_without_the_ledger_is_noticed(agreement):
	clearance = factories.clearances_of(agreement, "Decided")[0]
	frappe.get_doc({**clearance.as_dict(), "name": "forged", "seat": "Forged"}).db_insert()
	assert any("Forged" in problem for problem in problems(agreement))


def test_a_changed_route_is_noticed(agreement):
	route = scenes.route_of(agreement).name
	for values in (
		{"workflow_state": "Active"},
		{"round": 9},
		{"stage": 9},
		{"policy": "Composite of US Practice v1"},
		{"requested_by": "Guest"},
		{"ledger_count": 3},
		{"ledger_head": "0" * 64},
	):
		with for_a_moment():
			write("Approval Route", route, **values)
			assert problems(agreement), values


def test_a_document_moved_beneath_the_engine_is_noticed(agreement):
	for values in (
		{"workflow_state": "Active"},
		{"docstatus": 1},
		{"docstatus": 2},
		{"workflow_state": "Active", "docstatus": 1},
	):
		with for_a_moment():
			write("MOU", agreement.name, **values)
			assert any("stands in" in problem for problem in problems(agreement)), values


def test_a_cancelled_agreement_is_noticed():
	agreement = scenes.in_force()
	write("MOU", agreement.name, docstatus=2)
	assert any("docstatus 2" in problem for problem in problems(agreement))


def test_an_agreement_that_moved_without_a_route_is_noticed():
	agreement = scenes.draft_by(scenes.office())
	assert ledger.verify("MOU", agreement.name)["intact"]
	write("MOU", agreement.name, workflow_state="Active", docstatus=1)
	answer = ledger.verify("MOU", agreement.name)
	assert not answer["intact"]
	assert answer["findings"]


def test_another_key_is_named_first(agreement, monkeypatch):
	monkeypatch.setitem(frappe.local.conf, keys.SETTING, [keys.new_key()])
	first, *others = problems(agreement)
	assert "another key" in first
	assert len(others) >= len(scenes.entries_of(agreement))


def test_the_chain_cannot_be_made_whole_without_the_key(agreement, monkeypatch):
	"""Whoever rewrites the last entry and hashes it with a key of their own is found."""
	from city_diplomacy.domain.record import ledger as chain

	entry = scenes.entries_of(agreement)[-1]
	payload = written({**json.loads(entry.payload), "state": "Active"})
	digest = chain.entry_hash(b"a guess", entry.previous_hash, payload)
	write("Approval Decision", entry.name, payload=payload, entry_hash=digest)
	write("Approval Route", scenes.route_of(agreement).name, ledger_head=digest, workflow_state="Active")
	write("MOU", agreement.name, workflow_state="Active", docstatus=1)
	assert entry.sequence in named(agreement)


def test_words_that_vanish_without_a_redaction_are_named(agreement):
	(entry,) = [row for row in scenes.entries_of(agreement) if row.decision == "Return"]
	write("Approval Decision", entry.name, remarks=None)
	write("Approval Clearance", entry.clearance, remarks=None, conditions=None)
	assert entry.sequence in named(agreement)


def test_a_remark_slipped_into_an_entry_without_words_is_named(agreement):
	entry = next(row for row in scenes.entries_of(agreement) if row.decision == "Clear")
	write("Approval Decision", entry.name, remarks="With reservations.")
	assert entry.sequence in named(agreement)


def test_every_kind_of_entry_verifies():
	"""A question and its answer, conditions and how they were met, a recorded decision, the signature, the end."""
	from city_diplomacy.partnership_approvals.engine import routes
	from city_diplomacy.partnerships.agreements import signing

	agreement = scenes.under_way()
	attorney = scenes.clearance_for(agreement, "City Attorney")
	with factories.acting_as(factories.who_answers(attorney)):
		questions.ask(attorney.name, "Which law governs?")
	with factories.acting_as(scenes.office()):
		questions.answer(attorney.name, "California's.")
	factories.decide(attorney, "Clear with Conditions", conditions="Say so in article 9.")
	with factories.acting_as(scenes.manager()):
		conditions_met.confirm(attorney.name, "Article 9 says so.")
		mayor = scenes.clearance_for(agreement, "Mayor or City Manager")
		decide.record_decision(mayor.name, "Clear", "By letter of today.", scenes.evidence())
	factories.clear_every_stage(agreement)
	with factories.acting_as(scenes.manager()):
		signing.sign(agreement.name, frappe.utils.nowdate())
		routes.change_standing("MOU", agreement.name, "Suspended", "An election there.")
		routes.change_standing("MOU", agreement.name, "Terminated", "By notice.")
	assert problems(agreement) == []
	assert scenes.events_of(agreement) == [
		"Submitted for Intake",
		"Clearance Started",
		"Stage Opened",
		"Question Asked",
		"Question Answered",
		"Decided",
		"Stage Opened",
		"Conditions Met",
		"Decision Recorded",
		"Stage Opened",
		"Decided",
		"Ready to Sign",
		"Signed",
		"Standing Changed",
		"Standing Changed",
	]


def test_a_renamed_person_leaves_the_ledger_intact(agreement):
	"""Renaming a User rewrites links; the ledger keeps the name as it was then."""
	from city_diplomacy.access.rights import LEGAL

	person = factories.make_person(LEGAL).name
	with factories.acting_as("Administrator"):
		frappe.rename_doc("User", person, "counsel@city.example", force=True)
	assert person in [entry.actor for entry in scenes.entries_of(agreement)]
	assert problems(agreement) == []
