from city_diplomacy.registers.kept_rows import KeptRow


class CompetingPlace(KeptRow):
	"""Another place the investor considers."""

	KEPT_WITH = ("Trade Lead",)
