from city_diplomacy.registers.kept_rows import KeptRow


class ExportWinValue(KeptRow):
	"""What a win is worth, of one kind, year by year."""

	KEPT_WITH = ("Export Win",)
