from city_diplomacy.partnerships.mou_rows import RowOfAgreement


class TopicLink(RowOfAgreement):
	"""A field of cooperation a record is about."""
