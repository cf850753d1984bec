import frappe
from frappe import _
from frappe.utils import cstr, formatdate

from city_diplomacy.domain.partnerships.commitments import OPEN, CommitmentStatus, day_to_ask
from city_diplomacy.domain.record.content import changed_fields
from city_diplomacy.partnership_approvals.people.names import department_name
from city_diplomacy.partnerships.commitments.partners import PARTNERS, settle_partner
from city_diplomacy.partnerships.commitments.todos import keep_todo_in_step, responsible_person
from city_diplomacy.partnerships.exceptions import AnswerOnlyError, CommitmentError
from city_diplomacy.registers.new_records import refuse_stored_as_new
from city_diplomacy.registers.readable import refuse_hidden_link
from city_diplomacy.registers.record_dates import date_of, refuse_future, today
from city_diplomacy.registers.register import Register
from city_diplomacy.registers.web_addresses import check_web_address

SOURCES = (
	"MOU",
	"Partner Engagement",
	"Network Membership",
	"Event",
	"Partner City",
	"Partner Organisation",
)
# owed by: the fields that name who owes it
OWING_FIELDS = {
	"Department": ("department",),
	"Person": ("user",),
	"Counterpart": ("counterpart_type", "counterpart"),
}
# What somebody may change who keeps promises but does not make them.
ANSWER_FIELDS = frozenset({"status", "completed_on", "result", "evidence"})


class PartnershipCommitment(Register):
	"""One promise, ours or theirs, wherever it was made, with what came of it."""

	def before_insert(self) -> None:
		refuse_stored_as_new(self)

	def validate(self) -> None:
		self.keep_own_todo()
		self.keep_promise_from_answerers()
		self.check_source()
		settle_partner(self)
		self.settle_who_owes_it()
		self.set_ask_on()
		self.check_evidence()
		self.settle_completion()

	def on_update(self) -> None:
		keep_todo_in_step(self)
		self.tell_if_nobody_is_asked()

	def keep_own_todo(self) -> None:
		"""The stored To Do counts: through another one a client could change somebody else's."""
		before = self.get_doc_before_save()
		self.todo = before.todo if before else None

	def keep_promise_from_answerers(self) -> None:
		"""Who may not make commitments may report on their own, and change nothing else.

		Raises AnswerOnlyError naming the fields.
		"""
		before = self.get_doc_before_save()
		if not before or self.flags.ignore_permissions or frappe.has_permission(self.doctype, "create"):
			return
		kept = [
			df.fieldname for df in self.meta.fields if df.fieldname not in ANSWER_FIELDS and not df.read_only
		]
		changed = changed_fields(
			{field: before.get(field) for field in kept}, {field: self.get(field) for field in kept}
		)
		if changed:
			frappe.throw(
				_(
					"You can report on this commitment, but not change it: {0}. Ask the international office."
				).format(", ".join(_(self.meta.get_label(field)) for field in changed)),
				AnswerOnlyError,
			)

	def settle_who_owes_it(self) -> None:
		"""Exactly one names who owes it; what belongs to another choice is cleared."""
		for owed_by, fieldnames in OWING_FIELDS.items():
			for fieldname in fieldnames:
				if owed_by != self.owed_by:
					self.set(fieldname, None)
				elif not self.get(fieldname):
					frappe.throw(
						_("Say who owes it: {0} is empty.").format(_(self.meta.get_label(fieldname))),
						CommitmentError,
					)
		if self.counterpart and self.counterpart_type not in PARTNERS:
			frappe.throw(
				_("A counterpart is one of {0}.").format(", ".join(_(kind) for kind in PARTNERS)),
				CommitmentError,
			)

	def check_source(self) -> None:
		"""Raises CommitmentError for a record no promise comes from, LinkValidationError for one the person may not see."""
		if not self.source_name:
			self.source_doctype = None
			return
		if self.source_doctype not in SOURCES:
			frappe.throw(
				_("A commitment is made in one of {0}.").format(", ".join(_(kind) for kind in SOURCES)),
				CommitmentError,
			)
		before = self.get_doc_before_save()
		same = before and (before.source_doctype, before.source_name) == (
			self.source_doctype,
			self.source_name,
		)
		if same or self.flags.ignore_permissions:
			return
		refuse_hidden_link(self, "source_name", self.source_doctype)

	def set_ask_on(self) -> None:
		"""The counterpart is asked two weeks before the day, at the earliest today."""
		if self.owed_by != "Counterpart":
			self.ask_on = None
			return
		due, ask = date_of(self, "due_date"), date_of(self, "ask_on")
		if due and not ask:
			self.ask_on = day_to_ask(due, today())
		elif due and ask > due:
			frappe.throw(
				_(
					"The counterpart would be asked on {0}, after it is due on {1}; choose an earlier day."
				).format(formatdate(ask), formatdate(due)),
				CommitmentError,
			)

	def check_evidence(self) -> None:
		for row in self.evidence:
			check_web_address(row, "link")
			if not (row.file or row.link):
				frappe.throw(
					_("Row {0}: attach a file or enter a web address as evidence.").format(row.idx),
					CommitmentError,
				)

	def settle_completion(self) -> None:
		"""Done needs a day and something to show for it. Raises CommitmentError otherwise."""
		if self.status != CommitmentStatus.DONE:
			self.completed_on = None
			return
		if not cstr(self.result).strip() and not self.evidence:
			frappe.throw(
				_("Say what the result is, or add a piece of evidence, before marking it as done."),
				CommitmentError,
			)
		self.completed_on = self.completed_on or today()
		refuse_future(self, "completed_on")

	def tell_if_nobody_is_asked(self) -> None:
		"""A promise of a department nobody speaks for would be forgotten in silence."""
		owed_in_house = self.owed_by == "Department" and self.status in OPEN
		if owed_in_house and not responsible_person(self):
			frappe.msgprint(
				_(
					"Nobody is told of this commitment: {0} has no head, acting head or partnership liaison with an account."
				).format(department_name(self.department)),
				title=_("Nobody to Ask"),
				indicator="orange",
			)


def on_doctype_update() -> None:
	frappe.db.add_index("Partnership Commitment", ["status", "due_date"])
	frappe.db.add_index("Partnership Commitment", ["source_doctype", "source_name"])
	frappe.db.add_index("Partnership Commitment", ["counterpart_type", "counterpart"])
	frappe.db.add_index("Partnership Commitment", ["partner_type", "partner", "status"])
