from city_diplomacy.registers.kept_rows import KeptRow


class ExportWinAdviser(KeptRow):
	"""Somebody who contributed to a win."""

	KEPT_WITH = ("Export Win",)
