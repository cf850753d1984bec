"""The scheduler's work on many documents: a job and a transaction for each batch, or for each document.

One that somebody has locked keeps no other waiting: a batch leaves it to a job of its own (`route_batch`). A job that
dies leaves the others done and what it did not do is found again the next night. Frappe v15 does no job again after a
deadlock: it waits for the driver's error and its database layer raises QueryDeadlockError in its place. So each job is
`retry.retry_on_conflict`, or asks for another attempt by frappe.RetryBackgroundJobError.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice

import frappe

from city_diplomacy.partnership_approvals.native.retry import is_conflict

# Locks are held until a batch is written down, so that it is done in about a second.
BATCH = 100


def enqueue_next(method: str, after: str) -> None:
	"""Leave the batch that comes after a name to a job, which calls `method` (a dotted path) with it as `after`."""
	frappe.enqueue(method, queue="long", after=after, enqueue_after_commit=True)


def enqueue_each(method: str, argument: str, names: Iterable[str]) -> None:
	"""A job for each name, which calls `method` (a dotted path) with it as `argument`; once while it waits."""
	for name in names:
		frappe.enqueue(
			method,
			queue="long",
			job_id=f"{method}-{name}",
			deduplicate=True,
			enqueue_after_commit=True,
			**{argument: name},
		)


def enqueue_batches(method: str, argument: str, names: Iterable[str]) -> None:
	"""A job for each BATCH of names, which calls `method` (a dotted path) with the list of them as `argument`."""
	left = iter(names)
	while batch := list(islice(left, BATCH)):
		frappe.enqueue(
			method,
			queue="long",
			job_id=f"{method}-{batch[0]}",
			deduplicate=True,
			enqueue_after_commit=True,
			**{argument: batch},
		)


@contextmanager
def logging_refusal(title: str, doctype: str, name: str) -> Iterator[None]:
	"""What is refused in the block is undone and kept as an error about the document, and not raised.

	A deadlock or a snapshot conflict is raised: it took the savepoint along, and the job is to be done again.
	"""
	frappe.db.savepoint("one_job")
	try:
		yield
	except frappe.ValidationError as error:
		if is_conflict(error):
			raise
		frappe.db.rollback(save_point="one_job")
		frappe.log_error(title=title, reference_doctype=doctype, reference_name=name)
