"""What is refused of a visit, each refusal by its own name."""

from city_diplomacy.registers.errors import RegisterError


class VisitError(RegisterError):
	"""Something a visit cannot say or become."""


class ProgrammeError(VisitError):
	"""A programme nobody can follow as it stands."""


class DisclosureError(VisitError):
	"""Travel that is to be accepted before it is disclosed."""
