from city_diplomacy.registers.kept_rows import KeptRow


class VisitCompany(KeptRow):
	"""A company of a trade mission and a meeting it wants."""

	KEPT_WITH = ("Delegation Visit",)
