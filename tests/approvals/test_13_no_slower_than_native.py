"""Property 13: no slower than native. A stage costs no more than the native actions it stands in for.

How long both take is measured by `benchmarks/decisions.py`, because a timed test proves nothing on another
machine. What both ask of the database is the same everywhere, and is held here: k decisions, with their ledger
entries, to-dos and the move they lead to, against k actions of a native Workflow on the same DocType.
"""

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor

import frappe
import pytest

pytestmark = pytest.mark.real_site


@pytest.fixture(scope="module")
def asked(ground):
	"""A function that answers the statements of each decision and of each native action of a stage."""
	from benchmarks import decisions

	answers = {}
	sites = os.getcwd()
	with ProcessPoolExecutor(
		1, mp_context=multiprocessing.get_context("spawn"), initializer=os.chdir, initargs=(sites,)
	) as apart:

		def of(seats: int):
			if seats not in answers:
				with ground.committed():
					answers[seats] = apart.submit(decisions.statements, ground.site, seats).result(300)
			return answers[seats]

		yield of


@pytest.mark.parametrize("seats", [2, 5])
def test_decisions_and_their_move_ask_less_than_native_actions(asked, seats):
	ours, native = asked(seats)
	assert len(ours) == len(native) == seats
	assert sum(act.total() for act in ours) < sum(act.total() for act in native)


def test_a_decision_that_does_not_end_the_stage_asks_a_quarter_of_a_native_action(asked):
	ours, native = asked(5)
	assert max(act.total() for act in ours[:-1]) * 4 < min(act.total() for act in native)


def test_the_document_is_saved_once_a_stage_and_natively_with_every_action(asked):
	ours, native = asked(5)
	assert [act["UPDATE MOU"] for act in ours] == [0, 0, 0, 0, 1]
	assert [act["UPDATE Benchmark Agreement"] for act in native] == [1] * 5


def test_a_decision_locks_the_clearances_at_once_and_its_move_reads_the_document_once(asked):
	ours, _native = asked(5)
	# The first says which document it is about.
	assert [act["SELECT Approval Clearance"] for act in ours] == [2] * 5
	# The first takes the lock.
	assert [act["SELECT MOU"] for act in ours] == [1, 1, 1, 1, 2]
	assert [act["SELECT MOU Party"] for act in ours] == [0, 0, 0, 0, 1]


def test_every_decision_writes_one_entry_and_the_last_one_the_move_too(asked):
	ours, _native = asked(5)
	assert [act["INSERT Approval Decision"] for act in ours] == [1, 1, 1, 1, 2]


def test_nothing_of_the_measurement_is_left(ground, asked):
	with ground.outside_transaction():
		before = _rows()
	asked(1)
	with ground.outside_transaction():
		assert _rows() == before


def _rows() -> dict[str, int]:
	"""How many rows each table holds; what a site writes of itself is not counted."""
	of_the_site = ("Error Log", "Activity Log", "Scheduled Job Log", "Scheduled Job Type", "RQ Job")
	tables = {
		table.removeprefix("tab") for table in frappe.db.get_tables(cached=False) if table.startswith("tab")
	}
	return {doctype: frappe.db.count(doctype) for doctype in tables.difference(of_the_site)}
