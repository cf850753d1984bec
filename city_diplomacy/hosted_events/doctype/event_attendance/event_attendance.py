from city_diplomacy.registers.kept_rows import KeptRow
from city_diplomacy.registers.said_of_others import SaidOfOthers


class EventAttendance(SaidOfOthers, KeptRow):
	"""How many people are expected and came from a country."""

	KEPT_WITH = ("International Event",)
	LEFT_OPEN = ("country",)
