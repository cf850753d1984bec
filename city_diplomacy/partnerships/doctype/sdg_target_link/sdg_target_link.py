from city_diplomacy.partnerships.mou_rows import RowOfAgreement


class SDGTargetLink(RowOfAgreement):
	"""A target of the Sustainable Development Goals a record serves."""
