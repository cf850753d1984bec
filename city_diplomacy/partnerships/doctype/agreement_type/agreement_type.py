import frappe
from frappe import _
from frappe.utils import cint

from city_diplomacy.registers.errors import RegisterError
from city_diplomacy.registers.register import Register

LONGEST_TERM = 1200
LONGEST_NOTICE = 3660
SHORTEST_MONTH = 28


class AgreementType(Register):
	"""What the city means by a kind of agreement, and the terms a new one starts with."""

	def validate(self) -> None:
		self.check_lengths()
		self.check_notice()

	def check_lengths(self) -> None:
		"""Raises RegisterError for lengths nobody agrees to, which are slips of the keyboard."""
		for fieldname, longest, unit in (
			("default_term_months", LONGEST_TERM, _("months")),
			("review_interval_months", LONGEST_TERM, _("months")),
			("notice_days", LONGEST_NOTICE, _("days")),
		):
			if cint(self.get(fieldname)) > longest:
				frappe.throw(
					_("{0} can be at most {1} {2}.").format(_(self.meta.get_label(fieldname)), longest, unit),
					RegisterError,
				)

	def check_notice(self) -> None:
		term_days = cint(self.default_term_months) * SHORTEST_MONTH
		if term_days and cint(self.notice_days) >= term_days:
			frappe.throw(
				_("Notice of {0} days is longer than the term of {1} months.").format(
					self.notice_days, self.default_term_months
				),
				RegisterError,
			)
