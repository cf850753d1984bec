"""What diaspora relations refuse, each refusal by its own name."""

from city_diplomacy.registers.errors import RegisterError


class ConsentError(RegisterError):
	"""A consent to publish that cannot be right."""


class DirectoryEntryError(RegisterError):
	"""Something an entry of the directory cannot say."""


class ProgrammeError(RegisterError):
	"""Something a community programme cannot say."""


class NamesOfPeopleError(ProgrammeError):
	"""Words that point to single people, where only numbers are kept."""


class DutyError(RegisterError):
	"""Something a committee's duty cannot say or become."""


class RegistrationError(RegisterError):
	"""Something a registration cannot say, or a decision that cannot be made."""
