"""Who may know of a link: those who may know of the record it is about. Roles are in `access/rights.py`."""

from typing import Any

import frappe
from frappe import _
from frappe.query_builder import Criterion

from city_diplomacy.access.rows import EVERY_RECORD, known_records, once_a_condition
from city_diplomacy.guest_links.purposes import Purpose, linked_doctypes


def visible_links_condition(user: str) -> Criterion:
	"""The links a person may know of, over `frappe.qb.DocType("Guest Link")`."""
	table = frappe.qb.DocType("Guest Link")
	condition = table.name.isnull()
	for doctype in linked_doctypes():
		known = _known(doctype, user)
		if known is None:
			continue
		about = table.reference_doctype == doctype
		if known is not EVERY_RECORD:
			records = frappe.qb.DocType(doctype)
			about &= table.reference_name.isin(frappe.qb.from_(records).select(records.name).where(known))
		condition |= about
	return condition


@once_a_condition
def _known(doctype: str, user: str) -> Any:
	return known_records(doctype, user)


def may_issue(purpose: Purpose, doc: Any) -> bool:
	"""Whether the signed-in person sends links of a purpose about a record: by role, and the record is theirs to write."""
	has_role = frappe.session.user == "Administrator" or not set(purpose.roles).isdisjoint(frappe.get_roles())
	return has_role and bool(doc.has_permission("write"))


def require_issuer(purpose: Purpose, doc: Any) -> None:
	"""Raises PermissionError unless the signed-in person may send such a link."""
	if not may_issue(purpose, doc):
		frappe.throw(
			_("You may not send links about this {0}; ask {1}.").format(
				_(doc.doctype), ", ".join(_(role) for role in purpose.roles)
			),
			frappe.PermissionError,
		)
