"""The work on an import: a chain of jobs, a batch and a transaction each.

What a batch did and how far the import is are stored together. A worker that dies loses one batch and leaves nothing
half written, and a job that runs twice finds the second time that its batch is done.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import frappe
from frappe import _

from city_diplomacy.domain.imports.states import RUNNING, ImportStatus
from city_diplomacy.partnership_approvals.native.retry import is_conflict
from city_diplomacy.register_imports import store
from city_diplomacy.register_imports.exceptions import ImportFileError
from city_diplomacy.register_imports.steps import looking, undoing, writing
from city_diplomacy.registers.languages import in_language, language_of

STEPS = {
	ImportStatus.READING: (looking.step, ImportStatus.READY),
	ImportStatus.IMPORTING: (writing.step, ImportStatus.IMPORTED),
	ImportStatus.UNDOING: (undoing.step, ImportStatus.UNDONE),
}


def go_on(register_import: str) -> None:
	"""Job: do the next batch of an import, as whoever set it going, and leave what follows to the next job."""
	with _again_after_others():
		row = store.locked(register_import)
		if not row or row.status not in RUNNING:
			return
		going_on = _done(row)
	store.tell(register_import, row.owner)
	if going_on:
		enqueue(register_import)


def enqueue(register_import: str) -> None:
	"""Have the next batch done once the transaction is committed."""
	frappe.enqueue(
		f"{__name__}.go_on", queue="long", enqueue_after_commit=True, register_import=register_import
	)


def _done(row: Any) -> bool:
	"""Do the next batch, or store why it cannot be done. Answers whether more is left.

	Raises what the database says when others were in the way.
	"""
	try:
		with in_language(language_of(frappe.session.user)), _as_an_import():
			return _do(row)
	except ImportFileError as error:
		# What was stored of a file before it broke off goes as well.
		frappe.db.rollback()
		frappe.clear_last_message()
		store.set_status(row.name, ImportStatus.FAILED, str(error))
	except Exception as error:
		if _others_were_in_the_way(error):
			raise
		frappe.db.rollback()
		# Raised, it would be rolled back with the rest: whoever waits is told, and the log has what it was.
		frappe.log_error(title=_("Importing {0} failed").format(row.name))
		store.set_status(
			row.name, ImportStatus.FAILED, _("Something went wrong; the error log has the details.")
		)
	return False


def _do(row: Any) -> bool:
	step, then = STEPS[row.status]
	going_on = step(row)
	store.set_status(row.name, ImportStatus(row.status) if going_on else then)
	return going_on


@contextmanager
def _again_after_others() -> Iterator[None]:
	"""Have the job done again, and nothing kept of it, where the block failed because of somebody else's transaction."""
	try:
		yield
	except Exception as error:
		if not _others_were_in_the_way(error):
			raise
		frappe.db.rollback()
		# Frappe does a job again that asks for it.
		raise frappe.RetryBackgroundJobError from error


def _others_were_in_the_way(error: Exception) -> bool:
	# A batch can wait long for a record that somebody else holds; a request is not done again for that.
	return is_conflict(error) or isinstance(error, frappe.QueryTimeoutError)


@contextmanager
def _as_an_import() -> Iterator[None]:
	"""As Frappe's own imports: no letters for each record, and no hints for people who fill in forms."""
	before = frappe.flags.in_import, frappe.flags.mute_emails
	frappe.flags.in_import = frappe.flags.mute_emails = True
	try:
		yield
	finally:
		frappe.flags.in_import, frappe.flags.mute_emails = before
