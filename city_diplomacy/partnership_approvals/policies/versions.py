"""The versions of a routing policy: numbered, switched on and off, one of them active for a DocType."""

import frappe
from frappe import _

from city_diplomacy.domain.policy.states import PolicyStatus
from city_diplomacy.partnership_approvals.exceptions import ApprovalError
from city_diplomacy.partnership_approvals.policies import check
from city_diplomacy.partnership_approvals.routing.routed_doctypes import is_routed, routed_here
from city_diplomacy.partnership_approvals.shapes import Policy
from city_diplomacy.registers.register import LONGEST_NAME

ALLOWED_CHANGES = {
	PolicyStatus.READY: {PolicyStatus.ACTIVE, PolicyStatus.RETIRED},
	PolicyStatus.ACTIVE: {PolicyStatus.RETIRED},
	PolicyStatus.RETIRED: {PolicyStatus.ACTIVE},
}


def set_version(policy: Policy) -> None:
	table = frappe.qb.DocType("Routing Policy")
	versions = (
		frappe.qb.from_(table)
		.select(table.version)
		.where((table.title == policy.title) & (table.document_type == policy.document_type))
		.run(pluck=True)
	)
	policy.version = max(versions, default=0) + 1
	# A draft that was given another title keeps the name it was made under.
	while frappe.db.exists("Routing Policy", f"{policy.title} v{policy.version}"):
		policy.version += 1
	if len(f"{policy.title} v{policy.version}") > LONGEST_NAME:
		frappe.throw(
			_("Title is too long; with its version it can have at most {0} characters.").format(LONGEST_NAME),
			ApprovalError,
		)


def set_rule_keys(policy: Policy) -> None:
	"""A rule keeps its key through new versions, so that a running round can be compared with it."""
	seen: set[str] = set()
	for row in policy.rules:
		if not row.rule_key or row.rule_key in seen:
			row.rule_key = frappe.generate_hash(length=10)
		seen.add(row.rule_key)


def forget_expressions(policy: Policy) -> None:
	"""A rule that names a condition needs no expression of an earlier version."""
	for row in policy.rules:
		if row.applies_when:
			row.condition = None


def check_document_type(policy: Policy) -> None:
	if not is_routed(policy.document_type):
		frappe.throw(
			_("{0} is not routed here. Choose one of: {1}.").format(
				_(policy.document_type), ", ".join(_(doctype) for doctype in routed_here())
			),
			ApprovalError,
		)


def check_status_is_draft(policy: Policy) -> None:
	if policy.docstatus.is_draft() and policy.status != PolicyStatus.DRAFT:
		frappe.throw(_("A policy is activated after it has been submitted."), ApprovalError)


def check_status_change(policy: Policy) -> None:
	before = policy.get_doc_before_save().status
	if policy.status != before and policy.status not in ALLOWED_CHANGES.get(before, ()):
		frappe.throw(
			_("A policy that is {0} cannot become {1}.").format(_(before), _(policy.status)), ApprovalError
		)


def refuse_unsound(policy: Policy) -> None:
	"""A policy is proved at the moment it is switched on, by whatever way."""
	if policy.status == PolicyStatus.ACTIVE and policy.get_doc_before_save().status != PolicyStatus.ACTIVE:
		check.refuse_unsound(policy)


def retire_predecessor(policy: Policy) -> None:
	"""One policy at a time is active for a DocType; agreements on their way keep the one they began with."""
	if policy.status != PolicyStatus.ACTIVE:
		return
	table = frappe.qb.DocType("Routing Policy")
	others = (
		frappe.qb.from_(table)
		.select(table.name)
		.where(
			(table.document_type == policy.document_type)
			& (table.status == PolicyStatus.ACTIVE)
			& (table.name != policy.name)
		)
		.for_update()
		.run(pluck=True)
	)
	for other in others:
		frappe.db.set_value("Routing Policy", other, "status", PolicyStatus.RETIRED)
