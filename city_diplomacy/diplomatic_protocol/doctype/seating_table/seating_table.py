from city_diplomacy.registers.kept_rows import KeptRow


class SeatingTable(KeptRow):
	"""A table at which guests of a list sit."""

	KEPT_WITH = ("Guest List",)
