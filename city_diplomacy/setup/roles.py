"""Creating our roles and granting them ERPNext's masters; taking both back."""

from collections.abc import Iterable
from typing import Any

import frappe
from frappe.permissions import add_permission

from city_diplomacy.access.rights import ERPNEXT_READ, ROLES
from city_diplomacy.partnership_approvals.routing.routed_doctypes import declared_routings


def seed_roles() -> None:
	"""Create missing roles. A new site's roles came with the DocTypes, all with Desk access: set them right."""
	for role, (desk_access, _purpose) in ROLES.items():
		if not frappe.db.exists("Role", role):
			doc = frappe.get_doc({"doctype": "Role", "role_name": role, "desk_access": int(desk_access)})
			# Seeding runs at install and migrate, in nobody's name.
			doc.insert(ignore_permissions=True)


def set_desk_access() -> None:
	"""On a fresh install only: reviewers come by a link and need no Desk."""
	for role, (desk_access, _purpose) in ROLES.items():
		doc = frappe.get_doc("Role", role)
		if bool(doc.desk_access) != desk_access:
			doc.desk_access = int(desk_access)
			# Install runs in nobody's name.
			doc.save(ignore_permissions=True)


def give_nothing_in_setup(user: Any, _method: str | None = None) -> None:
	"""Frappe's setup wizard gives its first person every role there is; nobody is all of city hall.

	So that person has what they would have with the app installed after the wizard: none of ours.
	"""
	if frappe.flags.in_setup_wizard:
		user.set("roles", [row for row in user.roles if row.role not in ROLES])


def grant_masters() -> None:
	"""Let our roles read the ERPNext masters our forms link to."""
	for doctype, roles in ERPNEXT_READ.items():
		grant_reading(doctype, roles)


def grant_reading(doctype: str, roles: Iterable[str]) -> None:
	"""Let roles of ours read another app's DocType."""
	for role in roles:
		if not frappe.db.exists("Custom DocPerm", {"parent": doctype, "role": role, "permlevel": 0}):
			add_permission(doctype, role, 0)


def revoke_masters() -> None:
	"""Take our rows back, and with them Frappe's copies of the standard rows where nobody changed those."""
	for doctype in ERPNEXT_READ:
		revoke_reading(doctype, ROLES)
	for routing in declared_routings().values():
		if routing.switch:
			revoke_reading("Workflow", routing.requesters)
		if routing.readers:
			revoke_reading(routing.doctype, routing.readers)


def revoke_reading(doctype: str, roles: Iterable[str]) -> None:
	"""Take back what `grant_reading` gave these roles on one DocType."""
	frappe.db.delete("Custom DocPerm", {"parent": doctype, "role": ["in", list(roles)]})
	if _rights("Custom DocPerm", doctype) == _rights("DocPerm", doctype):
		frappe.db.delete("Custom DocPerm", {"parent": doctype})
	frappe.clear_cache(doctype=doctype)


def remove_roles() -> None:
	"""Remove our roles from people and from the site."""
	for role in ROLES:
		frappe.db.delete("Has Role", {"role": role})
		if frappe.db.exists("Role", role):
			# Uninstall runs as the system; links from our own DocTypes go with them.
			frappe.delete_doc("Role", role, force=True, ignore_permissions=True)


def _rights(doctype: str, parent: str) -> list[tuple]:
	fields = [
		"role",
		"permlevel",
		"if_owner",
		"select",
		"read",
		"write",
		"create",
		"delete",
		"submit",
		"cancel",
		"amend",
		"report",
		"export",
		"import",
		"share",
		"print",
		"email",
	]
	rows = frappe.get_all(doctype, filters={"parent": parent}, fields=fields, limit_page_length=0)
	return sorted(tuple(str(row[field] or 0) for field in fields) for row in rows)
