"""A policy as its administrator looks at it before they switch it on: drawn, tried on an agreement, imagined.

Nothing here writes: an imagined document is never inserted, and a route that is planned is not begun.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import frappe
from frappe import _
from frappe.utils import cast_fieldtype, getdate, nowdate

from city_diplomacy.domain.rehearsal import comparison as rehearsal
from city_diplomacy.domain.route import routing
from city_diplomacy.domain.route.joins import JoinKind, JoinRule
from city_diplomacy.partnership_approvals.exceptions import ApprovalError, RehearsalError
from city_diplomacy.partnership_approvals.people.names import department_name, full_names
from city_diplomacy.partnership_approvals.policies import tables
from city_diplomacy.partnership_approvals.policies.rehearsal_rows import said
from city_diplomacy.partnership_approvals.routing import planning
from city_diplomacy.partnership_approvals.routing.routed_doctypes import is_table, routing_of

ROWS_AT_MOST = 200
HELD = ("Link", "Select", "Data", "Check", "Int", "Float", "Currency", "Percent", "Date", "Datetime")


def draw(policy: Any) -> dict[str, Any]:
	"""A policy in stages and lanes; a lane is what is counted together.

	{"policy", "title", "status", "document_type", "stages": [{"number", "state", "lanes": [{"group", "join":
	how its answers count, in words, "seats": [{"row", "seat", "who", "holder": who would be asked today or None,
	"when": the condition in words, "condition_name", "why", "working_days", "mandatory", "veto", "watches":
	labels}]}]}], "imagine": fields of the form for an imagined document, see `fields_to_imagine`}.
	"""
	rules = planning.rules_of(policy)
	offered = tables.choices(policy.document_type)
	labels = {field["value"]: field["label"] for field in (*offered["watched_fields"], *offered["fields"])}
	holders = _holders(rules)
	names = full_names(holders.values())
	stages: dict[int, dict[str, Any]] = {}
	for row, rule in zip(policy.rules, rules, strict=True):
		stage = stages.setdefault(rule.stage, {"number": rule.stage, "state": rule.state, "lanes": {}})
		lane = stage["lanes"].setdefault(
			rule.group, {"group": rule.group, "join": _join_in_words(rule.join), "seats": []}
		)
		lane["seats"].append(
			{
				"row": row.idx,
				"seat": rule.seat,
				"who": _who_in_words(rule, labels),
				"holder": names.get(holders.get(rule.key)),
				"when": rule.condition.in_words(labels, _) if rule.condition else "",
				"condition_name": row.applies_when,
				"why": rule.why,
				"working_days": rule.working_days,
				"mandatory": rule.mandatory,
				"veto": rule.veto,
				"watches": [labels.get(field, field) for field in rule.watched_fields],
			}
		)
	return {
		"policy": policy.name,
		"title": policy.title,
		"status": policy.status,
		"document_type": policy.document_type,
		"stages": [
			{**stage, "lanes": list(stage["lanes"].values())} for _number, stage in sorted(stages.items())
		],
		"imagine": fields_to_imagine(policy),
	}


def try_on(policy: Any, doc: Any) -> dict[str, Any]:
	"""The route a stored document would take under a policy, set out today: see `_tried`."""
	if doc.doctype != policy.document_type:
		frappe.throw(
			_("{0} routes {1}; {2} is something else.").format(
				policy.name, _(policy.document_type), doc.name
			),
			RehearsalError,
		)
	return _tried(policy, doc, planning.who_prepared(doc))


def what_if(policy: Any, values: Mapping[str, Any]) -> dict[str, Any]:
	"""The route an imagined document would take under a policy, set out today: see `_tried`.

	`values` are fields of `fields_to_imagine`; a table is a list of rows. Raises RehearsalError for a value
	that is none of the form's, or does not fit its field.
	"""
	doc = frappe.new_doc(policy.document_type)
	form = {field["fieldname"]: field for field in fields_to_imagine(policy)}
	for fieldname, value in values.items():
		if fieldname not in form:
			frappe.throw(_("{0} is no field this policy asks about.").format(fieldname), RehearsalError)
		if "columns" in form[fieldname]:
			doc.set(fieldname, [])
			for row in _table(value, form[fieldname]):
				doc.append(fieldname, row)
		else:
			doc.set(fieldname, _single(value, form[fieldname]))
	sponsor = routing_of(policy.document_type).sponsor_field
	# Nobody has written what is only imagined; whom it names as its sponsor would count as having prepared it.
	barred = {values[sponsor]} if sponsor and values.get(sponsor) else set()
	return _tried(policy, doc, barred)


def fields_to_imagine(policy: Any) -> list[dict[str, Any]]:
	"""The fields by which a document's route is decided, by this policy or the active one.

	Each: {"fieldname", "label", "fieldtype", "options", "default"}, and for a table "columns", the same of its
	columns.
	"""
	meta = frappe.get_meta(policy.document_type)
	rules = planning.rules_of(policy)
	if active := planning.find_active_policy(policy.document_type):
		rules = [*rules, *planning.rules_of(active)]
	reads = routing.read_by(rules)
	declared = routing_of(policy.document_type)
	wanted = {*reads, declared.needed_by_field, declared.sponsor_field}
	return [
		{**_as_control(df), **({"columns": _columns(df, reads)} if is_table(df) else {})}
		for df in meta.fields
		if df.fieldname in wanted and (df.fieldtype in HELD or is_table(df))
	]


def _tried(policy: Any, doc: Any, barred: set[str]) -> dict[str, Any]:
	"""{"policy", "stages", "needed_by": see `planning.as_shown`, "compared_with": the active policy or None,
	"differences": see `rehearsal_rows.said`, "kept": how many seats are in both, "problem": why the active one
	has no route}.
	"""
	today = getdate(nowdate())
	stages = planning.plan(policy, doc, start=today, barred=barred)
	answer = {
		"policy": policy.name,
		**planning.as_shown(doc, stages),
		"compared_with": planning.find_active_policy(doc.doctype),
		"differences": [],
		"kept": 0,
		"problem": None,
	}
	if answer["compared_with"] and answer["compared_with"] != policy.name:
		try:
			before = planning.plan(answer["compared_with"], doc, start=today, barred=barred)
		except ApprovalError as error:
			frappe.clear_last_message()
			return {**answer, "problem": str(error)}
		comparison = rehearsal.compare(rehearsal.seats_of(before), rehearsal.seats_of(stages))
		answer |= {"differences": said(list(comparison.differences)), "kept": len(comparison.kept)}
	return answer


def _holders(rules: list[routing.Rule]) -> dict[str, str | None]:
	"""By rule: who would be asked today, where that does not depend on the document."""
	directory = planning.SiteDirectory()
	holders = {}
	for rule in rules:
		if rule.asked_of in (routing.AskedOf.DEPARTMENT_HEAD, routing.AskedOf.USER):
			((stage),) = routing.plan_route([replace(rule, condition=None)], {}, directory)
			holders[rule.key] = stage.questions[0].holder
	return holders


def _who_in_words(rule: routing.Rule, labels: Mapping[str, str]) -> str:
	if rule.asked_of is routing.AskedOf.DEPARTMENT_HEAD:
		name = department_name(rule.department)
		return _("Head of {0}").format(name) if name else _("No department is named")
	if rule.asked_of is routing.AskedOf.DEPARTMENTS_OF_THE_DOCUMENT:
		return _("Head of each department under {0}").format(labels.get(rule.table_field, rule.table_field))
	if rule.asked_of is routing.AskedOf.USER_FIELD:
		return _("Whoever stands in {0}").format(labels.get(rule.user_field, rule.user_field))
	if rule.asked_of is routing.AskedOf.ROLE:
		return _("Anybody who is {0}").format(_(rule.role))
	return _("One person")


def _join_in_words(join: JoinRule) -> str:
	if join.kind is JoinKind.ANY:
		return _("one of them is enough")
	if join.kind is JoinKind.K_OF_N:
		return _("{0} of them are enough").format(join.k)
	if join.kind is JoinKind.PERCENT:
		return _("{0} percent of them are enough").format(join.percent)
	return _("all of them")


def _as_control(df: Any) -> dict[str, Any]:
	return {
		"fieldname": df.fieldname,
		"label": _(df.label or df.fieldname),
		"fieldtype": df.fieldtype,
		# The currency of an imagined amount is nobody's question.
		"options": None if df.fieldtype == "Currency" else df.options,
		"default": None if df.default == "__user" else df.default,
	}


def _columns(df: Any, reads: Mapping[str, set[str]]) -> list[dict[str, Any]]:
	"""The columns rules look at; of a table that is only counted, the one that says what a row is about."""
	child = frappe.get_meta(df.options)
	wanted = reads.get(df.fieldname, ())
	found = [_as_control(column) for column in child.fields if column.fieldname in wanted]
	return found or [_as_control(next((column for column in child.fields if column.reqd), child.fields[0]))]


def _table(value: Any, field: Mapping[str, Any]) -> list[dict[str, Any]]:
	columns = {column["fieldname"]: column for column in field["columns"]}
	rows = value if isinstance(value, list) else None
	if rows is None or len(rows) > ROWS_AT_MOST or not all(isinstance(row, dict) for row in rows):
		frappe.throw(_("{0} takes at most {1} rows.").format(field["label"], ROWS_AT_MOST), RehearsalError)
	return [
		{name: _single(cell, columns[name]) for name, cell in row.items() if name in columns} for row in rows
	]


def _single(value: Any, field: Mapping[str, Any]) -> Any:
	if value is not None and not isinstance(value, str | int | float):
		frappe.throw(_("{0} takes one value.").format(field["label"]), RehearsalError)
	if value in (None, ""):
		return None
	try:
		read = cast_fieldtype(field["fieldtype"], value)
	except (ValueError, TypeError, frappe.ValidationError):
		read = None
	if read is None:
		frappe.throw(_("{0} is nothing that can stand in {1}.").format(value, field["label"]), RehearsalError)
	return read
