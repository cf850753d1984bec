"""Doing a request or a job again when the database says two of them met."""

import functools
import random
import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import frappe

Given = ParamSpec("Given")
Answer = TypeVar("Answer")

ATTEMPTS = 5
RECORD_CHANGED_SINCE_READ = 1020


def is_conflict(error: Exception) -> bool:
	"""Whether the database refused because of somebody else's transaction, so that trying again may help."""
	return isinstance(error, frappe.QueryDeadlockError) or error.args[:1] == (RECORD_CHANGED_SINCE_READ,)


def retry_on_conflict(method: Callable[Given, Answer]) -> Callable[Given, Answer]:
	"""Roll back and do `method` again after a deadlock or a snapshot conflict (MariaDB error 1020).

	Frappe does neither requests nor scheduled jobs again, and of other jobs on v15 only those that raise
	frappe.RetryBackgroundJobError, then as Administrator. Rolling back is only safe where nothing was written before, so
	a caller with writes of its own in the transaction gets the error as it is.
	"""

	@functools.wraps(method)
	def tried(*args: Given.args, **kwargs: Given.kwargs) -> Answer:
		alone = not frappe.db.transaction_writes
		for attempt in range(1, ATTEMPTS + 1):
			try:
				return method(*args, **kwargs)
			except Exception as error:
				if not is_conflict(error) or not alone or attempt == ATTEMPTS:
					raise
				frappe.db.rollback()
				frappe.clear_messages()
				time.sleep(random.uniform(0, 0.02 * 2**attempt))
		raise AssertionError("The last attempt returns or raises.")

	return tried
