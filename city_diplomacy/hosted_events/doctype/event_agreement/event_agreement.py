from city_diplomacy.registers.kept_rows import KeptRow


class EventAgreement(KeptRow):
	"""An agreement an event rests on."""

	KEPT_WITH = ("International Event",)
