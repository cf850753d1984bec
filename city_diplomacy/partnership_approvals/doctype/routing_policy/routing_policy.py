import frappe
from frappe import _

from city_diplomacy.domain.policy.states import PolicyStatus
from city_diplomacy.partnership_approvals.arguments import Name, checked
from city_diplomacy.partnership_approvals.exceptions import ApprovalError
from city_diplomacy.partnership_approvals.policies import check, rules, tables, versions
from city_diplomacy.partnership_approvals.routing import conditions
from city_diplomacy.registers.readable import readable
from city_diplomacy.registers.register import Register


class RoutingPolicy(Register):
	"""One version of the rules by which a DocType is routed. Submitted, it never changes but for its status."""

	def before_insert(self) -> None:
		versions.set_version(self)
		self.status = PolicyStatus.DRAFT

	def validate(self) -> None:
		versions.set_rule_keys(self)
		versions.forget_expressions(self)
		versions.check_document_type(self)
		versions.check_status_is_draft(self)
		conditions.check(self)
		tables.check_escalation(self)
		rules.check_each(self)

	def before_submit(self) -> None:
		self.status = PolicyStatus.READY

	def on_submit(self) -> None:
		check.show_findings(self)

	def before_update_after_submit(self) -> None:
		super().before_update_after_submit()
		versions.check_status_change(self)
		versions.refuse_unsound(self)

	def on_update_after_submit(self) -> None:
		versions.retire_predecessor(self)

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
