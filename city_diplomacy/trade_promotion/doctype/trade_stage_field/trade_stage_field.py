from city_diplomacy.registers.kept_rows import KeptRow


class TradeStageField(KeptRow):
	"""A field a lead must have filled in to be at a stage."""

	KEPT_WITH = ("Trade Stage",)
