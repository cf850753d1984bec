import frappe
from frappe import _
from frappe.utils import cstr, flt

from city_diplomacy.domain.names.similarity import search_key
from city_diplomacy.registers.record_money import settle_money
from city_diplomacy.registers.register import Register
from city_diplomacy.trade_promotion.exceptions import TradeLeadError
from city_diplomacy.trade_promotion.opportunities import may_convert, state_of_opportunity

ERPNEXT_LINKS = ("lead", "opportunity")
KEPT_IN_OPPORTUNITY = ("stage", "annual_value", "currency")
# Known in ERPNext as: the fields with the company's name, the first one filled in counts
COMPANY_NAME_FIELDS = {"Customer": ("customer_name",), "Lead": ("company_name", "lead_name")}


class TradeLead(Register):
	"""A company that may sell to, buy from or settle in a market.

	Once it has an ERPNext Opportunity, that one owns stage and amount and this record shows them.
	"""

	def onload(self) -> None:
		self.set_onload("may_convert", may_convert("Opportunity"))
		if self.opportunity:
			self.set_onload("opportunity", state_of_opportunity(self.opportunity))

	def validate(self) -> None:
		self.keep_erpnext_links()
		self.take_company_name()
		self.search_names = search_key([cstr(self.name), self.company_name])
		settle_money(self, "annual_value")
		self.keep_values_of_opportunity()

	def keep_erpnext_links(self) -> None:
		"""Lead and Opportunity are set when they are made, by `trade_promotion.opportunities`, and then stay.

		Raises TradeLeadError; flags never come from a client.
		"""
		if self.flags.making_erpnext_record:
			return
		stored = self.get_doc_before_save()
		for fieldname in ERPNEXT_LINKS:
			if cstr(self.get(fieldname)) != cstr(stored.get(fieldname) if stored else None):
				frappe.throw(
					_("{0} is set by the button that makes it, and not by hand.").format(
						_(self.meta.get_label(fieldname))
					),
					TradeLeadError,
				)

	def take_company_name(self) -> None:
		"""A company ERPNext knows brings its name along."""
		if not self.party_type:
			self.party = None
		self.company_name = " ".join(cstr(self.company_name).split())
		if self.company_name or not self.party:
			return
		columns = COMPANY_NAME_FIELDS.get(self.party_type, ())
		values = frappe.db.get_value(self.party_type, self.party, columns, as_dict=True) if columns else None
		self.company_name = next((values[column] for column in columns if values and values[column]), "")

	def keep_values_of_opportunity(self) -> None:
		"""Raises TradeLeadError when somebody edits here what the Opportunity owns."""
		stored = self.get_doc_before_save()
		if not self.opportunity or not stored or self.flags.making_erpnext_record:
			return
		changed = [
			fieldname
			for fieldname in KEPT_IN_OPPORTUNITY
			if (
				flt(self.get(fieldname)) != flt(stored.get(fieldname))
				if fieldname == "annual_value"
				else cstr(self.get(fieldname)) != cstr(stored.get(fieldname))
			)
		]
		if changed:
			frappe.throw(
				_("{0}: this is kept in the Opportunity {1}; change it there and it will show here.").format(
					", ".join(_(self.meta.get_label(fieldname)) for fieldname in changed), self.opportunity
				),
				TradeLeadError,
			)


def on_doctype_update() -> None:
	frappe.db.add_index("Trade Lead", ["stage", "market"])
