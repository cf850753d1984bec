from city_diplomacy.registers.kept_rows import KeptRow
from city_diplomacy.registers.said_of_others import SaidOfOthers


class GiftAdvice(SaidOfOthers, KeptRow):
	"""What is better not given to whom, and why."""

	LEFT_OPEN = ("country",)

	KEPT_WITH = ("Protocol Settings",)
