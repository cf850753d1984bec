from city_diplomacy.registers.kept_rows import KeptRow


class ScreeningCandidate(KeptRow):
	"""An entry whose name is like that of a screened party, with its score in parts."""

	KEPT_WITH = ("Party Screening",)
