"""The states of a routing policy."""

from ..choices import StrEnum


class PolicyStatus(StrEnum):
	"""Whether new documents are routed by a policy."""

	DRAFT = "Draft"
	READY = "Ready"
	ACTIVE = "Active"
	RETIRED = "Retired"
