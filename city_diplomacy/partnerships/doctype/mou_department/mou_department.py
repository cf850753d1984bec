from city_diplomacy.partnerships.agreements.rows import RowOfAgreement


class MOUDepartment(RowOfAgreement):
	"""A city department an agreement affects, asked for its clearance."""
