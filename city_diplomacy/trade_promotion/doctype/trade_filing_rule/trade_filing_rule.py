from city_diplomacy.registers.register import Register
from city_diplomacy.trade_promotion import filing


class TradeFilingRule(Register):
	"""A dated rule on what an exporter files, and of which shipments it speaks."""

	def validate(self) -> None:
		filing.check_rule(self)
