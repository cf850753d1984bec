"""Rules whose condition is an expression get rows of conditions that say the same; no expression is read any more.

What an entry of a ledger tells of a pinned policy stays true of what it told: the expressions are kept, and each
ledger of a document under such a policy gets an entry that tells of the rows. Where the policy is not what the
ledger told, it is left to be found. A rule whose expression no rows can say is named to the administrator, and
refused whenever it would be judged. May run twice.
"""

import ast
import operator
from collections.abc import Mapping
from itertools import product
from typing import Any

import frappe
from frappe import _

from city_diplomacy.domain.policy.conditions import (
	CHECK,
	NUMBER,
	OPPOSITES,
	TABLE,
	TEXT,
	Clause,
	Condition,
	ConditionError,
	condition_of,
)
from city_diplomacy.domain.record.ledger import parsed
from city_diplomacy.domain.record.recorded import Told, recorded
from city_diplomacy.partnership_approvals.engine import routes
from city_diplomacy.partnership_approvals.engine.route import Route
from city_diplomacy.partnership_approvals.ledger import keys, stored
from city_diplomacy.partnership_approvals.routing import pinned_policies
from city_diplomacy.partnership_approvals.routing.conditions import field_kinds
from city_diplomacy.partnership_approvals.routing.routed_doctypes import declared_routings

EVENT = "Conditions Restated"
LONGEST = 140
MOST_ROWS = 100

Row = tuple[int, str, str, str]
Groups = list[list[Clause]]


class NoRows(Exception):
	"""What no rows of a condition can say; the message is the part of the expression."""


def execute() -> None:
	table = frappe.qb.DocType("Routing Rule")
	written = (table.condition != "") & (table.applies_when.isnull() | (table.applies_when == ""))
	policies = frappe.qb.from_(table).select(table.parent).distinct().where(written).run(pluck=True)
	for name in sorted(policies):
		_restate(frappe.get_doc("Routing Policy", name))


def rows_of(expression: str, kinds: Mapping[str, str]) -> list[Row]:
	"""The rows of a condition that say what an expression said. Raises NoRows."""
	try:
		tree = ast.parse(expression.strip(), mode="eval").body
	except (SyntaxError, ValueError, RecursionError, MemoryError):
		raise NoRows(expression) from None
	groups = _groups(tree, kinds, negated=False)
	rows = [
		(number, clause.field, clause.operator, _text(clause.value))
		for number, group in enumerate(groups, start=1)
		for clause in group
	]
	said = Condition(tuple(map(tuple, groups)))
	try:
		faithful = condition_of(rows, kinds) == said and len(rows) <= MOST_ROWS
	except ConditionError:
		faithful = False
	if not faithful or any(len(value) > LONGEST for *_clause, value in rows):
		raise NoRows(expression)
	return rows


# the site


def _restate(policy: Any) -> None:
	kinds = field_kinds(policy.document_type) if policy.document_type in declared_routings() else {}
	before, names, added, restated = pinned_policies.parts_of(policy), {}, [], []
	for rule in policy.rules:
		expression = (rule.condition or "").strip()
		if not expression or rule.applies_when:
			continue
		try:
			rows = rows_of(expression, kinds)
		except NoRows as problem:
			_name_to_the_administrator(policy, rule, str(problem))
			continue
		if expression not in names:
			names[expression] = _name(policy, condition_of(rows, kinds))
			for row in rows:
				values = dict(zip(("group", "field", "operator", "value"), row, strict=True))
				values |= {"condition_name": names[expression], "docstatus": policy.docstatus}
				values["name"] = frappe.generate_hash(length=10)
				added.append(policy.append("conditions", values))
		rule.applies_when = names[expression]
		restated.append(rule)
	if not added:
		return
	after = pinned_policies.parts_of(policy)
	changed = {part: after[part] for part in after if after[part] != before.get(part)}
	told = _routes_told(policy, {part: before.get(part) for part in changed})
	for row in added:
		row.db_insert()
	for rule in restated:
		frappe.db.set_value(
			"Routing Rule", rule.name, "applies_when", rule.applies_when, update_modified=False
		)
	frappe.clear_document_cache("Routing Policy", policy.name)
	words = _("The conditions of {0} stand in rows from now on, which say what its expressions said.")
	for route, parts in told:
		rules = {part: {**parts[part].value, **_digest(changed[part])} for part in changed}
		route.record(EVENT, words.format(policy.name), rules=rules)
		route.store()


def _routes_told(
	policy: Any, before: Mapping[str, Mapping[str, Any] | None]
) -> list[tuple[Route, dict[str, Told]]]:
	"""The routes under a policy, locked, whose entries told of these parts what they say now, with what they told."""
	found, keyring = [], keys.keyring()
	pinned = frappe.get_all(
		"Approval Route",
		filters={"policy": policy.name},
		fields=["name", "reference_doctype", "reference_name", "ledger_key_id"],
		order_by="reference_name asc",
		limit_page_length=0,
	)
	for row in pinned:
		# A ledger that ends with a key nobody has is broken, which verifying it tells; no entry would mend it.
		lost_key = row.ledger_key_id and not keyring.find(row.ledger_key_id)
		if lost_key or not frappe.db.exists(row.reference_doctype, row.reference_name):
			continue
		route = routes.lock_existing(row.reference_doctype, row.reference_name)
		entries = stored.entries_of_routes([row.name])[row.name]
		told = recorded(parsed(entry.payload) for entry in entries).rules.get(policy.name, {})
		if told and all(
			part in told and _digest(told[part].value) == _digest(before[part]) for part in before
		):
			found.append((route, told))
	return found


def _digest(part: Any) -> dict[str, Any]:
	return {pinned_policies.SHA256: (part or {}).get(pinned_policies.SHA256)}


def _name(policy: Any, condition: Condition) -> str:
	labels = {df.fieldname: df.label for df in frappe.get_meta(policy.document_type).fields}
	taken = {row.condition_name for row in policy.conditions}
	words = name = condition.in_words(labels)[:LONGEST]
	number = 1
	while name in taken:
		number += 1
		name = f"{words[: LONGEST - 10]} ({number})"
	return name


def _name_to_the_administrator(policy: Any, rule: Any, part: str) -> None:
	sentence = _(
		"{0}, rule {1} ({2}): its condition is the expression {3}. No row of a condition can say {4}, so this rule is "
		"refused whenever it would be judged. Make a new version of the policy, write what it is meant to say as rows "
		"of a condition, and move the running agreements to it."
	).format(policy.name, rule.idx, rule.seat, rule.condition.strip(), part)
	print(sentence)
	frappe.log_error(
		_("A condition is not read any more"),
		sentence,
		reference_doctype=policy.doctype,
		reference_name=policy.name,
	)


# what expressions said


_COMPARED = {
	ast.Eq: ("is", operator.eq),
	ast.NotEq: ("is not", operator.ne),
	ast.Gt: ("is more than", operator.gt),
	ast.GtE: ("is at least", operator.ge),
	ast.Lt: ("is less than", operator.lt),
	ast.LtE: ("is at most", operator.le),
}
_TURNED = {ast.Gt: ast.Lt, ast.GtE: ast.LtE, ast.Lt: ast.Gt, ast.LtE: ast.GtE}
_TRUE = {CHECK: "is checked", TABLE: "has rows"}
_FEWEST_THAT_SHOW_ALL = 3


def _groups(node: ast.expr, kinds: Mapping[str, str], negated: bool) -> Groups:
	"""A part of an expression that is true or false as groups of clauses, any one of which is enough."""
	if isinstance(node, ast.BoolOp):
		parts = [_groups(part, kinds, negated) for part in node.values]
		return _any(parts) if isinstance(node.op, ast.Or) != negated else _all(parts, node)
	if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
		return _groups(node.operand, kinds, not negated)
	if isinstance(node, ast.Compare):
		sides = [node.left, *node.comparators]
		pairs = zip(sides, node.ops, node.comparators, strict=False)
		parts = [_comparison(left, type(op), right, kinds, negated) for left, op, right in pairs]
		return _any(parts) if negated else _all(parts, node)
	if (name := _field(node, kinds)) or (name := _counted(node, kinds)):
		return _clause(name, _TRUE.get(kinds[name], "is set"), None, negated)
	raise NoRows(ast.unparse(node))


def _any(parts: list[Groups]) -> Groups:
	return [group for groups in parts for group in groups]


def _all(parts: list[Groups], node: ast.expr) -> Groups:
	several: Groups = [[]]
	for groups in parts:
		several = [[*one, *other] for one, other in product(several, groups)]
		if sum(map(len, several)) > MOST_ROWS:
			raise NoRows(ast.unparse(node))
	return several


def _clause(field: str, name: str, value: Any, negated: bool) -> Groups:
	return [[Clause(field, OPPOSITES[name] if negated else name, value)]]


def _comparison(
	left: ast.expr, kind: type[ast.cmpop], right: ast.expr, kinds: Mapping[str, str], negated: bool
) -> Groups:
	if kind in (ast.In, ast.NotIn):
		return _membership(left, right, kinds, negated != (kind is ast.NotIn))
	if _is_constant(left):
		left, kind, right = right, _TURNED.get(kind, kind), left
	if kind not in _COMPARED or not _is_constant(right):
		raise NoRows(f"{ast.unparse(left)} / {ast.unparse(right)}")
	if (table := _counted(left, kinds)) is not None:
		return _one_of_two(table, "has rows", kind, right, negated)
	field = _field(left, kinds)
	if field is None:
		raise NoRows(ast.unparse(left))
	if kinds[field] == CHECK:
		return _one_of_two(field, "is checked", kind, right, negated)
	return _said(field, _COMPARED[kind][0], _constant(right), kinds, negated)


def _said(field: str, name: str, value: Any, kinds: Mapping[str, str], negated: bool) -> Groups:
	"""A field compared with a constant; None and, beside text and dates, "" are blank."""
	is_number = isinstance(value, int | float)
	if name in ("is", "is not") and (value is None or (value == "" and kinds[field] != NUMBER)):
		return _clause(field, "is not set" if name == "is" else "is set", None, negated)
	if value is None or is_number != (kinds[field] == NUMBER):
		raise NoRows(f"{field}, {value!r}")
	return _clause(field, name, int(value) if isinstance(value, bool) else value, negated)


def _membership(left: ast.expr, right: ast.expr, kinds: Mapping[str, str], negated: bool) -> Groups:
	if isinstance(right, ast.List | ast.Tuple) and (field := _field(left, kinds)):
		values = [_constant(member) for member in right.elts]
		listed = ", ".join(map(str, values))
		if (
			values
			and len(listed) <= LONGEST
			and not any(str(value) in ("", "None") or "," in str(value) for value in values)
		):
			return _clause(field, "is one of", tuple(values), negated)
		each = [_said(field, "is", value, kinds, negated) for value in values]
		return _all(each, right) if negated else _any(each)
	if not _is_constant(left):
		raise NoRows(ast.unparse(left))
	value = _constant(left)
	if column := _column(right, kinds):
		return _clause(column, "has a row where", int(value) if isinstance(value, bool) else value, negated)
	if (field := _field(right, kinds)) and kinds[field] == TEXT:
		return _clause(field, "contains", value, negated)
	raise NoRows(ast.unparse(right))


def _one_of_two(field: str, name: str, kind: type[ast.cmpop], right: ast.expr, negated: bool) -> Groups:
	"""A box that is ticked or not, a table that has rows or not, by what is compared with 0, 1 and so on."""
	value = _constant(right)
	if not isinstance(value, int | float) or abs(value) > MOST_ROWS:
		raise NoRows(ast.unparse(right))
	most = 1 if name == "is checked" else int(abs(value)) + _FEWEST_THAT_SHOW_ALL
	blank, *others = (_COMPARED[kind][1](number, value) for number in range(most + 1))
	if len(set(others)) != 1 or others[0] == blank:
		raise NoRows(f"{field} / {ast.unparse(right)}")
	return _clause(field, name, None, negated != blank)


def _field(node: ast.expr, kinds: Mapping[str, str]) -> str | None:
	is_field = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "doc"
	return node.attr if is_field and node.attr in kinds else None


def _call(node: ast.expr, name: str) -> list[ast.expr]:
	is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name
	return node.args if is_call and not node.keywords else []


def _counted(node: ast.expr, kinds: Mapping[str, str]) -> str | None:
	"""The table of len(doc.table)."""
	arguments = _call(node, "len")
	name = _field(arguments[0], kinds) if len(arguments) == 1 else None
	return name if name and kinds[name] == TABLE else None


def _column(node: ast.expr, kinds: Mapping[str, str]) -> str | None:
	"""The "table.column" of column(doc.table, "column")."""
	arguments = _call(node, "column")
	if len(arguments) != 2 or not _is_constant(arguments[1]) or not (table := _field(arguments[0], kinds)):
		return None
	return f"{table}.{_constant(arguments[1])}"


def _is_constant(node: ast.expr) -> bool:
	if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
		return _is_constant(node.operand) and isinstance(_constant(node.operand), int | float)
	return isinstance(node, ast.Constant) and isinstance(node.value, str | int | float | None)


def _constant(node: ast.expr) -> Any:
	if not _is_constant(node):
		raise NoRows(ast.unparse(node))
	return -_constant(node.operand) if isinstance(node, ast.UnaryOp) else node.value


def _text(value: Any) -> str:
	if isinstance(value, tuple):
		return ", ".join(map(_text, value))
	return "" if value is None else str(value)
