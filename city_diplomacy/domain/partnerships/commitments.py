"""The states of a promise, and when whoever owes it is asked."""

from datetime import date, timedelta

from ..choices import StrEnum


class CommitmentStatus(StrEnum):
	"""Whether a promise has been kept."""

	OPEN = "Open"
	IN_PROGRESS = "In Progress"
	DONE = "Done"
	DROPPED = "Dropped"


OPEN = (CommitmentStatus.OPEN, CommitmentStatus.IN_PROGRESS)
"""The states of a promise that is still to be kept."""

ASK_BEFORE_DUE = timedelta(days=14)


def day_to_ask(due: date, today: date) -> date:
	"""Two weeks before the promise is due; at the earliest today, at the latest on the day itself."""
	return min(due, max(due - ASK_BEFORE_DUE, today))
