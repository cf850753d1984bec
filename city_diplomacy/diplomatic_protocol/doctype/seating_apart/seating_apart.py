from city_diplomacy.registers.kept_rows import KeptRow


class SeatingApart(KeptRow):
	"""Two guests who do not sit beside each other."""

	KEPT_WITH = ("Guest List",)
