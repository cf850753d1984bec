from city_diplomacy.registers.kept_rows import KeptRow


class TradeStageLog(KeptRow):
	"""How long a lead was at a stage; written by the server alone."""

	KEPT_WITH = ("Trade Lead",)
