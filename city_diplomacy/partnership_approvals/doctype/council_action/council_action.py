import frappe
from frappe import _

from city_diplomacy.partnership_approvals.council import action, minutes
from city_diplomacy.partnership_approvals.exceptions import CouncilActionError
from city_diplomacy.registers.new_records import refuse_stored_as_new
from city_diplomacy.registers.register import Register


class CouncilAction(Register):
	"""What the council did with a routed document in one meeting, entered by its clerk.

	A draft is a preparation; submitting answers the council's seat (see `action.py`), and then it stays.
	"""

	def before_insert(self) -> None:
		refuse_stored_as_new(self)
		# The document and its route are locked before this record has a name, as everywhere in the engine.
		action.lock_seat(self.clearance)

	def validate(self) -> None:
		self.set_document_from_clearance()
		minutes.settle(self)
		minutes.check(self)

	def before_submit(self) -> None:
		minutes.check_complete(self)

	def on_submit(self) -> None:
		action.act(self)

	def before_cancel(self) -> None:
		frappe.throw(
			_("What the council did stays on record. When it comes back to a matter, record that as well."),
			CouncilActionError,
		)

	def before_rename(self, old: str, new: str, merge: bool = False) -> None:
		frappe.throw(_("The ledger knows this record by its name; it keeps it."), CouncilActionError)

	def set_document_from_clearance(self) -> None:
		"""The document is the one the clearance asks about, whatever a client sent along."""
		about = frappe.db.get_value(
			"Approval Clearance", self.clearance, ["reference_doctype", "reference_name"], as_dict=True
		)
		self.reference_doctype, self.reference_name = about.reference_doctype, about.reference_name
		self.title = frappe.get_doc(about.reference_doctype, about.reference_name).get_title()


def on_doctype_update() -> None:
	frappe.db.add_index("Council Action", ["file_number", "council_meeting_date"])
