from city_diplomacy.registers.kept_rows import KeptRow
from city_diplomacy.registers.said_of_others import SaidOfOthers


class EventEdition(SaidOfOthers, KeptRow):
	"""Another edition of the same event, and where it was held."""

	KEPT_WITH = ("International Event",)
	LEFT_OPEN = ("country",)
