"""The scheduler's work on many documents: for each a job and a transaction of its own.

One that somebody has locked keeps no other waiting, a job that dies leaves the others done, and Frappe does a
job again by itself that the database refused for somebody else's transaction.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import frappe


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


@contextmanager
def logging_refusal(title: str, doctype: str, name: str) -> Iterator[None]:
	"""What is refused in the block is undone and kept as an error about the document; nothing is raised."""
	frappe.db.savepoint("one_by_one")
	try:
		yield
	except frappe.ValidationError:
		frappe.db.rollback(save_point="one_by_one")
		frappe.log_error(title=title, reference_doctype=doctype, reference_name=name)
