from city_diplomacy.diplomatic_protocol import settings
from city_diplomacy.registers.register import Register


class ProtocolSettings(Register):
	"""The city's own ways of protocol."""

	def validate(self) -> None:
		settings.check_settings(self)
