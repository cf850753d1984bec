from frappe.utils import cint

from city_diplomacy.registers.register import Register
from city_diplomacy.trade_promotion import boards, stages


class TradeStage(Register):
	"""A stage of the leads of one direction, and what a lead must say to be there."""

	def validate(self) -> None:
		stages.check_stage(self)
		stages.refuse_other_direction(self)

	def on_update(self) -> None:
		boards.follow_stage(self)
		before = self.get_doc_before_save()
		if before and cint(before.stale_after_days) != cint(self.stale_after_days):
			stages.refresh_stale(self.name, cint(self.stale_after_days))

	def after_rename(self, old: str, new: str, merge: bool = False) -> None:
		boards.follow_rename(old, new)

	def on_trash(self) -> None:
		boards.follow_stage(self, is_going=True)
