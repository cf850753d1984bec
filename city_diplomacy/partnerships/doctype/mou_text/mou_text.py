from city_diplomacy.partnerships.agreements.rows import RowOfAgreement
from city_diplomacy.registers.said_of_others import SaidOfOthers


class MOUText(SaidOfOthers, RowOfAgreement):
	"""One version of an agreement in one language, with the hash of its file."""

	LEFT_OPEN = ("language",)
