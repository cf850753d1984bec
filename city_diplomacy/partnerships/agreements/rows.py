"""The rows of an agreement."""

from city_diplomacy.registers.kept_rows import KeptRow


class RowOfAgreement(KeptRow):
	"""A row of an agreement; where other records share its table, their rows stay free."""

	KEPT_WITH = ("MOU",)
