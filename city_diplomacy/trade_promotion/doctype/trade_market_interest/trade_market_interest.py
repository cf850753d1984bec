from city_diplomacy.registers.kept_rows import KeptRow


class TradeMarketInterest(KeptRow):
	"""How a company stands to one market."""

	KEPT_WITH = ("Trade Lead",)
