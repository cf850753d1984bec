from city_diplomacy.registers.kept_rows import KeptRow


class VisitChecklistItem(KeptRow):
	"""A step of a visit's checklist, and the To Do that was made of it."""

	KEPT_WITH = ("Delegation Visit",)
