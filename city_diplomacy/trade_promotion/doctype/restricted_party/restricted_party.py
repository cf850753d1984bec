import frappe
from frappe import _

from city_diplomacy.registers.register import Register
from city_diplomacy.trade_promotion.exceptions import ScreeningError


class RestrictedParty(Register):
	"""An entry of a list, written by the import of it alone."""

	def before_validate(self) -> None:
		self.refuse_by_hand()

	def on_trash(self) -> None:
		self.refuse_by_hand()

	def refuse_by_hand(self) -> None:
		"""Raises ScreeningError: screenings rest on what the list said."""
		frappe.throw(_("Entries of a list change when a new version of it is imported."), ScreeningError)


def on_doctype_update() -> None:
	frappe.db.add_index("Restricted Party", ["restricted_party_list", "removed_on"])
