from city_diplomacy.registers.kept_rows import KeptRow


class VisitTriageFinding(KeptRow):
	"""What a rule said of a request when it was decided."""

	KEPT_WITH = ("Delegation Visit",)
