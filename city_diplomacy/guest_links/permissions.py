"""Who may know of a link: those who may know of the record it is about. Roles are in `access/rights.py`."""

from typing import Any

import frappe
from frappe import _
from frappe.query_builder import Criterion

from city_diplomacy.access.rows import about_known
from city_diplomacy.guest_links.purposes import Purpose, linked_doctypes
from city_diplomacy.partnership_approvals.people.names import people_with_role


def visible_links_condition(user: str) -> Criterion:
	"""The links a person may know of, over `frappe.qb.DocType("Guest Link")`."""
	table = frappe.qb.DocType("Guest Link")
	return about_known(table.reference_doctype, table.reference_name, linked_doctypes(), user)


def may_issue(purpose: Purpose, doc: Any, user: str | None = None) -> bool:
	"""Whether somebody, by default the signed-in person, sends links of a purpose about a record: by role, and the
	record is theirs to write."""
	user = user or frappe.session.user
	has_role = user == "Administrator" or not set(purpose.roles).isdisjoint(frappe.get_roles(user))
	return has_role and bool(doc.has_permission("write", user=user))


def may_still_issue(purpose: Purpose, doc: Any, user: str) -> bool:
	"""As `may_issue`, of whoever sent a link some time ago: their account may be disabled or gone since."""
	return bool(frappe.db.get_value("User", user, "enabled")) and may_issue(purpose, doc, user)


def who_may_act(purpose: Purpose, doc: Any, issued_by: str) -> list[str]:
	"""Whom to tell of a link: who sent it, else the record's owner, else all who may send such links about the record.

	Each of those who no longer may is passed over; Administrator is told where nobody is left.
	"""
	if may_still_issue(purpose, doc, issued_by):
		return [issued_by]
	# What an import or a patch wrote is Administrator's, whose notifications nobody reads while others are there.
	if doc.owner != "Administrator" and may_still_issue(purpose, doc, doc.owner):
		return [doc.owner]
	holders = {user for role in purpose.roles for user in people_with_role(role)}
	return [user for user in sorted(holders) if may_issue(purpose, doc, user)] or ["Administrator"]


def require_issuer(purpose: Purpose, doc: Any) -> None:
	"""Raises PermissionError unless the signed-in person may send such a link."""
	if not may_issue(purpose, doc):
		frappe.throw(
			_("You may not send links about this {0}; ask {1}.").format(
				_(doc.doctype), ", ".join(_(role) for role in purpose.roles)
			),
			frappe.PermissionError,
		)
