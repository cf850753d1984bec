import frappe

from city_diplomacy.registers.new_records import refuse_stored_as_new
from city_diplomacy.registers.register import Register
from city_diplomacy.trade_promotion import filing, leads, stages
from city_diplomacy.trade_promotion.opportunities import may_convert, state_of_opportunity


class TradeLead(Register):
	"""A company that may sell to, settle in or bring visitors from a market.

	Once it has an ERPNext Opportunity, that one owns stage and amount and this record shows them.
	"""

	def onload(self) -> None:
		self.set_onload("may_convert", may_convert("Opportunity"))
		self.set_onload("filing_hints", filing.hints_for(self))
		if self.opportunity:
			self.set_onload("opportunity", state_of_opportunity(self.opportunity))

	def before_insert(self) -> None:
		refuse_stored_as_new(self)

	def validate(self) -> None:
		leads.keep_erpnext_links(self)
		leads.check_source(self)
		leads.take_company_name(self)
		leads.keep_values_of_opportunity(self)
		leads.check_status(self)
		leads.settle_figures(self)
		leads.settle_codes(self)
		leads.check_rows(self)
		leads.settle_confidentiality(self)
		stages.settle_stage(self)


def on_doctype_update() -> None:
	frappe.db.add_index("Trade Lead", ["stage", "market"])
	frappe.db.add_index("Trade Lead", ["status", "direction"])
	frappe.db.add_index("Trade Lead", ["market", "hs_chapter", "status"])
