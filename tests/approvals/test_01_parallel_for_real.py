"""Property 1. People who decide at the same instant all get their decision, and the join fires once.

Eight processes on MariaDB. Each has read before it locks, so that its snapshot shows the world before the
others decided: an engine that counted answers by a plain read would see its own alone, and never move on.
Newer MariaDB refuses a write on a row that changed since the snapshot (error 1020) instead of waiting for
it; the same tests run with that behaviour switched on.
"""

from collections.abc import Iterator

import frappe
import pytest

from city_diplomacy.access.rights import LEGAL, OFFICER
from city_diplomacy.partnership_approvals.routing.routed_doctypes import hash_of
from tests import factories
from tests.approvals import scenes
from tests.approvals.at_once import (
	asked_at_once,
	assert_all_went_well,
	assert_intact,
	decided,
	open_to_dos,
	see_the_present,
	set_out,
	set_out_many,
	to_decide,
	to_save,
	to_send_back,
	to_sign,
	to_start,
)
from tests.approvals.workers import Job, Workers

pytestmark = pytest.mark.real_site

ROUNDS = {"waits": 40, "refuses": 8}


@pytest.fixture(scope="module", params=["waits", "refuses"])
def database_that(request):
	"""MariaDB that waits for a changed row (10.11), and one that refuses it (11.8 and later)."""
	return request.param


@pytest.fixture(scope="module")
def workers(ground, database_that) -> Iterator[Workers]:
	frappe.init(ground.site)
	workers = Workers(8, snapshot_isolation=database_that == "refuses")
	yield workers
	workers.dismiss()


def test_eight_people_decide_at_once_and_the_stage_ends_once(workers, database_that, people):
	asked_at_once(people(8))
	for agreement in set_out_many(ROUNDS[database_that]):
		answers = workers.at_once([to_decide(agreement, row) for row in factories.clearances_of(agreement)])

		see_the_present()
		assert_all_went_well(answers)
		assert len(decided(agreement)) == 8
		events = scenes.events_of(agreement)
		assert events.count("Decided") == 8
		assert events.count("Ready to Sign") == 1
		assert events[-1] == "Ready to Sign"
		assert scenes.state_of(agreement) == "Ready to Sign"
		assert_intact(agreement)


def test_three_of_eight_are_enough_and_what_comes_later_is_answered_in_a_sentence(workers, people):
	asked_at_once(people(8), join="K of N", join_k=3)
	agreement = set_out()
	answers = workers.at_once([to_decide(agreement, row) for row in factories.clearances_of(agreement)])

	see_the_present()
	counted = [answer for answer in answers if answer.went_well]
	too_late = [answer for answer in answers if not answer.went_well]
	assert len(counted) == len(decided(agreement)) == 3
	assert {answer.error for answer in too_late} == {"ApprovalError"}
	assert all("taken back" in answer.sentence for answer in too_late)
	assert len(factories.clearances_of(agreement, "Withdrawn")) == 5
	assert scenes.events_of(agreement).count("Ready to Sign") == 1
	assert open_to_dos(agreement) == []
	assert_intact(agreement)


def test_two_seats_of_one_role_are_two_decisions(workers, people):
	attorneys = people(2)
	scenes.make_policy(
		scenes.rule("First attorney", role=LEGAL),
		scenes.rule("Second attorney", role=LEGAL),
		title="Parallel",
	)
	agreement = set_out()
	first, second = factories.clearances_of(agreement)
	answers = workers.at_once(
		[to_decide(agreement, first, user=attorneys[0]), to_decide(agreement, second, user=attorneys[1])]
	)

	see_the_present()
	assert_all_went_well(answers)
	assert {row.decided_by for row in decided(agreement)} == set(attorneys)
	assert scenes.state_of(agreement) == "Ready to Sign"
	assert_intact(agreement)


def test_one_seat_of_a_role_is_taken_by_the_first_and_the_second_is_told(workers, people):
	attorneys = people(8)
	scenes.make_policy(scenes.rule("City Attorney", role=LEGAL), title="Parallel")
	agreement = set_out()
	(seat,) = factories.clearances_of(agreement)
	answers = workers.at_once([to_decide(agreement, seat, user=user) for user in attorneys])

	see_the_present()
	assert sum(answer.went_well for answer in answers) == 1
	assert all("answered already" in answer.sentence for answer in answers if not answer.went_well)
	assert scenes.events_of(agreement).count("Decided") == 1
	assert_intact(agreement)


def test_a_double_click_from_two_processes_is_one_decision(workers, people):
	asked_at_once(people(2))
	agreement = set_out()
	seat = factories.clearances_of(agreement)[0]
	answers = workers.at_once([to_decide(agreement, seat), to_decide(agreement, seat)])

	see_the_present()
	assert_all_went_well(answers)
	assert answers[0].result == answers[1].result
	assert scenes.events_of(agreement).count("Decided") == 1
	assert_intact(agreement)


def test_an_edit_racing_a_decision_never_loses_the_decision(workers, people):
	"""What stays editable may be saved while people decide: whoever saves may have to reload, the decider not."""
	asked_at_once(people(1))
	for _round in range(5):
		agreement = set_out()
		(seat,) = factories.clearances_of(agreement)
		decision, saved = workers.at_once(
			[to_decide(agreement, seat), to_save(agreement, "needed_by", "2027-03-01")]
		)

		see_the_present()
		assert decision.went_well, decision
		assert saved.went_well or saved.error in (
			"TimestampMismatchError",
			"OperationalError",
			"QueryDeadlockError",
		)
		assert scenes.state_of(agreement) == "Ready to Sign"
		assert_intact(agreement)


@pytest.mark.parametrize("order", ["edit first", "start first", "at once"])
def test_an_edit_of_the_text_racing_the_start_is_in_what_people_are_asked_about_or_refused(
	workers, people, order
):
	"""Nobody is asked about one text while another is stored."""
	asked_at_once(people(1))
	with factories.acting_as(scenes.office()):
		agreement = factories.complete_intake(factories.submit_for_intake(factories.make_agreement()))
	frappe.db.commit()
	start = to_start(agreement, scenes.office())
	edit = to_save(agreement, "purpose", "Something else.")
	jobs = [edit, start] if order == "edit first" else [start, edit]
	(workers.at_once if order == "at once" else workers.in_turn)(jobs)

	see_the_present()
	(seat,) = factories.clearances_of(agreement)
	assert seat.content_hash == hash_of(frappe.get_doc("MOU", agreement.name))


@pytest.mark.parametrize("order", ["decision first", "back first", "at once"])
def test_a_decision_racing_a_send_back_comes_before_it_or_is_refused(workers, people, order):
	asked_at_once(people(2))
	agreement = set_out()
	decide = to_decide(agreement, factories.clearances_of(agreement)[0])
	back = to_send_back(agreement)
	jobs = [back, decide] if order == "back first" else [decide, back]
	answers = (workers.at_once if order == "at once" else workers.in_turn)(jobs)
	decision = answers[jobs.index(decide)]

	see_the_present()
	assert answers[jobs.index(back)].went_well
	assert scenes.state_of(agreement) == "Draft"
	assert factories.clearances_of(agreement, "Pending") == []
	assert decision.went_well == (scenes.events_of(agreement).count("Decided") == 1)
	assert decision.went_well or "taken back" in decision.sentence
	assert_intact(agreement)


def test_questions_put_after_the_snapshot_are_taken_back_with_their_to_dos(workers, people):
	"""The last answer of a stage puts new questions; a send-back that read before it finds them too."""
	attorney, mayor = people(2)
	scenes.make_policy(
		scenes.rule("Attorney", user=attorney),
		scenes.rule("Mayor", user=mayor, stage=2, workflow_state="Mayor's Decision"),
		title="Parallel",
	)
	agreement = set_out()
	(seat,) = factories.clearances_of(agreement)
	answers = workers.in_turn([to_decide(agreement, seat), to_send_back(agreement)])

	see_the_present()
	assert_all_went_well(answers)
	assert factories.clearances_of(agreement, "Pending") == []
	assert open_to_dos(agreement) == []


def test_a_signature_does_not_overlook_a_condition_set_after_its_snapshot(workers, people):
	asked_at_once(people(1))
	agreement = set_out()
	(seat,) = factories.clearances_of(agreement)
	conditional = to_decide(agreement, seat, "Clear with Conditions", conditions="The budget line is named.")
	decision, signed = workers.in_turn([conditional, to_sign(agreement)])

	see_the_present()
	assert decision.went_well, decision
	assert "Conditions are still open" in signed.sentence
	assert scenes.state_of(agreement) == "Ready to Sign"


def test_a_worker_killed_before_his_commit_has_decided_nothing_and_can_decide_again(workers, people):
	asked_at_once(people(2))
	agreement = set_out()
	first, second = factories.clearances_of(agreement)
	unfinished = to_decide(agreement, first)
	(answer,) = workers.at_once([Job(**{**vars(unfinished), "stops_before_commit": True})])
	assert answer.stopped
	workers.kill(0)

	see_the_present()
	assert scenes.events_of(agreement).count("Decided") == 0
	assert_intact(agreement)

	answers = workers.at_once([to_decide(agreement, first), to_decide(agreement, second)])
	see_the_present()
	assert_all_went_well(answers)
	assert scenes.state_of(agreement) == "Ready to Sign"
	assert_intact(agreement)


def test_two_starts_at_once_ask_once(workers, people):
	asked_at_once(people(2))
	with factories.acting_as(scenes.office()):
		agreement = factories.complete_intake(factories.submit_for_intake(factories.make_agreement()))
	factories.make_user("second.officer@parallel.example", OFFICER)
	frappe.db.commit()
	answers = workers.at_once(
		[to_start(agreement, user) for user in (scenes.office(), "second.officer@parallel.example")]
	)
	see_the_present()
	assert sum(answer.went_well for answer in answers) == 1
	assert len(factories.clearances_of(agreement)) == 2
	assert scenes.route_of(agreement).round == 1
	assert_intact(agreement)
