from city_diplomacy.registers.kept_rows import KeptRow
from city_diplomacy.registers.said_of_others import SaidOfOthers


class VisitDelegate(SaidOfOthers, KeptRow):
	"""A person who comes with a delegation or receives it."""

	KEPT_WITH = ("Delegation Visit",)
	LEFT_OPEN = ("language",)
