"""Property 1, where two requests or jobs met: the later one is done again, unless that would undo what came before it."""

import frappe
import pytest

from city_diplomacy.partnership_approvals.native import jobs, retry
from city_diplomacy.partnership_approvals.native.retry import ATTEMPTS, retry_on_conflict
from tests import factories

CONFLICTS = [frappe.QueryDeadlockError("deadlock"), frappe.ValidationError(1020, "Record has changed")]


@pytest.fixture(autouse=True)
def nothing_written_yet(monkeypatch):
	frappe.db.commit()
	monkeypatch.setattr(retry.time, "sleep", lambda seconds: None)


def meeting(error: Exception, times: int):
	"""A request that adds a city called by its attempt, and meets with `error` the first `times`; and its attempts."""
	attempts: list[str] = []

	@retry_on_conflict
	def request() -> str:
		attempts.append(f"Attempt {len(attempts) + 1}")
		factories.make_partner_city(attempts[-1])
		if len(attempts) <= times:
			raise error
		return attempts[-1]

	return request, attempts


def cities() -> list[str]:
	return frappe.get_all(
		"Partner City", {"city_name": ["like", "Attempt%"]}, pluck="city_name", order_by="city_name"
	)


@pytest.mark.parametrize("error", CONFLICTS, ids=lambda error: type(error).__name__)
def test_it_is_done_again_and_what_the_attempt_before_wrote_is_undone(error):
	request, attempts = meeting(error, times=2)
	assert request() == "Attempt 3"
	assert len(attempts) == 3
	assert cities() == ["Attempt 3"]


@pytest.mark.parametrize("error", CONFLICTS, ids=lambda error: type(error).__name__)
def test_after_earlier_writes_it_is_not_done_again_and_these_are_kept(error):
	earlier = factories.make_partner_city("Attempt 0")
	request, attempts = meeting(error, times=1)
	with pytest.raises(type(error)):
		request()
	assert len(attempts) == 1
	assert frappe.db.exists("Partner City", earlier.name)


def test_it_is_done_again_so_often_and_then_refused():
	request, _attempts = meeting(CONFLICTS[0], times=ATTEMPTS - 1)
	assert request() == f"Attempt {ATTEMPTS}"
	frappe.db.rollback()
	request, attempts = meeting(CONFLICTS[0], times=ATTEMPTS)
	with pytest.raises(frappe.QueryDeadlockError):
		request()
	assert len(attempts) == ATTEMPTS


def test_what_is_no_conflict_is_not_done_again():
	request, attempts = meeting(frappe.ValidationError("It has no title."), times=1)
	with pytest.raises(frappe.ValidationError, match="title"):
		request()
	assert len(attempts) == 1


# The scheduler's work

APPROVALS = "city_diplomacy.partnership_approvals"
SIGNING = "city_diplomacy.partnerships.agreements.signing"
# each job, what it is called with, and what it calls in its own module, with the answer that ends it
JOBS = [
	(f"{SIGNING}.expire_batch", [[]], f"{SIGNING}.enqueue_each", None),
	(f"{SIGNING}.expire", ["MOU-0"], f"{SIGNING}.routes.lock", None),
	(
		f"{APPROVALS}.engine.escalate.escalate_batch",
		[["C-0"]],
		f"{APPROVALS}.engine.escalate._documents_of",
		[],
	),
	(f"{APPROVALS}.engine.escalate.escalate_if_due", ["C-0"], f"{APPROVALS}.engine.escalate.escalate", 0),
	(f"{APPROVALS}.records.watch.verify_ledgers", [], f"{APPROVALS}.records.watch.verify_batch", None),
	(
		f"{APPROVALS}.records.disposal.dispose_by_schedule",
		[],
		f"{APPROVALS}.records.disposal.dispose_of_batch",
		None,
	),
	(f"{APPROVALS}.ledger.baselines.write_entries", [], f"{APPROVALS}.ledger.baselines.write_batch", None),
	(f"{APPROVALS}.notices.deliver.deliver", [], f"{APPROVALS}.notices.deliver._waiting", []),
]


@pytest.mark.parametrize(("job", "given", "calls", "answer"), JOBS, ids=lambda value: str(value)[-24:])
def test_a_job_that_met_another_transaction_is_done_again(monkeypatch, job, given, calls, answer):
	called = []

	def meets_one_deadlock(*args, **kwargs):
		called.append(args)
		if len(called) == 1:
			raise frappe.QueryDeadlockError("deadlock")
		return answer

	monkeypatch.setattr(calls, meets_one_deadlock)
	frappe.get_attr(job)(*given)
	assert len(called) == 2


@pytest.mark.parametrize("error", CONFLICTS, ids=lambda error: type(error).__name__)
def test_a_conflict_is_no_refusal_that_is_kept_as_an_error(error):
	before = frappe.db.count("Error Log")
	with pytest.raises(type(error)), jobs.logging_refusal("It met another", "MOU", "MOU-0"):
		raise error
	assert frappe.db.count("Error Log") == before
