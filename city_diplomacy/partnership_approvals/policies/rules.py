"""The rules of a routing policy, one by one: each must make sense by itself and on the DocType it asks about."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import cint

from city_diplomacy.partnership_approvals.exceptions import ApprovalError
from city_diplomacy.partnership_approvals.routing import planning
from city_diplomacy.partnership_approvals.routing.routed_doctypes import routing_of
from city_diplomacy.partnership_approvals.shapes import Policy, RuleRow


def check_each(policy: Policy) -> None:
	"""Each rule must make sense by itself and on the document type; errors name the row."""
	states = routing_of(policy.document_type).stage_states
	meta = frappe.get_meta(policy.document_type)
	for row in policy.rules:
		problem = _problem_with(policy, row, states, meta)
		if problem:
			frappe.throw(_("Rule {0} ({1}): {2}").format(row.idx, row.seat, problem), ApprovalError)
	planning.rules_of(policy)


def _problem_with(policy: Policy, row: RuleRow, states: tuple[str, ...], meta: Any) -> str | None:
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
		return _("asked of {0}, but {1} is empty.").format(
			_(row.asked_of), _(frappe.get_meta("Routing Rule").get_label(needed))
		)
	for fieldname in (
		row.table_field,
		row.user_field,
		*(row.watched_fields or "").replace(",", " ").split(),
	):
		if fieldname and not meta.has_field(fieldname):
			return _("{0} has no field {1}.").format(_(policy.document_type), fieldname)
	return None
