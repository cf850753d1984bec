from city_diplomacy.partnerships.mou_rows import RowOfAgreement


class MOUDepartment(RowOfAgreement):
	"""A city department an agreement affects, asked for its clearance."""
