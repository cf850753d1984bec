from city_diplomacy.partnerships.mou_rows import RowOfAgreement


class MOUText(RowOfAgreement):
	"""One version of an agreement in one language, with the hash of its file."""
