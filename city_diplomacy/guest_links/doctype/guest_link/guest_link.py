import frappe
from frappe import _

from city_diplomacy.guest_links import proposals
from city_diplomacy.partnership_approvals.engine_record import EngineRecord
from city_diplomacy.partnership_approvals.exceptions import EngineRecordError


class GuestLink(EngineRecord):
	"""One link to one form, sent to one person; written by the mechanism alone and read by the office."""

	def onload(self) -> None:
		"""Whoever decides on corrections sees beside each what the record says now."""
		self.set_onload("holds_now", proposals.holds_now(self, [row.field for row in self.answers]))

	def refuse(self) -> None:
		"""Raises EngineRecordError, whoever asks."""
		frappe.throw(
			_("Links are sent, sent again and revoked on the record they are about, and not changed here."),
			EngineRecordError,
		)


def on_doctype_update() -> None:
	frappe.db.add_index("Guest Link", ["reference_doctype", "reference_name", "purpose"])
	frappe.db.add_index("Guest Link", ["status", "next_mail_on"])
