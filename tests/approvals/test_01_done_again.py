"""Property 1, where two requests met: the later one is done again, unless that would undo what came before it."""

import frappe
import pytest

from city_diplomacy.partnership_approvals.native import retry
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
