from city_diplomacy.diplomatic_protocol.visits import checklist
from city_diplomacy.registers.new_records import refuse_stored_as_new
from city_diplomacy.registers.register import Register


class VisitChecklistStep(Register):
	"""What is to be done for a visit, so many days before or after it arrives."""

	def before_insert(self) -> None:
		refuse_stored_as_new(self)

	def validate(self) -> None:
		checklist.check_step(self)
