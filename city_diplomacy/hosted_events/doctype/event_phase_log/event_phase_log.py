from city_diplomacy.registers.kept_rows import KeptRow


class EventPhaseLog(KeptRow):
	"""A phase of an event, since when and until when."""

	KEPT_WITH = ("International Event",)
