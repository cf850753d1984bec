from city_diplomacy.registers.kept_rows import KeptRow


class EventDepartment(KeptRow):
	"""One of our departments and what it does for an event."""

	KEPT_WITH = ("International Event",)
