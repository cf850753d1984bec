from city_diplomacy.registers.kept_rows import KeptRow


class VisitCost(KeptRow):
	"""What a visit costs, and who pays."""

	KEPT_WITH = ("Delegation Visit",)
