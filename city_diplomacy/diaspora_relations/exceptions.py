"""What diaspora relations refuse, each refusal by its own name."""

from city_diplomacy.registers.errors import RegisterError


class ConsentError(RegisterError):
	"""A consent to publish that cannot be right."""


class DirectoryEntryError(RegisterError):
	"""Something an entry of the directory cannot say."""
