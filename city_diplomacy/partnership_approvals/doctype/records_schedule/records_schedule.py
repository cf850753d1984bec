from city_diplomacy.partnership_approvals.records import disposal
from city_diplomacy.registers.register import Register


class RecordsSchedule(Register):
	"""How long the words of a class of approval records are kept, by the city's retention schedule."""

	def validate(self) -> None:
		disposal.check_schedule(self)
