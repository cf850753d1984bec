"""What the scheduler does at size: how many jobs it makes, and the statements of each agreement or clearance."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import frappe
from frappe.query_builder.functions import Count
from frappe.utils import add_days, nowdate

from benchmarks import city_at_size
from benchmarks.decisions import Site, _statements
from benchmarks.taking_turns import Line
from city_diplomacy.partnership_approvals.engine import escalate
from city_diplomacy.partnerships.agreements import signing

# So many of what is due are done, then everything is rolled back.
DONE = 200
SYSTEM = "Administrator"


def measure_jobs(site: Site, rounds: int) -> Iterator[Line]:
	yield _nightly(site, "agreements expired", signing.expire_agreements, _due_agreements, _expired)
	yield _nightly(site, "late clearances escalated", escalate.run, _due_clearances, _escalated)


def _nightly(
	site: Site, what: str, run: Callable[[], Any], due: Callable[[], int], done: Callable[[], int]
) -> Line:
	"""Run a scheduler's function and then the jobs it leaves, until DONE are done; tells of one of them."""
	with site.request():
		_let_questions_be_late()
		wanted, before, jobs = due(), done(), []
		with _queue(jobs), _statements() as to_find:
			begin = time.perf_counter()
			run()
			found_in = time.perf_counter() - begin
		made = len(jobs)
		looked = 0
		with _queue(jobs), _statements() as sent:
			begin = time.perf_counter()
			while jobs and done() - before < DONE:
				method, arguments = jobs.pop(0)
				_function(method)(**arguments)
				looked += 1
			seconds = time.perf_counter() - begin
		count = max(done() - before, 1)
		# Looking how many are done is a statement too.
		statements = sent.total() - looked - 1
		frappe.db.rollback()
	return Line(
		what,
		"scheduler",
		seconds / count,
		statements=round(statements / count),
		note=(
			f"{made} jobs made for {wanted} due, in {found_in * 1000:.0f} ms and {to_find.total()} statements; "
			f"{count} done, {statements / count:.1f} statements each"
		),
	)


def _let_questions_be_late() -> None:
	"""As if what is asked in the first agreements had been due three days ago; rolled back with everything else."""
	clearance = frappe.qb.DocType("Approval Clearance")
	late = add_days(nowdate(), -3)
	(
		frappe.qb.update(clearance)
		.set(clearance.due_date, late)
		.set(clearance.next_escalation, late)
		.where((clearance.state == "Pending") & (clearance.reference_name < f"{city_at_size.PREFIX}000500"))
		.run()
	)


@contextmanager
def _queue(jobs: list[tuple[Any, dict[str, Any]]]) -> Iterator[None]:
	"""Note what is enqueued, with the arguments of the method alone."""
	of_the_queue = ("queue", "job_id", "deduplicate", "enqueue_after_commit", "timeout", "at_front")

	def note(method: Any, **options: Any) -> None:
		jobs.append((method, {name: value for name, value in options.items() if name not in of_the_queue}))

	enqueue, frappe.enqueue = frappe.enqueue, note
	try:
		yield
	finally:
		frappe.enqueue = enqueue


def _function(method: Any) -> Callable[..., Any]:
	return frappe.get_attr(method) if isinstance(method, str) else method


def _due_agreements() -> int:
	mou = frappe.qb.DocType("MOU")
	due = (mou.workflow_state == "Active") & (mou.docstatus == 1) & (mou.expiry_date < nowdate())
	return frappe.qb.from_(mou).select(Count("*")).where(due).run()[0][0]


def _expired() -> int:
	return frappe.db.count("MOU", {"workflow_state": "Expired"})


def _due_clearances() -> int:
	clearance = frappe.qb.DocType("Approval Clearance")
	due = (clearance.state == "Pending") & (clearance.next_escalation <= nowdate())
	return frappe.qb.from_(clearance).select(Count("*")).where(due).run()[0][0]


def _escalated() -> int:
	return frappe.db.count("Approval Clearance", {"escalation_level": [">", 0]})
