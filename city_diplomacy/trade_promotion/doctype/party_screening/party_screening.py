import frappe
from frappe import _

from city_diplomacy.registers.new_records import refuse_stored_as_new
from city_diplomacy.registers.readable import refuse_hidden_link
from city_diplomacy.registers.register import Register, settle_values
from city_diplomacy.registers.said_of_others import SaidOfOthers
from city_diplomacy.trade_promotion.screening import explained, rescoring, screenings


class PartyScreening(SaidOfOthers, Register):
	"""A party compared with the lists in force, and what people decided about the candidates.

	A candidate is a lead, never a verdict. What was found elsewhere is entered as such.
	"""

	LEFT_OPEN = ("country",)

	def onload(self) -> None:
		self.set_onload("candidates", explained.candidates(self))

	def before_insert(self) -> None:
		refuse_stored_as_new(self)
		settle_values(self)
		if not self.flags.by_its_verbs:
			screenings.refuse_what_is_not_screened(self)
			refuse_hidden_link(self, "subject", self.subject_type)
			screenings.begin(self)

	def after_insert(self) -> None:
		screenings.supersede_others(self)
		rescoring.enqueue(self)

	def validate(self) -> None:
		screenings.refuse_by_hand(self)

	def on_trash(self) -> None:
		if self.decisions and frappe.session.user != "Administrator":
			frappe.throw(_("What was decided stays on record."), screenings.ScreeningError)


def on_doctype_update() -> None:
	frappe.db.add_index("Party Screening", ["subject_type", "subject", "method"])
	frappe.db.add_index("Party Screening", ["state", "screened_on"])
