"""How far an import is, and what becomes of each of its lines."""

from ..choices import StrEnum


class ImportStatus(StrEnum):
	NEW = "New"
	READING = "Reading"
	READY = "Ready"
	IMPORTING = "Importing"
	IMPORTED = "Imported"
	CANCELLED = "Cancelled"
	FAILED = "Failed"
	UNDOING = "Undoing"
	UNDONE = "Undone"


RUNNING = (ImportStatus.READING, ImportStatus.IMPORTING, ImportStatus.UNDOING)
"""A job works on it; nothing about it is changed meanwhile but by that job or by cancelling it."""
WRITTEN = (ImportStatus.IMPORTING, ImportStatus.IMPORTED, ImportStatus.UNDOING, ImportStatus.UNDONE)
"""Records may have been written; the file is not read anew."""


class LineOutcome(StrEnum):
	"""What a line comes to: before the import what would be done, after it what was done."""

	WAITING = "Waiting"
	ADD = "Add"
	CHANGE = "Change"
	UNCHANGED = "Unchanged"
	DUPLICATE = "Duplicate"
	LIKELY = "Likely Double"
	REFUSED = "Refused"
	SKIPPED = "Skipped"
	ADDED = "Added"
	CHANGED = "Changed"
	TAKEN_BACK = "Taken Back"
	LEFT = "Left"


TO_DO = (LineOutcome.ADD, LineOutcome.CHANGE)
DONE = (LineOutcome.ADDED, LineOutcome.CHANGED)
UNDECIDED = (LineOutcome.LIKELY, LineOutcome.DUPLICATE, LineOutcome.SKIPPED)
"""Lines about which a person may still decide."""


class LineDecision(StrEnum):
	"""What a person decided about a line that may be a double."""

	ADD = "Add Anyway"
	UPDATE = "Update That One"
	SKIP = "Skip"
