from city_diplomacy.registers.kept_rows import KeptRow


class VisitLetter(KeptRow):
	"""A letter that was sent about a visit."""

	KEPT_WITH = ("Delegation Visit",)
