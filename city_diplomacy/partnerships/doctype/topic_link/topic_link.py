from city_diplomacy.partnerships.agreements.rows import RowOfAgreement


class TopicLink(RowOfAgreement):
	"""A field of cooperation a record is about."""
