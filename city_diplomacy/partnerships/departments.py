"""Who speaks for a city department."""

import frappe


def person_for(department: str) -> str | None:
	"""The head, else the acting head, else the partnership liaison; None when no account of them is in use."""
	people = frappe.db.get_value(
		"Department", department, ["department_head", "acting_head", "partnership_liaison"]
	)
	for user in people or ():
		if user and frappe.db.get_value("User", user, "enabled"):
			return user
	return None
