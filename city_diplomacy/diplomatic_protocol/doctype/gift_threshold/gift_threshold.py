from city_diplomacy.diplomatic_protocol.gifts import thresholds
from city_diplomacy.registers.register import Register


class GiftThreshold(Register):
	"""Above what a gift needs somebody else's approval, since when and by which rule."""

	def validate(self) -> None:
		thresholds.check_threshold(self)
