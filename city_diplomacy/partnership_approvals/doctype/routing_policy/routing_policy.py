import frappe
from frappe import _
from frappe.utils import cint

from city_diplomacy.domain.policy.states import PolicyStatus
from city_diplomacy.partnership_approvals.arguments import Name, checked
from city_diplomacy.partnership_approvals.exceptions import ApprovalError
from city_diplomacy.partnership_approvals.policies import check, tables
from city_diplomacy.partnership_approvals.routing import conditions, planning
from city_diplomacy.partnership_approvals.routing.routed_doctypes import is_routed, routed_here, routing_of
from city_diplomacy.registers.readable import readable
from city_diplomacy.registers.register import LONGEST_NAME, Register

ALLOWED_CHANGES = {
	PolicyStatus.READY: {PolicyStatus.ACTIVE, PolicyStatus.RETIRED},
	PolicyStatus.ACTIVE: {PolicyStatus.RETIRED},
	PolicyStatus.RETIRED: {PolicyStatus.ACTIVE},
}


class RoutingPolicy(Register):
	"""One version of the rules by which a DocType is routed. Submitted, it never changes but for its status."""

	def before_insert(self) -> None:
		self.set_version()
		self.status = PolicyStatus.DRAFT

	def validate(self) -> None:
		self.set_rule_keys()
		self.forget_expressions()
		self.check_document_type()
		self.check_status_is_draft()
		conditions.check(self)
		tables.check_escalation(self)
		self.check_rules()

	def before_submit(self) -> None:
		self.status = PolicyStatus.READY

	def on_submit(self) -> None:
		check.show_findings(self)

	def before_update_after_submit(self) -> None:
		super().before_update_after_submit()
		self.check_status_change()
		self.refuse_unsound()

	def on_update_after_submit(self) -> None:
		self.retire_predecessor()

	def before_cancel(self) -> None:
		frappe.throw(
			_(
				"A policy agreements have been routed by is retired, not cancelled, so that their record stays whole."
			),
			ApprovalError,
		)

	def before_discard(self) -> None:
		self.before_cancel()

	def before_rename(self, old: str, new: str, merge: bool = False) -> None:
		frappe.throw(_("The ledger knows a policy by its name; make a new version instead."), ApprovalError)

	def set_version(self) -> None:
		table = frappe.qb.DocType("Routing Policy")
		versions = (
			frappe.qb.from_(table)
			.select(table.version)
			.where((table.title == self.title) & (table.document_type == self.document_type))
			.run(pluck=True)
		)
		self.version = max(versions, default=0) + 1
		# A draft that was given another title keeps the name it was made under.
		while frappe.db.exists("Routing Policy", f"{self.title} v{self.version}"):
			self.version += 1
		if len(f"{self.title} v{self.version}") > LONGEST_NAME:
			frappe.throw(
				_("Title is too long; with its version it can have at most {0} characters.").format(
					LONGEST_NAME
				),
				ApprovalError,
			)

	def set_rule_keys(self) -> None:
		"""A rule keeps its key through new versions, so that a running round can be compared with it."""
		seen: set[str] = set()
		for row in self.rules:
			if not row.rule_key or row.rule_key in seen:
				row.rule_key = frappe.generate_hash(length=10)
			seen.add(row.rule_key)

	def forget_expressions(self) -> None:
		"""A rule that names a condition needs no expression of an earlier version."""
		for row in self.rules:
			if row.applies_when:
				row.condition = None

	def check_document_type(self) -> None:
		if not is_routed(self.document_type):
			frappe.throw(
				_("{0} is not routed here. Choose one of: {1}.").format(
					_(self.document_type), ", ".join(_(doctype) for doctype in routed_here())
				),
				ApprovalError,
			)

	def check_status_is_draft(self) -> None:
		if self.docstatus.is_draft() and self.status != PolicyStatus.DRAFT:
			frappe.throw(_("A policy is activated after it has been submitted."), ApprovalError)

	def check_rules(self) -> None:
		"""Each rule must make sense by itself and on the document type; errors name the row."""
		states = routing_of(self.document_type).stage_states
		meta = frappe.get_meta(self.document_type)
		for row in self.rules:
			problem = self.problem_with(row, states, meta)
			if problem:
				frappe.throw(_("Rule {0} ({1}): {2}").format(row.idx, row.seat, problem), ApprovalError)
		planning.rules_of(self)

	def problem_with(self, row, states: tuple[str, ...], meta) -> str | None:
		"""What is wrong with one rule, in a sentence; None when nothing is."""
		if row.workflow_state not in states:
			return _("{0} cannot be the state of a stage; choose one of {1}.").format(
				row.workflow_state, ", ".join(states)
			)
		if cint(row.stage) < 1:
			return _("stages are numbered from 1.")
		needed = {
			"Department Head": "department",
			"Department in Settings": "settings_field",
			"Departments of the Document": "table_field",
			"User Field": "user_field",
			"User": "user",
			"Role": "role",
		}.get(row.asked_of)
		if not needed:
			return _("{0} is not a way to find who is asked.").format(row.asked_of)
		if not row.get(needed):
			return _("asked of {0}, but {1} is empty.").format(_(row.asked_of), _(row.meta.get_label(needed)))
		for fieldname in (
			row.table_field,
			row.user_field,
			*(row.watched_fields or "").replace(",", " ").split(),
		):
			if fieldname and not meta.has_field(fieldname):
				return _("{0} has no field {1}.").format(_(self.document_type), fieldname)
		return None

	def check_status_change(self) -> None:
		before = self.get_doc_before_save().status
		if self.status != before and self.status not in ALLOWED_CHANGES.get(before, ()):
			frappe.throw(
				_("A policy that is {0} cannot become {1}.").format(_(before), _(self.status)), ApprovalError
			)

	def refuse_unsound(self) -> None:
		"""A policy is proved at the moment it is switched on, by whatever way."""
		if self.status == PolicyStatus.ACTIVE and self.get_doc_before_save().status != PolicyStatus.ACTIVE:
			check.refuse_unsound(self)

	def retire_predecessor(self) -> None:
		"""One policy at a time is active for a DocType; agreements on their way keep the one they began with."""
		if self.status != PolicyStatus.ACTIVE:
			return
		table = frappe.qb.DocType("Routing Policy")
		others = (
			frappe.qb.from_(table)
			.select(table.name)
			.where(
				(table.document_type == self.document_type)
				& (table.status == PolicyStatus.ACTIVE)
				& (table.name != self.name)
			)
			.for_update()
			.run(pluck=True)
		)
		for other in others:
			frappe.db.set_value("Routing Policy", other, "status", PolicyStatus.RETIRED)


@frappe.whitelist(methods=["POST"])
@checked
def activate(policy: Name) -> dict[str, str]:
	"""Route new agreements by this policy from now on; the one that was active is retired."""
	doc = readable("Routing Policy", policy, "submit")
	doc.status = PolicyStatus.ACTIVE
	doc.save()
	return {"name": doc.name, "status": doc.status}


@frappe.whitelist(methods=["POST"])
@checked
def new_version(policy: Name) -> dict[str, str]:
	"""Copy a policy into a draft of its next version."""
	doc = readable("Routing Policy", policy)
	copy = frappe.copy_doc(doc)
	copy.docstatus = 0
	copy.insert()
	return {"name": copy.name, "status": copy.status}
