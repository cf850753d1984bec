"""The conditions of a routing policy: rows of its table, by the name rules refer to them by."""

from collections.abc import Collection

import frappe
from frappe import _
from frappe.utils import cint

from city_diplomacy.domain.policy.conditions import (
	KIND_OF_FIELDTYPE,
	TABLE,
	Condition,
	ConditionError,
	condition_of,
)
from city_diplomacy.partnership_approvals.exceptions import ApprovalError
from city_diplomacy.partnership_approvals.shapes import ConditionRow, Policy, RuleRow


def field_kinds(doctype: str, fields: Collection[str] | None = None) -> dict[str, str]:
	"""Each field a condition on `doctype` can ask about, "table.field" for columns, with its kind; of `fields`
	alone where they are given."""
	kinds: dict[str, str] = {}
	meta = frappe.get_meta(doctype)
	named = {field.partition(".")[0] for field in fields or ()}
	for df in meta.fields if fields is None else filter(None, map(meta.get_field, named)):
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


def conditions_of(policy: Policy) -> dict[str, Condition]:
	"""The conditions of a policy by name; one whose rows cannot be read says why when it is judged."""
	rows_of: dict[str, list[ConditionRow]] = {}
	for row in policy.conditions:
		rows_of.setdefault((row.condition_name or "").strip(), []).append(row)
	kinds = field_kinds(policy.document_type, [row.field or "" for row in policy.conditions])
	return {name: _condition(name, rows, kinds) for name, rows in rows_of.items()}


def condition_of_rule(rule: RuleRow, conditions: dict[str, Condition]) -> Condition | None:
	"""When a rule applies, None for always; one that names no condition of the policy is never judged."""
	if name := (rule.applies_when or "").strip():
		missing = Condition(unreadable=_("This policy has no condition called {0}.").format(name))
		return conditions.get(name, missing)
	if rule.condition:
		return Condition(
			unreadable=_(
				"It stands in an expression of an earlier version, {0}, which no row of a condition can say and which "
				"is not read any more. Write what it is meant to say as rows of a condition, in a new version of "
				"the policy."
			).format(rule.condition)
		)
	return None


def check(policy: Policy) -> None:
	"""Raise ApprovalError naming the condition and the row, or the rule, that cannot be read."""
	conditions = conditions_of(policy)
	for condition in conditions.values():
		if condition.unreadable:
			frappe.throw(condition.unreadable, ApprovalError)
	for rule in policy.rules:
		if rule.applies_when or not _stood_in_an_earlier_version(rule):
			_refuse_unreadable(rule, conditions)


def refuse_expressions(policy: Policy) -> None:
	"""Raise ApprovalError naming a rule whose expression of an earlier version a copy would be without."""
	for rule in policy.rules:
		if not rule.applies_when:
			_refuse_unreadable(rule, {})


def _refuse_unreadable(rule: RuleRow, conditions: dict[str, Condition]) -> None:
	condition = condition_of_rule(rule, conditions)
	if condition and condition.unreadable:
		frappe.throw(
			_("Rule {0} ({1}): {2}").format(rule.idx, rule.seat, condition.unreadable), ApprovalError
		)


def _condition(name: str, rows: list[ConditionRow], kinds: dict[str, str]) -> Condition:
	written = [(cint(row.group), row.field or "", row.operator or "", row.value) for row in rows]
	try:
		return condition_of(written, kinds)
	except ConditionError as error:
		return Condition(unreadable=_("Condition {0}: {1}").format(name, str(error)))


def _stood_in_an_earlier_version(rule: RuleRow) -> bool:
	"""Whoever writes the next version is shown what is to be said anew."""
	stored = {"rule_key": rule.rule_key, "condition": rule.condition}
	return bool(rule.condition and frappe.db.exists("Routing Rule", stored))
