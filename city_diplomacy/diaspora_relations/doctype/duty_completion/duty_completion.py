from city_diplomacy.registers.kept_rows import KeptRow


class DutyCompletion(KeptRow):
	"""How a duty was done for one due day."""

	KEPT_WITH = ("Committee Duty",)
