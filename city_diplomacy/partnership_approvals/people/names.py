"""Names of people and departments, as they are called rather than stored."""

from collections.abc import Iterable

import frappe


def full_names(users: Iterable[str | None]) -> dict[str, str]:
	"""The full name of each user in one statement; an account that is gone is called what it was called."""
	wanted = {user for user in users if user}
	if not wanted:
		return {}
	# A name is shown where an office or an answer is; whether that may be seen was decided by the caller.
	table = frappe.qb.DocType("User")
	found = (
		frappe.qb.from_(table)
		.select(table.name, table.full_name)
		.where(table.name.isin(sorted(wanted)))
		.run(as_dict=True)
	)
	return {**{user: user for user in wanted}, **{row.name: row.full_name or row.name for row in found}}


def people_with_role(role: str) -> list[str]:
	"""The enabled people who hold a role, in order of their names; Administrator is nobody's seat."""
	user, has_role = frappe.qb.DocType("User"), frappe.qb.DocType("Has Role")
	return (
		frappe.qb.from_(user)
		.join(has_role)
		.on((has_role.parent == user.name) & (has_role.parenttype == "User"))
		.select(user.name)
		.where((has_role.role == role) & (user.enabled == 1) & user.name.notin(("Administrator", "Guest")))
		.orderby(user.name)
		.run(pluck=True)
	)


def department_name(department: str | None) -> str:
	"""A department as people call it, without the company behind its name; one that is gone keeps what it had."""
	if not department:
		return ""
	return frappe.get_cached_value("Department", department, "department_name") or department


def other_name(department: str | None, seat: str) -> str | None:
	"""The department's plain name where the seat does not carry it already."""
	name = department_name(department)
	return None if name == seat else name or None
