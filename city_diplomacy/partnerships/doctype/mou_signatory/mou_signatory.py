from city_diplomacy.partnerships.agreements.rows import RowOfAgreement


class MOUSignatory(RowOfAgreement):
	"""Who signs for a side, and who may sign instead."""
