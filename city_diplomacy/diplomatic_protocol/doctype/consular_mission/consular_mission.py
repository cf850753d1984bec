from city_diplomacy.diplomatic_protocol.corps import missions
from city_diplomacy.registers.new_records import refuse_stored_as_new
from city_diplomacy.registers.register import Register
from city_diplomacy.registers.said_of_others import SaidOfOthers


class ConsularMission(SaidOfOthers, Register):
	"""An office another country keeps in the city, with the officers who serve at it."""

	LEFT_OPEN = ("country",)

	def before_insert(self) -> None:
		refuse_stored_as_new(self)

	def validate(self) -> None:
		missions.settle_mission(self)
