from city_diplomacy.registers.kept_rows import KeptRow


class ProgrammePartner(KeptRow):
	"""A partner of a programme and what they bring."""

	KEPT_WITH = ("Community Programme",)
