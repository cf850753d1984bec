from city_diplomacy.registers.kept_rows import KeptRow


class ProgrammeGroup(KeptRow):
	"""The places of a group, as numbers."""

	KEPT_WITH = ("Community Programme",)
