import frappe
from frappe import _
from frappe.utils import cstr

from city_diplomacy.partnership_approvals.people.names import department_name
from city_diplomacy.partnership_approvals.routing.routed_document import RoutedDocument
from city_diplomacy.partnerships.agreements import (
	disclosure,
	names,
	parties,
	relations,
	signature_days,
	terms,
	texts,
)
from city_diplomacy.partnerships.exceptions import (
	AgreementError,
	ExistingAgreementError,
	IntakeNotCompleteError,
	NotReadyForIntakeError,
)
from city_diplomacy.registers.dynamic_uses import refuse_deletion_while_used
from city_diplomacy.registers.new_records import refuse_stored_as_new
from city_diplomacy.registers.record_money import settle_money

EXISTING_MARKS = ("existing_agreement", "source_file", "existing_reason")
INTAKE_CHECKS = ("duplicates_checked", "tier_checked", "jurisdiction_checked")


class MOU(RoutedDocument):
	"""An agreement of the city with others: a memorandum, a sister-city agreement, a charter.

	Its state moves through the approval engine, which is bound to it in `hooks.py`; here is what an
	agreement can say.
	"""

	def before_insert(self) -> None:
		refuse_stored_as_new(self)

	def validate(self) -> None:
		self.keep_existing_marks()
		self.keep_what_signing_set()
		self.title = " ".join(cstr(self.title).split())
		terms.take_terms_of_type(self)
		parties.settle_parties(self)
		names.set_search_names(self)
		self.refuse_repeated_departments()
		settle_money(self, "financial_value")
		texts.settle_texts(self)
		relations.check_relations(self)
		self.settle_calendar()
		self.check_disclosure()
		signature_days.refuse_before_signature(self)

	def on_update(self) -> None:
		texts.attach_new_texts(self)

	def before_update_after_submit(self) -> None:
		super().before_update_after_submit()
		self.keep_existing_marks()
		self.keep_what_signing_set()
		self.settle_calendar()
		self.check_disclosure()

	def on_trash(self) -> None:
		refuse_deletion_while_used(self)

	def settle_calendar(self) -> None:
		terms.check_lengths(self)
		terms.settle_signature_date(self)
		terms.set_calendar(self)
		terms.check_date_order(self)

	def check_disclosure(self) -> None:
		disclosure.check_readers(self)
		disclosure.check_publication(self)

	def keep_existing_marks(self) -> None:
		"""Only `existing.record_existing` marks an agreement as signed before the system, and only once.

		Raises ExistingAgreementError when the marks differ from the stored ones; flags never come from a client.
		"""
		stored = self.get_doc_before_save()
		if not stored and self.flags.recording_existing:
			return
		for fieldname in EXISTING_MARKS:
			if cstr(self.get(fieldname) or "") != cstr((stored.get(fieldname) if stored else "") or ""):
				frappe.throw(
					_(
						"{0} is set when a manager records an existing agreement, and not changed afterwards."
					).format(_(self.meta.get_label(fieldname))),
					ExistingAgreementError,
				)

	def keep_what_signing_set(self) -> None:
		"""The signed copy of an agreement in force, and its successor, stay as stored; no form edits them."""
		stored = self.get_doc_before_save()
		self.superseded_by = stored.superseded_by if stored else None
		self.search_names = stored.search_names if stored else None
		if stored and stored.docstatus.is_submitted():
			self.signed_copy = stored.signed_copy

	def refuse_repeated_departments(self) -> None:
		"""A department named twice would be asked twice."""
		seen = set()
		for row in self.departments:
			if row.department in seen:
				frappe.throw(
					_("Row {0}: {1} is named already; each department is asked once.").format(
						row.idx, department_name(row.department)
					),
					AgreementError,
				)
			seen.add(row.department)

	def check_ready_for_intake(self) -> None:
		"""What the office needs before it takes a draft in, all in one message. Called by the engine.

		Raises NotReadyForIntakeError.
		"""
		missing = [
			_("Name at least one party on the side “{0}”.").format(_(side))
			for side in parties.missing_sides(self)
		]
		if not cstr(self.purpose).strip():
			missing.append(_("Say in one paragraph what the agreement is for."))
		if not self.sponsor:
			missing.append(_("Name the sponsor who answers questions about it."))
		elif not frappe.db.get_value("User", self.sponsor, "enabled"):
			missing.append(
				_("The account of the sponsor {0} is disabled; name somebody else.").format(self.sponsor)
			)
		if missing:
			frappe.throw("<br>".join(missing), NotReadyForIntakeError)

	def check_intake_complete(self) -> None:
		"""The office's own checklist and the text, before anybody else is asked. Called by the engine.

		Raises IntakeNotCompleteError with everything that is missing.
		"""
		if missing := self.missing_for_clearance():
			frappe.throw("<br>".join(missing), IntakeNotCompleteError)

	def missing_for_clearance(self) -> list[str]:
		"""A sentence for each thing without which nobody else is asked."""
		missing = []
		if unchecked := [check for check in INTAKE_CHECKS if not self.get(check)]:
			missing.append(
				_("Intake is not complete. Still to be checked: {0}.").format(
					"; ".join(_(self.meta.get_label(check)) for check in unchecked)
				)
			)
		if no_text := texts.missing_text(self):
			missing.append(no_text)
		asked = (frappe.get_attr(path)(self) for path in frappe.get_hooks("agreement_intake"))
		return missing + [sentence for sentences in asked for sentence in sentences]


def on_doctype_update() -> None:
	frappe.db.add_index("MOU", ["workflow_state", "expiry_date"])
	frappe.db.add_index("MOU", ["workflow_state", "next_review_date"])
	frappe.db.add_index("MOU", ["publish", "workflow_state"])
	# Answers by itself how many agreements are public, and of which types.
	public = ["publish", "confidential", "docstatus", "workflow_state", "agreement_type"]
	frappe.db.add_index("MOU", public, index_name="published_index")
	frappe.db.add_index("MOU", ["owner", "modified"])
