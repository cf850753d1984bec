from city_diplomacy.registers.kept_rows import KeptRow


class ScreenedList(KeptRow):
	"""A list, in the version a party was compared with."""

	KEPT_WITH = ("Party Screening",)
