import frappe
from frappe.utils import cstr

from city_diplomacy.partnership_approvals.routing.routed_document import RoutedDocument
from city_diplomacy.partnerships.agreements import (
	departments,
	disclosure,
	existing,
	intake,
	names,
	parties,
	relations,
	signature_days,
	signed_changes,
	terms,
	texts,
)
from city_diplomacy.registers.dynamic_uses import refuse_deletion_while_used
from city_diplomacy.registers.new_records import refuse_stored_as_new
from city_diplomacy.registers.record_money import settle_money


class MOU(RoutedDocument):
	"""An agreement of the city with others: a memorandum, a sister-city agreement, a charter.

	Its state moves through the approval engine, which is bound to it in `hooks.py`; here is what an
	agreement can say.
	"""

	def before_insert(self) -> None:
		refuse_stored_as_new(self)

	def validate(self) -> None:
		existing.keep_marks(self)
		signed_changes.keep_what_signing_set(self)
		self.title = " ".join(cstr(self.title).split())
		terms.take_terms_of_type(self)
		parties.settle_parties(self)
		names.set_search_names(self)
		departments.refuse_repeated(self)
		settle_money(self, "financial_value")
		texts.settle_texts(self)
		relations.check_relations(self)
		terms.settle_calendar(self)
		self.check_disclosure()
		signature_days.refuse_before_signature(self)

	def on_update(self) -> None:
		texts.attach_new_texts(self)

	def before_update_after_submit(self) -> None:
		super().before_update_after_submit()
		existing.keep_marks(self)
		signed_changes.keep_what_signing_set(self)
		terms.settle_calendar(self)
		self.check_disclosure()

	def on_trash(self) -> None:
		refuse_deletion_while_used(self)

	def check_disclosure(self) -> None:
		disclosure.check_readers(self)
		disclosure.check_publication(self)

	def check_ready_for_intake(self) -> None:
		"""Called by the engine. Raises NotReadyForIntakeError."""
		intake.check_ready_for_intake(self)

	def check_intake_complete(self) -> None:
		"""Called by the engine. Raises IntakeNotCompleteError."""
		intake.check_intake_complete(self)

	def missing_for_clearance(self) -> list[str]:
		"""A sentence for each thing without which nobody else is asked."""
		return intake.missing_for_clearance(self)


def on_doctype_update() -> None:
	frappe.db.add_index("MOU", ["workflow_state", "expiry_date"])
	frappe.db.add_index("MOU", ["workflow_state", "next_review_date"])
	frappe.db.add_index("MOU", ["publish", "workflow_state"])
	# Answers by itself how many agreements are public, and of which types.
	public = ["publish", "confidential", "docstatus", "workflow_state", "agreement_type"]
	frappe.db.add_index("MOU", public, index_name="published_index")
	frappe.db.add_index("MOU", ["owner", "modified"])
