"""The checker of `domain.soundness` on this site: a policy with its Workflow, fields, departments and people.

The number of statements does not grow with the rules, departments or people.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import escape_html

from city_diplomacy.domain.route.routing import GUEST, Rule
from city_diplomacy.domain.soundness import check as soundness
from city_diplomacy.domain.soundness.model import (
	DocumentField,
	Finding,
	Organisation,
	Proposal,
	Transition,
	Workflow,
)
from city_diplomacy.partnership_approvals.exceptions import UnsoundPolicyError
from city_diplomacy.partnership_approvals.policies.findings import in_words
from city_diplomacy.partnership_approvals.routing import planning
from city_diplomacy.partnership_approvals.routing.routed_doctypes import declared_routings, routing_of
from city_diplomacy.partnership_approvals.routing.workflows import workflow_of

KINDS = {
	"Check": "check",
	"Currency": "number",
	"Date": "date",
	"Datetime": "date",
	"Float": "number",
	"Int": "number",
	"Link": "link",
	"Percent": "number",
	"Rating": "number",
	"Select": "select",
	"Table": "table",
	"Table MultiSelect": "table",
}


def findings_of(policy: str | Document) -> list[dict[str, Any]]:
	"""Everything wrong with a policy, worst first, in the reader's language: see `findings.in_words`.

	Raises ApprovalError when a rule of it cannot be read at all.
	"""
	return [in_words(finding) for finding in _findings(policy)]


def refuse_unsound(policy: Document) -> None:
	"""Raises UnsoundPolicyError, naming every error, unless the policy may be switched on; shows warnings.

	A fresh site is given an active policy before anybody there has an account. So while `setup.policies`
	seeds (a flag no client can send), what depends on who holds which office today is left out; an
	administrator who activates by hand is held to it.
	"""
	findings = _findings(policy)
	errors = [finding for finding in findings if finding.is_error]
	if policy.flags.seeding:
		if errors := [finding for finding in errors if not finding.about_people]:
			_refuse(policy, errors)
		return
	if errors:
		_refuse(policy, errors)
	_show(findings, _("Activated, with {0} to look at").format(len(findings)))


def show_findings(policy: Document) -> None:
	"""Tell whoever submits a policy what stands in the way of its activation."""
	if not policy.flags.seeding:
		findings = _findings(policy)
		_show(findings, _("The checker found {0}").format(len(findings)))


def show_findings_of_workflow(workflow: Document, method: str | None = None) -> None:
	"""Tell whoever saves the native Workflow of a routed DocType what no longer fits its active policy."""
	if workflow.document_type not in declared_routings():
		return
	policy = planning.find_active_policy(workflow.document_type)
	if policy:
		findings = _findings(policy)
		_show(findings, _("{0} and this Workflow: the checker found {1}").format(policy, len(findings)))


def proposal_of(policy: str | Document) -> Proposal:
	"""What the checker looks at: the policy with all it depends on, read from the site."""
	doc = frappe.get_doc("Routing Policy", policy) if isinstance(policy, str) else policy
	rules = dict(zip((row.idx for row in doc.rules), planning.rules_of(doc), strict=True))
	routing = routing_of(doc.document_type)
	return Proposal(
		rules=rules,
		workflow=_stored_workflow(doc.document_type),
		generated=as_workflow(workflow_of(routing)),
		fields=_fields_of(doc.document_type),
		organisation=_organisation(rules.values()),
		stage_states=routing.stage_states,
		requesters=routing.requesters,
		text_fields=(routing.files[0],) if routing.files else (),
		sponsor_field=routing.sponsor_field,
	)


def _findings(policy: str | Document) -> list[Finding]:
	return soundness.check(proposal_of(policy))


def _refuse(policy: Document, errors: list[Finding]) -> None:
	frappe.throw(
		_("{0} cannot be activated. Mend this first:").format(escape_html(policy.name)) + _as_list(errors),
		UnsoundPolicyError,
		title=_("Not sound"),
	)


def _show(findings: list[Finding], title: str) -> None:
	if findings:
		worst = "red" if findings[0].is_error else "orange"
		frappe.msgprint(_as_list(findings), title=title, indicator=worst)


def _as_list(findings: Iterable[Finding]) -> str:
	items = []
	for finding in map(in_words, findings):
		where = _("Rule {0}").format(finding["row"]) + ": " if finding["row"] else ""
		items.append(f"<li>{where}{escape_html(finding['problem'])} {escape_html(finding['mend'])}</li>")
	return f"<ul>{''.join(items)}</ul>"


def _stored_workflow(doctype: str) -> Workflow | None:
	named = frappe.get_all(
		"Workflow",
		filters={"document_type": doctype},
		order_by="is_active desc, modified desc",
		limit=1,
		pluck="name",
	)
	return as_workflow(frappe.get_doc("Workflow", named[0]).as_dict()) if named else None


def as_workflow(values: Mapping[str, Any]) -> Workflow:
	"""A Workflow for the checker, from the document on the site or from what is generated."""
	return Workflow(
		states={row["state"]: int(row["doc_status"]) > 0 for row in values["states"]},
		transitions=tuple(
			Transition(
				row["state"],
				row["action"],
				row["next_state"],
				row["allowed"],
				(row.get("condition") or "").strip(),
				bool(row.get("allow_self_approval")),
			)
			for row in values["transitions"]
		),
		state_field=values["workflow_state_field"],
		is_active=bool(values["is_active"]),
		sends_email=bool(values["send_email_alert"]),
	)


def _fields_of(doctype: str) -> dict[str, DocumentField]:
	fields = {}
	for df in frappe.get_meta(doctype).fields:
		kind = KINDS.get(df.fieldtype, "text")
		options: tuple[str, ...] = ()
		columns: frozenset[str] = frozenset()
		if kind == "select":
			options = tuple((df.options or "").split("\n"))
		elif kind == "link":
			options = (df.options,)
		elif kind == "table":
			columns = frozenset(row.fieldname for row in frappe.get_meta(df.options).fields)
		fields[df.fieldname] = DocumentField(df.fieldname, kind, options, columns, bool(df.reqd))
	return fields


def _organisation(rules: Iterable[Rule]) -> Organisation:
	rules = list(rules)
	departments = frappe.get_all(
		"Department",
		fields=["name", "department_head", "acting_head", "is_group", "disabled"],
		limit_page_length=0,
	)
	roles: dict[str, set[str]] = {}
	for row in _holders({rule.role for rule in rules if rule.role}):
		roles.setdefault(row.role, set()).add(row.name)
	named = {person for rule in rules for person in (rule.user, rule.fallback_user, rule.escalates_to)}
	named |= {person for row in departments for person in (row.department_head, row.acting_head)}
	people = {person for holders in roles.values() for person in holders} | _who_may_sign_in(named)
	return Organisation(
		people=frozenset(people),
		# Those a document would name; a rule may name any.
		departments=frozenset(row.name for row in departments if not row.is_group and not row.disabled),
		heads={row.name: row.department_head for row in departments if row.department_head},
		acting_heads={row.name: row.acting_head for row in departments if row.acting_head},
		roles={role: frozenset(holders) for role, holders in roles.items()},
	)


def _holders(roles: set[str]) -> list[Any]:
	"""Each role with the enabled people who have it; Administrator is nobody's seat."""
	if not roles:
		return []
	user, has_role = frappe.qb.DocType("User"), frappe.qb.DocType("Has Role")
	return (
		frappe.qb.from_(user)
		.join(has_role)
		.on((has_role.parent == user.name) & (has_role.parenttype == "User"))
		.select(user.name, has_role.role)
		.where(
			has_role.role.isin(sorted(roles))
			& (user.enabled == 1)
			& user.name.notin(("Administrator", GUEST))
		)
		.run(as_dict=True)
	)


def _who_may_sign_in(users: set[str | None]) -> set[str]:
	wanted = sorted(user for user in users if user and user not in ("Administrator", GUEST))
	if not wanted:
		return set()
	return set(
		frappe.get_all(
			"User", filters={"name": ["in", wanted], "enabled": 1}, pluck="name", limit_page_length=0
		)
	)
