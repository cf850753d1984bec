"""The states of a rehearsal that runs in the background."""

from ..choices import StrEnum


class RehearsalStatus(StrEnum):
	"""How far a run has got."""

	QUEUED = "Queued"
	RUNNING = "Running"
	FINISHED = "Finished"
	FAILED = "Failed"
	STOPPED = "Stopped"


LIVE = (RehearsalStatus.QUEUED, RehearsalStatus.RUNNING)
"""The states of a run that is still to end."""
