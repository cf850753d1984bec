"""Property 1 under load: many agreements at once, decided in any order by workers who are killed.

Nothing is lost and nothing is doubled: every seat has the one decision its holder gave, every stage ended
once, every ledger is whole, and nobody holds a lock for good. Then acts of different kinds at the same
instant, again and again: whichever comes first, the other fits or is refused in a sentence.
"""

import random
from collections import Counter
from collections.abc import Iterator

import frappe
import pytest

from city_diplomacy.access.rights import DEPARTMENT, POLICY_ADMIN
from city_diplomacy.partnership_approvals.ledger import entries
from city_diplomacy.partnership_approvals.policies import migration
from city_diplomacy.partnership_approvals.routing.routed_doctypes import hash_of
from tests import factories
from tests.approvals import scenes
from tests.approvals.at_once import (
	APPROVALS,
	asked_at_once,
	assert_intact,
	open_to_dos,
	see_the_present,
	set_out,
	set_out_many,
	to_decide,
	to_save,
	to_send_back,
)
from tests.approvals.workers import Answer, Job, Workers

pytestmark = pytest.mark.real_site

AGREEMENTS, SEATS, WORKERS = 80, 8, 16
KILL_EVERY = 64
AGAIN = 10
MAYOR = "mayor@parallel.example"
# What Frappe tells whoever saves a document somebody else changed meanwhile: reload, and try again.
MUST_RELOAD = ("TimestampMismatchError", "QueryDeadlockError", "OperationalError")


@pytest.fixture(scope="module")
def workers(ground) -> Iterator[Workers]:
	frappe.init(ground.site)
	workers = Workers(WORKERS)
	yield workers
	workers.dismiss()


def decisions_at_random(names: list[str], chance: random.Random) -> list[Job]:
	"""A job for every seat of every agreement, in no order."""
	asked = frappe.get_all(
		"Approval Clearance",
		{"reference_name": ["in", names]},
		["name", "put_to", "reference_name"],
		limit_page_length=0,
	)
	assert len(asked) == AGREEMENTS * SEATS
	jobs = [
		Job(
			row.put_to,
			f"{APPROVALS}.decide",
			{
				"clearance": row.name,
				**chance.choice(
					(
						{"decision": "Clear"},
						{"decision": "Clear with Conditions", "conditions": "The budget line is named."},
					)
				),
			},
			reads=("MOU", row.reference_name),
		)
		for row in asked
	]
	chance.shuffle(jobs)
	return jobs


def test_nothing_is_lost_or_doubled_though_workers_are_killed(workers, people):
	reviewers = people(SEATS)
	factories.make_user(MAYOR, DEPARTMENT)
	scenes.make_policy(
		*(scenes.rule(f"Seat {number}", user=user) for number, user in enumerate(reviewers, start=1)),
		scenes.rule("Mayor", user=MAYOR, stage=2, workflow_state="Mayor's Decision"),
		title="Under Load",
	)
	names = [agreement.name for agreement in set_out_many(AGREEMENTS)]
	chance = random.Random(20261125)
	jobs = decisions_at_random(names, chance)
	answers, killed = workers.work_off(jobs, kill_every=KILL_EVERY, chance=chance)

	see_the_present()
	assert killed >= len(jobs) // KILL_EVERY - 1
	assert [answer for answer in answers if not answer.went_well] == []
	assert_each_seat_has_the_one_decision_that_was_given(names, jobs)
	assert_each_agreement_went_on_once(names)
	assert_nobody_holds_a_lock(names)


def assert_each_seat_has_the_one_decision_that_was_given(names: list[str], jobs: list[Job]) -> None:
	given = {job.arguments["clearance"]: (job.user, job.arguments["decision"]) for job in jobs}
	stored = frappe.get_all(
		"Approval Clearance",
		{"reference_name": ["in", names], "stage": 1},
		["name", "state", "decided_by", "decision"],
		limit_page_length=0,
	)
	assert {row.state for row in stored} == {"Decided"}
	assert {row.name: (row.decided_by, row.decision) for row in stored} == given
	written = frappe.get_all(
		"Approval Decision",
		{"reference_name": ["in", names], "event": "Decided"},
		["clearance", "actor", "decision"],
		limit_page_length=0,
	)
	assert len(written) == len(given)
	assert {row.clearance: (row.actor, row.decision) for row in written} == given
	to_dos = frappe.get_all(
		"ToDo", {"reference_name": ["in", list(given)]}, ["status"], limit_page_length=0, pluck="status"
	)
	assert Counter(to_dos) == {"Closed": len(given)}


def assert_each_agreement_went_on_once(names: list[str]) -> None:
	opened = frappe.get_all(
		"Approval Clearance",
		{"reference_name": ["in", names], "stage": 2},
		["reference_name", "state", "put_to"],
		limit_page_length=0,
	)
	assert sorted(row.reference_name for row in opened) == names
	assert {(row.state, row.put_to) for row in opened} == {("Pending", MAYOR)}
	states = frappe.get_all("MOU", {"name": ["in", names]}, pluck="workflow_state", limit_page_length=0)
	assert Counter(states) == {"Mayor's Decision": len(names)}
	events = Counter(
		frappe.get_all(
			"Approval Decision", {"reference_name": ["in", names]}, pluck="event", limit_page_length=0
		)
	)
	# The first stage and the second, of each.
	assert events["Stage Opened"] == 2 * len(names)
	counted = frappe.get_all(
		"Approval Route",
		{"reference_name": ["in", names]},
		["workflow_state", "stage", "ledger_count"],
		limit_page_length=0,
	)
	assert {(row.workflow_state, row.stage, row.ledger_count) for row in counted} == {
		("Mayor's Decision", 2, 4 + SEATS)
	}
	assert events.total() == len(names) * (4 + SEATS)
	assert [found for name in names for found in entries.verify("MOU", name)["findings"]] == []


def assert_nobody_holds_a_lock(names: list[str]) -> None:
	for doctype, field in (("MOU", "name"), ("Approval Route", "reference_name")):
		table = frappe.qb.DocType(doctype)
		query = frappe.qb.from_(table).select(table.name).where(table[field].isin(names))
		assert len(query.for_update(nowait=True).run()) == len(names)
	frappe.db.rollback()


# acts of different kinds


def repeatedly(workers: Workers, *acts) -> Iterator[tuple]:
	"""A fresh agreement of two seats each time, on which the acts are done at once; it, and the answers."""
	for _round in range(AGAIN):
		agreement = set_out()
		answers = workers.at_once([act(agreement) for act in acts])
		see_the_present()
		assert_intact(agreement)
		assert_no_seat_is_asked_twice(agreement)
		yield agreement, *answers


def assert_no_seat_is_asked_twice(agreement) -> None:
	asked = [
		row.seat for row in factories.clearances_of(agreement) if row.state in ("Pending", "Question Asked")
	]
	assert len(asked) == len(set(asked))
	assert scenes.state_of(agreement) == scenes.route_of(agreement).workflow_state


def first_decides(agreement) -> Job:
	return to_decide(agreement, scenes.clearance_for(agreement, "Seat 1"))


def was_decided(agreement) -> bool:
	return "Decided" in scenes.events_of(agreement)


def assert_refused_in_a_sentence(answer: Answer, *words: str) -> None:
	assert answer.error == "ApprovalError", answer
	assert any(word in answer.sentence for word in words), answer.sentence


def test_a_decision_and_a_change_of_the_text(workers, people):
	"""Either the text came first and its reader clears it as it is, or it came after and they are asked again."""
	asked_at_once(people(2))
	for agreement, decision, saved in repeatedly(
		workers, first_decides, lambda agreement: to_save(agreement, "purpose", "Something else.")
	):
		assert decision.went_well, decision
		assert saved.went_well or saved.error in MUST_RELOAD
		doc = frappe.get_doc("MOU", agreement.name)
		standing = [row for row in factories.clearances_of(agreement) if row.state in ("Pending", "Decided")]
		assert {row.content_hash for row in standing} == {hash_of(doc)}
		assert sorted(row.seat for row in standing) == ["Seat 1", "Seat 2"]


def test_a_decision_and_a_send_back(workers, people):
	asked_at_once(people(2))
	for agreement, decision, back in repeatedly(workers, first_decides, to_send_back):
		assert back.went_well, back
		assert scenes.state_of(agreement) == "Draft"
		assert decision.went_well == was_decided(agreement)
		if not decision.went_well:
			assert_refused_in_a_sentence(decision, "taken back")
		assert open_to_dos(agreement) == []


def test_a_decision_and_another_policy(workers, people):
	"""The answer is kept where the other policy asks the same question; it is never given twice."""
	first, second, third = people(3)
	kept = scenes.rule("Seat 1", user=first, rule_key="load000001")
	new = scenes.make_policy(kept, scenes.rule("Seat 3", user=third), title="New", activate=False)
	scenes.make_policy(kept, scenes.rule("Seat 2", user=second), title="Old")
	administrator = factories.make_person(POLICY_ADMIN).name

	def moves(agreement) -> Job:
		words = {
			"doctype": "MOU",
			"name": agreement.name,
			"policy": new.name,
			"reason": "The council adopted new rules.",
		}
		return Job(administrator, f"{APPROVALS}.migrate", words, reads=("MOU", agreement.name))

	for agreement, decision, moved in repeatedly(workers, first_decides, moves):
		assert decision.went_well, decision
		assert moved.went_well, moved
		assert scenes.events_of(agreement).count("Decided") == 1
		assert scenes.events_of(agreement).count(migration.MOVED) == 1
		standing = {
			row.seat: row.state
			for row in factories.clearances_of(agreement)
			if row.state in ("Pending", "Decided")
		}
		assert standing == {"Seat 1": "Decided", "Seat 3": "Pending"}


def test_a_decision_and_passing_the_question_on(workers, people):
	asked_at_once(people(2), may_forward=1)
	colleague = factories.make_user("colleague@parallel.example", DEPARTMENT).name

	def passes_on(agreement) -> Job:
		row = scenes.clearance_for(agreement, "Seat 1")
		words = {"clearance": row.name, "to_user": colleague, "remarks": "You know the berth."}
		return Job(row.put_to, f"{APPROVALS}.forward", words, reads=("MOU", agreement.name))

	for agreement, decision, passed in repeatedly(workers, first_decides, passes_on):
		assert decision.went_well != passed.went_well, (decision, passed)
		assert decision.went_well == was_decided(agreement)
		if decision.went_well:
			assert_refused_in_a_sentence(passed, "answered already")
		else:
			assert decision.error == "NotYourSeatError", decision
			assert scenes.clearance_for(agreement, "Seat 1").put_to == colleague


def test_the_database_finds_the_clearances_of_a_route_by_an_index(ground):
	"""`locked_rows` locks what the database looks at: without an index, the clearances of every agreement."""
	information = frappe.qb.Schema("information_schema").statistics
	begins = (
		frappe.qb.from_(information)
		.select(information.column_name)
		.where(
			(information.table_schema == frappe.conf.db_name)
			& (information.table_name == "tabApproval Clearance")
			& (information.seq_in_index == 1)
		)
		.run(pluck=True)
	)
	assert "route" in begins
