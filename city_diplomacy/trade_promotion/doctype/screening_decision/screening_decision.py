from city_diplomacy.registers.kept_rows import KeptRow


class ScreeningDecision(KeptRow):
	"""What somebody decided about a candidate, with their words; it stays as it was written."""

	KEPT_WITH = ("Party Screening",)
