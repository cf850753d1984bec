import frappe
from frappe import _
from frappe.utils import cint

from city_diplomacy.partnership_approvals.notices import deliver, preferences
from city_diplomacy.partnerships.public_pages import home_page
from city_diplomacy.registers.errors import RegisterError
from city_diplomacy.registers.register import Register

LONGEST_LOOK_AHEAD_DAYS = 3660
LONGEST_BETWEEN_CHECKS_MONTHS = 120


class CityDiplomacySettings(Register):
	"""Which city this is, which functions it uses, and which offices answer for it."""

	def validate(self) -> None:
		self.fill_from_company()
		self.check_lengths()
		self.check_vacant_seat_user()
		preferences.check_hour(self)

	def on_update(self) -> None:
		if preferences.is_changed(self):
			deliver.plan_anew()
		home_page.forget_remembered()

	def fill_from_company(self) -> None:
		"""Take country and currency from the Company until somebody chooses others."""
		if not self.company:
			return
		company = (
			frappe.db.get_value("Company", self.company, ["country", "default_currency"], as_dict=True)
			or frappe._dict()
		)
		self.country = self.country or company.country
		self.default_currency = self.default_currency or company.default_currency

	def check_lengths(self) -> None:
		for fieldname, shortest, longest, unit in (
			("renewal_radar_days", 1, LONGEST_LOOK_AHEAD_DAYS, _("days")),
			("verify_every_months", 0, LONGEST_BETWEEN_CHECKS_MONTHS, _("months")),
			("trade_stale_after_days", 0, LONGEST_LOOK_AHEAD_DAYS, _("days")),
		):
			if not shortest <= cint(self.get(fieldname)) <= longest:
				frappe.throw(
					_("{0} must be from {1} to {2} {3}.").format(
						_(self.meta.get_label(fieldname)), shortest, longest, unit
					),
					RegisterError,
				)

	def check_vacant_seat_user(self) -> None:
		if self.vacant_seat_user and not frappe.db.get_value("User", self.vacant_seat_user, "enabled"):
			frappe.throw(
				_("{0} cannot answer for vacant seats, because the account is disabled.").format(
					self.vacant_seat_user
				),
				RegisterError,
			)
