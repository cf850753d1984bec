"""What guest lists refuse, each refusal by its own name."""

from city_diplomacy.registers.errors import RegisterError


class GuestListError(RegisterError):
	"""Something a guest list cannot say or become."""


class InvitedGuestError(RegisterError):
	"""Something a guest on a list cannot be."""


class SeatingError(RegisterError):
	"""A seat nobody can be given."""
