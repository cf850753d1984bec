from city_diplomacy.partnerships.agreements.rows import RowOfAgreement


class SDGTargetLink(RowOfAgreement):
	"""A target of the Sustainable Development Goals a record serves."""
