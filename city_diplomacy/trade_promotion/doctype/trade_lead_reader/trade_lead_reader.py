from city_diplomacy.registers.kept_rows import KeptRow


class TradeLeadReader(KeptRow):
	"""Somebody who may know of a confidential lead."""

	KEPT_WITH = ("Trade Lead",)
