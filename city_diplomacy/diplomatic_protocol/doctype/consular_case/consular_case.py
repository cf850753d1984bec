from city_diplomacy.diplomatic_protocol.corps import cases
from city_diplomacy.registers.new_records import refuse_stored_as_new
from city_diplomacy.registers.register import Register


class ConsularCase(Register):
	"""Something that happened to a mission or its people, and who was told of it."""

	def before_insert(self) -> None:
		refuse_stored_as_new(self)

	def validate(self) -> None:
		cases.settle_case(self)
