"""What the tables of a routing policy can name, and its steps of escalation."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import cint

from city_diplomacy.domain.policy.conditions import operators_for
from city_diplomacy.domain.route.escalation import Action, To
from city_diplomacy.partnership_approvals.exceptions import ApprovalError
from city_diplomacy.partnership_approvals.routing.conditions import field_kinds
from city_diplomacy.partnership_approvals.routing.routed_doctypes import NOT_CONTENT, routing_of
from city_diplomacy.partnership_approvals.shapes import Field

MAY_TAKE_OVER = (To.ACTING_HEAD, To.DEPARTMENT_LIAISON, To.ESCALATION_CONTACT)


def choices(doctype: str) -> dict[str, Any]:
	"""What the rules and conditions of a policy on `doctype` can name.

	{"states": of a stage, "department_tables", "user_fields" and "watched_fields": [{"value", "label"}],
	"fields" a condition can ask about: [{"value", "label", "kind", "operators"}]}. Raises ApprovalError for a
	DocType that is not routed.
	"""
	routing, meta = routing_of(doctype), frappe.get_meta(doctype)
	kinds = field_kinds(doctype)
	watched = [
		df
		for df in meta.fields
		if df.fieldtype not in NOT_CONTENT
		and not df.read_only
		and not routing.is_open(df.fieldname)
		and df.fieldname not in routing.signature_fields
	]
	tables = [df for df in meta.get_table_fields() if _names_departments(df.options)]
	people = [df for df in meta.fields if df.fieldtype == "Link" and df.options == "User"]
	return {
		"states": list(routing.stage_states),
		"department_tables": [_choice(df) for df in tables],
		"user_fields": [_choice(df) for df in people],
		"watched_fields": [_choice(df) for df in watched],
		"fields": [
			{
				"value": field,
				"label": _label(meta, field),
				"kind": kind,
				"operators": list(operators_for(kind, in_table="." in field)),
			}
			for field, kind in kinds.items()
		],
	}


def _choice(df: Field) -> dict[str, str]:
	return {"value": df.fieldname, "label": _(df.label or df.fieldname)}


def _names_departments(child: str) -> bool:
	field = frappe.get_meta(child).get_field("department")
	return bool(field) and field.options == "Department"


def _label(meta: Any, field: str) -> str:
	"""What people read: the field's label, for a column of a table "Table: Column"."""
	table, _dot, column = field.rpartition(".")
	if not table:
		return _choice(meta.get_field(field))["label"]
	of_column = _choice(frappe.get_meta(meta.get_field(table).options).get_field(column))
	return f"{_choice(meta.get_field(table))['label']}: {of_column['label']}"


def check_escalation(policy: Any) -> None:
	"""Raise ApprovalError naming a step that hands over to somebody who cannot decide, or comes twice."""
	seen: set[tuple[int, str, str]] = set()
	for step in policy.escalation:
		if step.action == Action.HAND_OVER and step.to not in MAY_TAKE_OVER:
			frappe.throw(
				_("Escalation {0}: a question can be handed over to {1} only.").format(
					step.idx, ", ".join(_(person) for person in MAY_TAKE_OVER)
				),
				ApprovalError,
			)
		key = (cint(step.days), step.action, step.to)
		if key in seen:
			frappe.throw(
				_("Escalation {0}: the same step is already in the table.").format(step.idx), ApprovalError
			)
		seen.add(key)
	policy.escalation.sort(key=lambda step: cint(step.days))
	for index, step in enumerate(policy.escalation, start=1):
		step.idx = index
