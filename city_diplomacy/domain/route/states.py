"""In which states a routed document, its route, the questions of it and the notices about them can be."""

from ..choices import StrEnum


class WorkflowState(StrEnum):
	"""Where a document stands, as its native Workflow shows it; in the order of the way through it."""

	DRAFT = "Draft"
	INTAKE_REVIEW = "Intake Review"
	IN_CLEARANCE = "In Clearance"
	MAYORS_DECISION = "Mayor's Decision"
	COUNCIL_DECISION = "Council Decision"
	READY_TO_SIGN = "Ready to Sign"
	ACTIVE = "Active"
	SUSPENDED = "Suspended"
	EXPIRED = "Expired"
	TERMINATED = "Terminated"
	SUPERSEDED = "Superseded"
	DECLINED = "Declined"
	WITHDRAWN = "Withdrawn"


class RouteOutcome(StrEnum):
	"""What became of the approval of a document."""

	IN_PROGRESS = "In Progress"
	READY_TO_SIGN = "Ready to Sign"
	SIGNED = "Signed"
	DECLINED = "Declined"
	WITHDRAWN = "Withdrawn"
	NOT_ROUTED_HERE = "Not Routed Here"


class ClearanceState(StrEnum):
	"""Where one seat's question stands."""

	PENDING = "Pending"
	QUESTION_ASKED = "Question Asked"
	DECIDED = "Decided"
	REOPENED = "Reopened"
	WITHDRAWN = "Withdrawn"


OPEN = (ClearanceState.PENDING, ClearanceState.QUESTION_ASKED)
"""The states in which a question waits for its answer."""


class NoticeStatus(StrEnum):
	"""Whether a person has been told."""

	WAITING = "Waiting"
	DELIVERED = "Delivered"
	NOT_NEEDED = "Not Needed"
	SWITCHED_OFF = "Switched Off"
