"""The states of a membership in a network."""

from ..choices import StrEnum

OUR_CITY = "Our City"
"""Whose membership it is where it is no partner's."""


class MembershipStatus(StrEnum):
	"""Whether a city belongs to a network."""

	APPLIED = "Applied"
	MEMBER = "Member"
	SUSPENDED = "Suspended"
	LEFT = "Left"


CURRENT = (MembershipStatus.MEMBER, MembershipStatus.SUSPENDED)
"""The states of a membership that costs its dues and has to be given notice of."""
