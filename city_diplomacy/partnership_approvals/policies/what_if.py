"""Who a policy would ask about one document, stored or only imagined. Nothing here writes: what is imagined is never
inserted, and a route that is planned is not begun.
"""

from collections.abc import Mapping
from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate, nowdate

from city_diplomacy.domain.route import routing
from city_diplomacy.partnership_approvals.exceptions import RehearsalError
from city_diplomacy.partnership_approvals.policies.imagined_values import single
from city_diplomacy.partnership_approvals.routing import planning
from city_diplomacy.partnership_approvals.routing.routed_doctypes import is_table, routing_of

ROWS_AT_MOST = 200
HELD = ("Link", "Select", "Data", "Check", "Int", "Float", "Currency", "Percent", "Date", "Datetime")


def try_on(policy: Any, doc: Any) -> dict[str, Any]:
	"""The route a stored document would take under a policy if it set out today: see `planning.as_shown`."""
	if doc.doctype != policy.document_type:
		frappe.throw(
			_("{0} routes {1}; {2} is something else.").format(
				policy.name, _(policy.document_type), doc.name
			),
			RehearsalError,
		)
	return _route(policy, doc, planning.who_prepared(doc))


def what_if(policy: Any, values: Mapping[str, Any]) -> dict[str, Any]:
	"""The route an imagined document would take under a policy if it set out today: see `planning.as_shown`.

	`values` are fields of `fields_to_imagine`; a table is a list of rows. Raises RehearsalError for a value
	that is none of the form's, or does not fit its field: see `imagined_values.single`.
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
			doc.set(fieldname, single(value, form[fieldname]))
	sponsor = routing_of(policy.document_type).sponsor_field
	# Nobody has written what is only imagined; whom it names as its sponsor would count as having prepared it.
	barred = {doc.get(sponsor)} if sponsor and values.get(sponsor) else set()
	return _route(policy, doc, barred)


def fields_to_imagine(policy: Any) -> list[dict[str, Any]]:
	"""The fields by which a policy decides a document's route and its dates.

	Each: {"fieldname", "label", "fieldtype", "options", "default"}, and for a table "columns", the same of its
	columns.
	"""
	meta = frappe.get_meta(policy.document_type)
	reads = routing.read_by(planning.rules_of(policy))
	declared = routing_of(policy.document_type)
	wanted = {*reads, declared.needed_by_field, declared.sponsor_field}
	return [
		{**_as_control(df), **({"columns": _columns(df, reads)} if is_table(df) else {})}
		for df in meta.fields
		if df.fieldname in wanted and (df.fieldtype in HELD or is_table(df))
	]


def _route(policy: Any, doc: Any, barred: set[str]) -> dict[str, Any]:
	stages = planning.plan(policy, doc, start=getdate(nowdate()), barred=barred)
	return {"policy": policy.name, **planning.as_shown(doc, stages)}


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
		{name: single(cell, columns[name]) for name, cell in row.items() if name in columns} for row in rows
	]
