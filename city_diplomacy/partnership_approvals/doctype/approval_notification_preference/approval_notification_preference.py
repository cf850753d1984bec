import frappe

from city_diplomacy.partnership_approvals import notice_choices, notice_delivery
from city_diplomacy.partnerships.register import Register


class ApprovalNotificationPreference(Register):
	"""When one person wants to be told about approvals; his own record alone (`notice_choices`)."""

	def before_insert(self) -> None:
		self.user = self.user or frappe.session.user

	def validate(self) -> None:
		notice_choices.settle_hours(self)

	def on_update(self) -> None:
		notice_delivery.plan_anew(self.user)

	def on_trash(self) -> None:
		notice_delivery.plan_anew(self.user)
