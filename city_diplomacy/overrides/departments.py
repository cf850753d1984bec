"""Who speaks for a city department."""

from typing import Any

import frappe
from frappe import _

from city_diplomacy.access.rights import DEPARTMENT, ROLES


def person_for(department: str) -> str | None:
	"""The head, else the acting head, else the partnership liaison; None when no account of them is in use."""
	people = frappe.db.get_value(
		"Department", department, ["department_head", "acting_head", "partnership_liaison"]
	)
	for user in people or ():
		if user and frappe.db.get_value("User", user, "enabled"):
			return user
	return None


def let_people_read(doc: Any, method: str | None = None) -> None:
	"""Hook on Department: whoever is asked for a department can also read what they are asked about.

	People named as head, acting head or liaison who have none of the app's roles get the reviewer's, which
	needs no Desk and opens nothing but what they are asked.
	"""
	named = {doc.get(field) for field in ("department_head", "acting_head", "partnership_liaison")}
	for person in sorted(named - {None, "", "Administrator"}):
		user = frappe.get_doc("User", person)
		if user.enabled and not set(ROLES) & {row.role for row in user.roles}:
			user.append("roles", {"role": DEPARTMENT})
			# Naming somebody for a department is the permission; they gain sight of their own questions alone.
			user.save(ignore_permissions=True)
			frappe.msgprint(
				_("{0} can now read what this department is asked ({1}).").format(
					user.full_name, _(DEPARTMENT)
				),
				alert=True,
			)
