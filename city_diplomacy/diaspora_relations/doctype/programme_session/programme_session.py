from city_diplomacy.registers.kept_rows import KeptRow


class ProgrammeSession(KeptRow):
	"""When and where a programme meets, and for how many."""

	KEPT_WITH = ("Community Programme",)
