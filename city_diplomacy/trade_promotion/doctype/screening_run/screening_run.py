import frappe
from frappe import _

from city_diplomacy.registers.register import Register
from city_diplomacy.trade_promotion.exceptions import ScreeningError
from city_diplomacy.trade_promotion.screening import runs


class ScreeningRun(Register):
	"""How far everybody is screened again after a new version of a list; written by `runs` alone."""

	def onload(self) -> None:
		self.why = runs.why(self)

	def before_validate(self) -> None:
		frappe.throw(_("A run is written by the job that screens everybody again."), ScreeningError)
