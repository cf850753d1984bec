"""Which field a heading means."""

import re
from collections.abc import Iterable, Mapping, Sequence

from .tables import Cell

_BETWEEN_WORDS = re.compile(r"[\s_:*]+")


def plain(heading: Cell) -> str:
	"""A heading as it is compared: case, spaces, colons and asterisks aside."""
	return _BETWEEN_WORDS.sub(" ", str(heading)).strip().casefold()


class Headings:
	"""The names fields go by; the first field to have a name keeps it.

	`names` maps each field to its names, the surest first.
	"""

	def __init__(self, names: Mapping[str, Sequence[str]]):
		self._fields: dict[str, str] = {}
		longest = max((len(one) for one in names.values()), default=0)
		for place in range(longest):
			for field, known_as in names.items():
				if place < len(known_as) and plain(known_as[place]):
					self._fields.setdefault(plain(known_as[place]), field)

	def field_of(self, heading: Cell) -> str:
		"""The field a heading means, empty where it is none."""
		return self._fields.get(plain(heading), "")

	def count(self, cells: Iterable[Cell]) -> int:
		"""How many of a line's cells are headings."""
		return sum(bool(self.field_of(cell)) for cell in cells)

	def fields_of(self, cells: Iterable[Cell]) -> list[str]:
		"""The field of each heading; a field is given to the first of its headings alone."""
		found: list[str] = []
		for cell in cells:
			field = self.field_of(cell)
			found.append("" if field in found else field)
		return found
