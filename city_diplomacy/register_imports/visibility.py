"""Who may know of which import: people of their own, the office's managers of all; and who may go on with it."""

from typing import Any

import frappe
from frappe import _
from frappe.query_builder import Criterion

from city_diplomacy.access.rights import MANAGER


def visible_imports_condition(user: str) -> Criterion | None:
	"""The imports a person may know of, over `frappe.qb.DocType("Register Import")`."""
	if MANAGER in frappe.get_roles(user):
		return None
	return frappe.qb.DocType("Register Import").owner == user


def is_own(doc: Any) -> bool:
	"""Whether an import is the signed-in person's, so that what they may see decides what it finds."""
	return frappe.session.user in (doc.owner, "Administrator")


def refuse_unless_own(doc: Any) -> None:
	"""Raises PermissionError for an import of somebody else, which would show its owner what only others may see."""
	if not is_own(doc):
		frappe.throw(
			_(
				"This import is somebody else's. You may look at it, cancel it and take it back; leave the rest to them."
			),
			frappe.PermissionError,
		)
