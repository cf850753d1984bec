from city_diplomacy.registers.kept_rows import KeptRow


class ConsularCaseNotice(KeptRow):
	"""Who was told of a consular case, when and by whom."""

	KEPT_WITH = ("Consular Case",)
