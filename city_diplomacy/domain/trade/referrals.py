"""How far a referral is."""

from ..choices import StrEnum


class ReferralStatus(StrEnum):
	"""What became of asking somebody else to help a company."""

	ASKED = "Asked"
	ACCEPTED = "Accepted"
	DECLINED = "Declined"
	CLOSED = "Closed"


WAITING = (ReferralStatus.ASKED, ReferralStatus.ACCEPTED)
