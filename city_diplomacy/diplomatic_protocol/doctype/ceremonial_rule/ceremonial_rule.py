from city_diplomacy.diplomatic_protocol.ceremonies import rules
from city_diplomacy.registers.register import Register


class CeremonialRule(Register):
	"""What the city asks of requests of one kind, since when and by which rule."""

	def validate(self) -> None:
		rules.check_rule(self)
