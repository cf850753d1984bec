import frappe
from frappe import _

from city_diplomacy.domain.rehearsal.runs import LIVE
from city_diplomacy.partnership_approvals.engine_record import EngineRecord
from city_diplomacy.partnership_approvals.exceptions import RehearsalError
from city_diplomacy.partnership_approvals.policies import rehearsals
from city_diplomacy.registers.sentences import in_words


class PolicyRehearsal(EngineRecord):
	"""One run of a policy in the shadow, written by `rehearsals` alone; what it found goes with it."""

	def onload(self) -> None:
		self.why_ended = in_words(self.why_ended)

	def on_trash(self) -> None:
		if self.status in LIVE and not rehearsals.is_silent(self):
			frappe.throw(_("Stop this rehearsal before it is deleted."), RehearsalError)
		frappe.db.delete(rehearsals.ROW, {"rehearsal": self.name})
