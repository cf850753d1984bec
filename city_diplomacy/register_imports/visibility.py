"""Who may know of which import: people of their own, the office's managers of all."""

import frappe
from frappe.query_builder import Criterion

from city_diplomacy.access.rights import MANAGER


def visible_imports_condition(user: str) -> Criterion | None:
	"""The imports a person may know of, over `frappe.qb.DocType("Register Import")`."""
	if MANAGER in frappe.get_roles(user):
		return None
	return frappe.qb.DocType("Register Import").owner == user
