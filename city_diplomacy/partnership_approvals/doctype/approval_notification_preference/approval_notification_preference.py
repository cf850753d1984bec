import frappe
from frappe import _

from city_diplomacy.partnership_approvals.notices import deliver, preferences
from city_diplomacy.registers.register import Register


class ApprovalNotificationPreference(Register):
	"""When one person wants to be told about approvals; their own record alone (`notices/preferences.py`)."""

	def before_insert(self) -> None:
		self.user = self.user or frappe.session.user
		if frappe.session.user not in ("Administrator", self.user):
			frappe.throw(_("Everybody chooses for themselves how they are told."), frappe.PermissionError)

	def validate(self) -> None:
		preferences.check_hour(self)

	def on_update(self) -> None:
		deliver.plan_anew(self.user)

	def on_trash(self) -> None:
		deliver.plan_anew(self.user)
