"""What can be done with an import: reading its file, deciding about doubles, importing, cancelling, undoing."""

from typing import Any

import frappe
from frappe import _

from city_diplomacy.domain.imports.states import (
	DONE,
	RUNNING,
	TO_DO,
	UNDECIDED,
	WRITTEN,
	ImportStatus,
	LineDecision,
	LineOutcome,
)
from city_diplomacy.register_imports import jobs, lines, store
from city_diplomacy.register_imports.exceptions import ImportStateError
from city_diplomacy.register_imports.reading import columns
from city_diplomacy.register_imports.registers_open import refuse_unless_open
from city_diplomacy.register_imports.steps import since_the_look
from city_diplomacy.register_imports.visibility import refuse_unless_own
from city_diplomacy.registers.readable import readable

OUTCOME_OF = {
	LineDecision.ADD: LineOutcome.ADD,
	LineDecision.UPDATE: LineOutcome.CHANGE,
	LineDecision.SKIP: LineOutcome.SKIPPED,
}


def read(name: str) -> None:
	"""Look at every line of the file and store what would become of it. Raises ImportFileError, ImportStateError."""
	doc = _taken(name, by_owner=True)
	if doc.status in WRITTEN or lines.count(name).keys() & {str(one) for one in DONE}:
		_refuse(_("Records were imported from this file already. Begin a new import for another file."))
	columns.columns_of(doc)
	lines.forget(name)
	_set_going(name, ImportStatus.READING)


def decide(name: str, line: int, decision: LineDecision, record: str = "") -> None:
	"""Say what becomes of a line that may be a double. Raises ImportStateError."""
	_taken(name, by_owner=True)
	found = lines.read(name, numbers=[line])
	if not found or not (found[0].outcome in UNDECIDED or found[0].decision):
		_refuse(_("About line {0} there is nothing to decide.").format(line))
	one = found[0]
	if one.outcome in DONE:
		_refuse(_("Line {0} is imported already.").format(line))
	if decision == LineDecision.UPDATE:
		meant = lines.records_meant(name, found)[line]
		record = record or (meant[0] if len(meant) == 1 else "")
		if record not in meant:
			_refuse(_("Choose which of the records line {0} is to change.").format(line))
	one.decision, one.outcome = decision, OUTCOME_OF[decision]
	one.record = record if decision == LineDecision.UPDATE else ""
	lines.write(name, [one])
	if decision != LineDecision.SKIP:
		since_the_look.forget(name)
	store.set_status(name, ImportStatus(frappe.db.get_value(store.IMPORT, name, "status")))


def run(name: str) -> None:
	"""Do what the lines come to. Raises ImportStateError where there is nothing to do."""
	_taken(name, by_owner=True)
	counted = lines.count(name)
	if counted[str(LineOutcome.WAITING)] or not counted:
		_refuse(_("Look at the preview first."))
	if not any(counted[str(one)] for one in TO_DO):
		_refuse(_("There is nothing to import: no line is to be added or to change a record."))
	_set_going(name, ImportStatus.IMPORTING)


def cancel(name: str) -> None:
	"""Stop after the batch under way; what was done stays and can be undone, what is left can be gone on with."""
	doc = readable(store.IMPORT, name, "write", for_update=True)
	if doc.status not in RUNNING:
		_refuse(_("This import is not running."))
	store.set_status(name, ImportStatus.CANCELLED, _("Stopped; what was done until then is kept."))


def undo(name: str) -> None:
	"""Take back what was added and put back what was changed, but for what somebody has touched since."""
	_taken(name)
	counted = lines.count(name)
	if not any(counted[str(one)] for one in DONE):
		_refuse(_("There is nothing to take back."))
	_set_going(name, ImportStatus.UNDOING)


def resume(name: str) -> None:
	"""Go on with an import whose worker ended. Raises ImportStateError while it gives signs of life."""
	doc = readable(store.IMPORT, name, "write", for_update=True)
	refuse_unless_own(doc)
	refuse_unless_open(doc.register)
	if not store.is_silent(doc):
		_refuse(_("It is still running; wait a moment."))
	_set_going(name, ImportStatus(doc.status))


def _taken(name: str, by_owner: bool = False) -> Any:
	"""The import, locked, which the person may change and nothing works on; `by_owner` if nobody else may go on with it.

	Raises UnknownRecordError, PermissionError, ImportStateError.
	"""
	doc = readable(store.IMPORT, name, "write", for_update=True)
	if by_owner:
		refuse_unless_own(doc)
	refuse_unless_open(doc.register)
	if doc.status in RUNNING:
		_refuse(_("It is running; wait until it is done, or cancel it first."))
	return doc


def _set_going(name: str, status: ImportStatus) -> None:
	store.set_status(name, status)
	jobs.enqueue(name)


def _refuse(sentence: str) -> None:
	frappe.throw(sentence, ImportStateError)
