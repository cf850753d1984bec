from city_diplomacy.registers.kept_rows import KeptRow


class EventLegacy(KeptRow):
	"""What is to stay of an event, what it is measured by and who sees to it."""

	KEPT_WITH = ("International Event",)
