from city_diplomacy.diplomatic_protocol.gifts import entry, gifts
from city_diplomacy.registers.new_records import refuse_stored_as_new
from city_diplomacy.registers.register import Register
from city_diplomacy.registers.said_of_others import SaidOfOthers


class OfficialGift(SaidOfOthers, Register):
	"""A gift the city received or gave."""

	LEFT_OPEN = ("country",)

	def before_insert(self) -> None:
		refuse_stored_as_new(self)

	def validate(self) -> None:
		gifts.settle_gift(self)

	def on_update(self) -> None:
		entry.tell_who_decides(self)
