from city_diplomacy.diplomatic_protocol.guests import lists, seating
from city_diplomacy.registers.new_records import refuse_stored_as_new
from city_diplomacy.registers.register import Register


class GuestList(Register):
	"""Who is invited to a visit, a reception or an event."""

	def before_insert(self) -> None:
		refuse_stored_as_new(self)

	def validate(self) -> None:
		lists.settle_list(self)
		seating.check_tables(self)

	def on_update(self) -> None:
		lists.follow_occasion(self)
		seating.follow_tables(self)
