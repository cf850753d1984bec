from city_diplomacy.partnerships.mou_rows import RowOfAgreement


class MOUReader(RowOfAgreement):
	"""Somebody who may see a confidential agreement."""
