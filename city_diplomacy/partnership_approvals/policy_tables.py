"""What a routing policy says in tables: its conditions, and its steps of escalation."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import cint

from city_diplomacy.domain.condition_tables import (
	KIND_OF_FIELDTYPE,
	TABLE,
	Clause,
	ConditionTableError,
	expression_of,
)
from city_diplomacy.partnership_approvals.exceptions import ApprovalError

HAND_OVER = "Hand Over"
MAY_TAKE_OVER = ("Acting Head", "Department Liaison", "Escalation Contact")


def field_kinds(doctype: str) -> dict[str, str]:
	"""Each field a condition on `doctype` can ask about, "table.field" for columns, with its kind."""
	kinds: dict[str, str] = {}
	for df in frappe.get_meta(doctype).fields:
		kind = KIND_OF_FIELDTYPE.get(df.fieldtype)
		if not kind:
			continue
		kinds[df.fieldname] = kind
		if kind == TABLE:
			for column in frappe.get_meta(df.options).fields:
				kind_of_column = KIND_OF_FIELDTYPE.get(column.fieldtype)
				if kind_of_column and kind_of_column != TABLE:
					kinds[f"{df.fieldname}.{column.fieldname}"] = kind_of_column
	return kinds


def write_expressions(policy: Any) -> None:
	"""Write the expression of each rule that applies when a condition of the table holds.

	Raises ApprovalError naming the condition and the row, or the rule that refers to a missing condition.
	"""
	kinds = field_kinds(policy.document_type)
	rows_of: dict[str, list[Any]] = {}
	for row in policy.conditions:
		rows_of.setdefault(row.condition_name.strip(), []).append(row)
	expressions = {name: _expression(name, rows, kinds) for name, rows in rows_of.items()}
	for rule in policy.rules:
		name = (rule.applies_when or "").strip()
		if not name:
			continue
		if name not in expressions:
			frappe.throw(
				_("Rule {0} ({1}): this policy has no condition called {2}.").format(
					rule.idx, rule.seat, name
				),
				ApprovalError,
			)
		rule.condition = expressions[name]


def _expression(name: str, rows: list[Any], kinds: dict[str, str]) -> str:
	clauses = [Clause(cint(row.group), row.field, row.operator, row.value or "") for row in rows]
	try:
		return expression_of(clauses, kinds)
	except ConditionTableError as error:
		frappe.throw(_("Condition {0}: {1}").format(name, str(error)), ApprovalError)


def check_escalation(policy: Any) -> None:
	"""Raise ApprovalError naming a step that hands over to somebody who cannot decide, or comes twice."""
	seen: set[tuple[int, str, str]] = set()
	for step in policy.escalation:
		if step.action == HAND_OVER and step.to not in MAY_TAKE_OVER:
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
