import frappe

from city_diplomacy.partnership_approvals.engine_record import EngineRecord
from city_diplomacy.partnership_approvals.notices import letters
from city_diplomacy.partnership_approvals.records import disposal


class ApprovalNotice(EngineRecord):
	"""One thing one person is told about one matter; what waits is merged into messages when it is delivered."""

	def onload(self) -> None:
		"""Whoever looks at it reads it in their own language, as its reader does in theirs."""
		self.changed = ", ".join(letters.changed_fields(self))
		if self.kind == "Moved":
			self.what = letters.how_it_moved(self)

	@staticmethod
	def clear_old_logs(days: int = 180) -> None:
		"""Called by Frappe's Log Settings every day."""
		disposal.clear_notices(days)


def on_doctype_update() -> None:
	frappe.db.add_index("Approval Notice", ["status", "deliver_after"])
	frappe.db.add_index("Approval Notice", ["for_user", "status"])
	frappe.db.add_index("Approval Notice", ["reference_doctype", "reference_name"])
