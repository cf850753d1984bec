from city_diplomacy.registers.kept_rows import KeptRow


class VisitTalkingPoint(KeptRow):
	"""What is to be raised while the guests are here."""

	KEPT_WITH = ("Delegation Visit",)
