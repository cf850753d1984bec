from city_diplomacy.registers.kept_rows import KeptRow


class UnstatedFigure(KeptRow):
	"""A figure the client cannot say."""

	KEPT_WITH = ("Trade Lead",)
