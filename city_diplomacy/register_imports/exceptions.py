"""What imports refuse, each refusal by its own name."""

from city_diplomacy.registers.errors import RegisterError


class ImportFileError(RegisterError):
	"""A file that cannot be read as a table, or that is not the person's own."""


class ImportStateError(RegisterError):
	"""Something an import cannot do at the stage it has reached."""


class CellError(Exception):
	"""A cell that is no value of its field; the message is a sentence for the person."""
