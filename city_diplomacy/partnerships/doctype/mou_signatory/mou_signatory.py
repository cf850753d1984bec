from city_diplomacy.partnerships.mou_rows import RowOfAgreement


class MOUSignatory(RowOfAgreement):
	"""Who signs for a side, and who may sign instead."""
