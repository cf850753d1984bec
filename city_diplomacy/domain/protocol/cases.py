"""How far a consular case is."""

from ..choices import StrEnum


class CaseStatus(StrEnum):
	OPEN = "Open"
	WAITING = "Waiting for Others"
	CLOSED = "Closed"


OPEN = (CaseStatus.OPEN, CaseStatus.WAITING)
