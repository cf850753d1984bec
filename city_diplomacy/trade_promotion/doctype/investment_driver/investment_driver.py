from city_diplomacy.registers.kept_rows import KeptRow


class InvestmentDriver(KeptRow):
	"""What an investor looks for."""

	KEPT_WITH = ("Trade Lead",)
