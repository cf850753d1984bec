"""How the registration of an organisation by itself ends; a person decides on each."""

from datetime import date, timedelta

from ..choices import StrEnum


class RegistrationStatus(StrEnum):
	WAITING = "Waiting"
	ACCEPTED = "Accepted"
	KNOWN_ALREADY = "Known Already"
	DECLINED = "Declined"


# How long whom to write to is kept with a registration that was decided: to answer questions about the decision.
KEPT_AFTER_DECISION = timedelta(days=90)


def forgets_contact_from(decided_on: date) -> date:
	"""The day from which a registration keeps nobody's name and address any more."""
	return decided_on + KEPT_AFTER_DECISION
