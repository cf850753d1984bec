from city_diplomacy.registers.kept_rows import KeptRow


class TradeBarrier(KeptRow):
	"""What stood in an exporter's way, and how it was removed."""

	KEPT_WITH = ("Trade Lead",)
