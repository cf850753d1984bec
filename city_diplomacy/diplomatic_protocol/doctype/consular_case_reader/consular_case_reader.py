from city_diplomacy.registers.kept_rows import KeptRow


class ConsularCaseReader(KeptRow):
	"""Somebody who may read a consular case though their role would not show it."""

	KEPT_WITH = ("Consular Case",)
