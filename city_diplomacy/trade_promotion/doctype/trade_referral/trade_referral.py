from city_diplomacy.registers.new_records import refuse_stored_as_new
from city_diplomacy.registers.register import Register
from city_diplomacy.trade_promotion import referrals


class TradeReferral(Register):
	"""A company sent to somebody else who can help, and what came of it."""

	def before_insert(self) -> None:
		refuse_stored_as_new(self)

	def validate(self) -> None:
		referrals.settle_referral(self)
