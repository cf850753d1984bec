"""The two permission hooks of the app: which rows of a DocType a person may know of, asked in lists and one by one.

What may be known of a DocType is one condition, declared by the hook `visible_records` (DocType: dotted path of a
function). The function takes `user` and, where it answers for several DocTypes, `doctype`; it returns a condition
over `frappe.qb.DocType(doctype)`, or None where everything may be known. Roles are in `rights`; these narrow them.
"""

from typing import Any

import frappe
from frappe.query_builder import Criterion

from city_diplomacy.access.guarded import NARROWED, child_tables
from city_diplomacy.access.rows import (
	NO_OBJECTION,
	as_sql,
	is_known,
	is_stored,
	known_rows_of,
	one_condition,
)


def may_see(doc: Any, ptype: str | None = None, user: str | None = None, debug: bool = False) -> bool | None:
	"""Hook `has_permission`: False for a stored record this person has no business with; else their roles decide.

	What is not stored yet is judged by its controller. The table is asked, not the document: a client can send a
	stored one along as new.
	"""
	user = user or frappe.session.user
	if doc.doctype in NARROWED:
		may_know = user == "Administrator" or is_known(doc.doctype, doc.name, user)
		return NO_OBJECTION if may_know or not is_stored(doc.doctype, doc.name) else False
	condition = _visible_to(user, doc.doctype)
	if condition is None:
		return NO_OBJECTION
	table = frappe.qb.DocType(doc.doctype)
	itself = frappe.qb.from_(table).select(table.name).where(table.name == (doc.name or ""))
	if itself.where(condition).run():
		return NO_OBJECTION
	return False if itself.run() else NO_OBJECTION


def conditions(user: str | None = None, doctype: str | None = None) -> str:
	"""Hook `permission_query_conditions`: the same for lists, as SQL; empty where everything may be known."""
	user = user or frappe.session.user
	condition = _visible_to(user, doctype)
	return "" if condition is None else as_sql(condition)


def _visible_to(user: str, doctype: str) -> Criterion | None:
	if user == "Administrator":
		return None
	if doctype in NARROWED or doctype in child_tables():
		return known_rows_of(doctype, user)
	declared = frappe.get_hooks("visible_records")[doctype]
	with one_condition():
		return frappe.call(declared[-1], user=user, doctype=doctype)
