from city_diplomacy.registers.new_records import refuse_stored_as_new
from city_diplomacy.registers.register import Register
from city_diplomacy.trade_promotion import wins


class ExportWin(Register):
	"""What a company, an investor or a route won with the city's help, and what the company says of it."""

	def before_insert(self) -> None:
		refuse_stored_as_new(self)

	def validate(self) -> None:
		wins.settle_win(self)

	def on_trash(self) -> None:
		wins.refuse_deletion(self)
