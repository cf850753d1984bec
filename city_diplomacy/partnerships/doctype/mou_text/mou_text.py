from city_diplomacy.partnerships.mou_rows import RowOfAgreement
from city_diplomacy.partnerships.said_of_others import SaidOfOthers


class MOUText(SaidOfOthers, RowOfAgreement):
	"""One version of an agreement in one language, with the hash of its file."""

	LEFT_OPEN = ("language",)
