"""Property 10, in the background: a run in the shadow is a chain of jobs that may be stopped, killed and repeated.

Each job is one batch and one transaction. Two people who start the same run are in one; a run whose worker died
says so and may be run again; a job that comes twice, or too late, does nothing.
"""

from collections.abc import Callable, Iterator

import frappe
import pytest
from frappe.utils import now_datetime

from city_diplomacy.partnership_approvals.api import rehearsals as rehearsal_api
from city_diplomacy.partnership_approvals.exceptions import EngineRecordError, RehearsalError
from city_diplomacy.partnership_approvals.policies import rehearsals, shadow
from tests import factories
from tests.approvals import scenes
from tests.approvals.shadow_scenes import active, administrator, attorney, draft_of, drafted, manager, mayor
from tests.approvals.workers import Job, Workers

RUN, ROW = rehearsals.RUN, rehearsals.ROW


@pytest.fixture
def policy(monkeypatch):
	"""A policy that would drop the attorney, five agreements, and batches of two."""
	monkeypatch.setattr(rehearsals, "BATCH", 2)
	active()
	for number in range(5):
		drafted(title=f"Understanding {number}")
	return draft_of(mayor())


def begun(policy) -> str:
	"""The name of a run whose first job waits in the queue."""
	with factories.acting_as(administrator()):
		return scenes.without_workers(lambda: rehearsal_api.simulate(policy.name)["name"])


def work(name: str) -> None:
	"""One job of a worker."""
	scenes.without_workers(lambda: rehearsals.run(name))


def work_to_the_end(name: str) -> int:
	"""Jobs until there is none left; answers how many there were."""
	left: list[str] = [name]
	count = 0
	while left:
		left.clear()
		count += 1
		scenes.without_workers(
			lambda: rehearsals.run(name), lambda _method, **options: left.append(options["rehearsal"])
		)
	return count


def state_of(name: str) -> dict:
	with factories.acting_as(administrator()):
		return rehearsal_api.rehearsal(name)


def fall_silent(name: str) -> None:
	"""As if its worker had died a while ago."""
	frappe.db.set_value(RUN, name, "progressed_on", now_datetime() - 2 * rehearsals.SILENT_AFTER)


def rows_of(name: str) -> list[str]:
	return frappe.get_all(ROW, {"rehearsal": name}, pluck="reference_name", limit_page_length=0)


# batch by batch


def test_a_run_goes_on_batch_by_batch_and_its_page_reads_how_far_it_is(policy):
	name = begun(policy)
	assert (state_of(name)["status"], state_of(name)["total"]) == ("Queued", 5)
	work(name)
	after_one = state_of(name)
	assert (after_one["status"], after_one["examined"], after_one["words"]) == (
		"Running",
		2,
		"2 of 5 looked at.",
	)
	assert len(after_one["rows"]) == 2
	assert work_to_the_end(name) == 2
	done = state_of(name)
	assert (done["status"], done["examined"], done["differing"], done["summary"]) == (
		"Finished",
		5,
		5,
		{"dropped": 5},
	)
	assert done["ended_on"]


def test_each_agreement_is_looked_at_once_whatever_the_size_of_the_batches(policy, monkeypatch):
	for size in (1, 2, 3, 5, 6):
		monkeypatch.setattr(rehearsals, "BATCH", size)
		name = begun(policy)
		work_to_the_end(name)
		assert state_of(name)["examined"] == 5
		assert len(set(rows_of(name))) == len(rows_of(name)) == 5


def test_a_city_without_agreements_has_nothing_to_rehearse():
	with factories.acting_as(administrator()):
		answer = rehearsal_api.simulate(draft_of(attorney()).name)
	assert (answer["status"], answer["examined"]) == ("Finished", 0)


def test_the_last_run_of_a_policy_is_found_again(policy):
	with factories.acting_as(administrator()):
		assert rehearsal_api.latest(policy.name) == {"name": None}
		name = begun(policy)
		assert rehearsal_api.latest(policy.name) == {"name": name}


# two at once, twice, too late


def test_whoever_starts_a_run_that_is_under_way_is_in_it(policy):
	first = begun(policy)
	with factories.acting_as(administrator()):
		second = scenes.without_workers(lambda: rehearsal_api.simulate(policy.name))
	assert (second["name"], second["joined"]) == (first, True)
	assert frappe.db.count(RUN) == 1


def test_a_job_that_comes_twice_does_its_batch_once(policy):
	name = begun(policy)
	stale = rehearsals._read(name)
	work(name)
	assert rehearsals.advance(stale) is False
	assert (state_of(name)["examined"], len(rows_of(name))) == (2, 2)


def test_a_job_of_a_run_that_is_gone_does_nothing(policy):
	work("no such run")
	assert frappe.get_all(ROW) == []


# stopped


def test_a_run_is_stopped_and_keeps_what_it_found(policy):
	name = begun(policy)
	work(name)
	with factories.acting_as(administrator()):
		answer = rehearsal_api.stop(name)
	assert (answer["status"], answer["words"]) == ("Stopped", "Stopped by Approval Administrator.")
	assert work_to_the_end(name) == 1
	assert (state_of(name)["examined"], len(rows_of(name))) == (2, 2)


def test_a_run_that_is_stopped_while_a_batch_is_looked_at_writes_nothing_of_it(policy, monkeypatch):
	name = begun(policy)
	look = shadow.Shadow.look

	def look_and_be_stopped(self, after, limit):
		found = look(self, after, limit)
		with factories.acting_as(administrator()):
			rehearsal_api.stop(name)
		return found

	monkeypatch.setattr(shadow.Shadow, "look", look_and_be_stopped)
	work(name)
	assert (state_of(name)["status"], rows_of(name)) == ("Stopped", [])


def test_stopping_what_is_done_changes_nothing(policy):
	name = begun(policy)
	work_to_the_end(name)
	with factories.acting_as(administrator()):
		assert rehearsal_api.stop(name)["status"] == "Finished"


# its worker died


def test_a_run_whose_worker_died_says_so_and_is_run_again(policy):
	name = begun(policy)
	work(name)
	assert not state_of(name)["silent"]
	fall_silent(name)
	assert (state_of(name)["silent"], state_of(name)["words"]) == (
		True,
		"Its worker ended before it was done. Run it again.",
	)
	again = begun(policy)
	assert again != name
	work_to_the_end(again)
	assert (state_of(again)["status"], state_of(again)["examined"]) == ("Finished", 5)
	# The old one's job comes after all.
	work(name)
	assert (state_of(name)["status"], len(rows_of(name))) == ("Failed", 2)


def test_a_run_nobody_takes_up_says_what_to_look_at(policy):
	name = begun(policy)
	fall_silent(name)
	assert "background jobs" in state_of(name)["words"]


def test_a_run_that_was_only_slow_goes_on_where_it_was(policy):
	name = begun(policy)
	work(name)
	fall_silent(name)
	work_to_the_end(name)
	assert (state_of(name)["status"], state_of(name)["examined"]) == ("Finished", 5)


# what it was about changes


def test_a_policy_that_is_changed_meanwhile_ends_the_run(policy):
	name = begun(policy)
	work(name)
	with factories.acting_as(administrator()):
		doc = frappe.get_doc("Routing Policy", policy.name)
		doc.rules[0].working_days = 20
		doc.save()
	work(name)
	state = state_of(name)
	assert (state["status"], state["policy_changed"]) == ("Failed", True)
	assert "changed while it was rehearsed" in state["words"]


def test_a_policy_that_is_changed_afterwards_is_said_to_be(policy):
	name = begun(policy)
	work_to_the_end(name)
	assert not state_of(name)["policy_changed"]
	with factories.acting_as(administrator()):
		frappe.get_doc("Routing Policy", policy.name).save()
	assert state_of(name)["policy_changed"]


def test_an_agreement_made_or_deleted_meanwhile_does_not_trouble_the_run(policy):
	name = begun(policy)
	work(name)
	last = frappe.get_all("MOU", order_by="name desc", limit=1, pluck="name")[0]
	frappe.delete_doc("MOU", last)
	drafted(title="New meanwhile")
	work_to_the_end(name)
	assert state_of(name)["status"] == "Finished"


def test_what_nobody_foresaw_ends_the_run_and_is_in_the_log(policy, monkeypatch):
	name = begun(policy)
	frappe.db.commit()

	def break_down(self, after, limit):
		raise ZeroDivisionError

	monkeypatch.setattr(shadow.Shadow, "look", break_down)
	work(name)
	assert state_of(name)["words"] == "Something went wrong; the error log has the details."
	assert frappe.get_all("Error Log", {"method": f"Rehearsing {policy.name} failed"})


# its records


def test_nobody_writes_a_run_or_its_rows_but_the_engine(policy):
	name = begun(policy)
	work(name)
	row = frappe.get_doc(ROW, {"rehearsal": name})
	for doc in (frappe.get_doc(RUN, name), row):
		with pytest.raises(EngineRecordError):
			doc.save()
	with pytest.raises(EngineRecordError):
		frappe.get_doc({"doctype": RUN, "policy": policy.name, "document_type": "MOU"}).insert()


def test_a_run_is_deleted_by_the_administrator_when_it_is_not_under_way(policy):
	name = begun(policy)
	work(name)
	with factories.acting_as(administrator()):
		with pytest.raises(RehearsalError):
			frappe.delete_doc(RUN, name)
		rehearsal_api.stop(name)
		frappe.delete_doc(RUN, name)
	assert (frappe.get_all(RUN), rows_of(name)) == ([], [])


def test_the_manager_deletes_none(policy):
	name = begun(policy)
	work_to_the_end(name)
	with factories.acting_as(manager()), pytest.raises(frappe.PermissionError):
		frappe.delete_doc(RUN, name)


def test_with_a_policy_go_its_rehearsals(policy):
	name = begun(policy)
	work_to_the_end(name)
	with factories.acting_as(administrator()):
		frappe.delete_doc("Routing Policy", policy.name)
	assert (frappe.get_all(RUN), rows_of(name)) == ([], [])


# in several processes


@pytest.fixture
def workers(committed) -> Iterator[Callable[[int], Workers]]:
	crews: list[Workers] = []

	def of(size: int) -> Workers:
		crews.append(Workers(size))
		return crews[-1]

	yield of
	for workers in crews:
		workers.dismiss()


@pytest.fixture
def stored(committed):
	"""A draft policy everybody can see, and agreements to rehearse it on; what is there stays as it is."""
	frappe.db.commit()
	policy = draft_of(attorney(), mayor(stage=3, workflow_state="Council Decision"))
	administrator()
	drafted(title="Seen by all")
	drafted(title="Seen by all, too")
	frappe.db.commit()
	return policy


def begin(policy) -> Job:
	return Job(
		administrator(),
		"tests.approvals.acts.begin_rehearsal",
		{"policy": policy.name},
		reads=("Routing Policy", policy.name),
	)


def batch(name: str, **options) -> Job:
	return Job(administrator(), "tests.approvals.acts.rehearse_a_batch", {"rehearsal": name}, **options)


@pytest.mark.real_site
def test_four_who_start_at_the_same_instant_are_in_one_run(stored, workers):
	answers = workers(4).at_once([begin(stored)] * 4)
	assert [answer.error for answer in answers] == [""] * 4
	frappe.db.commit()
	assert len({answer.result["name"] for answer in answers}) == 1
	assert sorted(answer.result["joined"] for answer in answers) == [False, True, True, True]
	assert frappe.db.count(RUN, {"policy": stored.name}) == 1


@pytest.mark.real_site
def test_a_worker_killed_in_the_middle_leaves_nothing_half_written(stored, workers):
	workers = workers(2)
	(begun_,) = workers.in_turn([begin(stored)])
	name = begun_.result["name"]
	(stopped,) = workers.at_once([batch(name, stops_before_commit=True)])
	assert stopped.stopped
	workers.kill(0)
	frappe.db.commit()
	assert (state_of(name)["status"], rows_of(name)) == ("Queued", [])
	fall_silent(name)
	frappe.db.commit()
	(again,) = workers.in_turn([begin(stored)])
	assert (again.result["name"] != name, again.result["joined"]) == (True, False)
	assert [answer.error for answer in workers.in_turn([batch(again.result["name"])])] == [""]
	frappe.db.commit()
	done = state_of(again.result["name"])
	assert (done["status"], done["examined"]) == ("Finished", done["total"])
	assert len(rows_of(done["name"])) == done["differing"]


@pytest.mark.real_site
def test_two_workers_with_the_same_job_write_its_rows_once(stored, workers):
	workers = workers(2)
	(begun_,) = workers.in_turn([begin(stored)])
	name = begun_.result["name"]
	answers = workers.at_once([batch(name)] * 2)
	# One of them may meet the other's lock; Frappe does a job again that lost so.
	assert {answer.error for answer in answers} <= {"", "RetryBackgroundJobError"}
	frappe.db.commit()
	state = state_of(name)
	assert (state["status"], state["examined"]) == ("Finished", state["total"])
	assert len(rows_of(name)) == state["differing"]
