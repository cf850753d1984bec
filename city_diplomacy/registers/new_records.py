"""A record sent back as if it were new."""

from typing import Any

import frappe
from frappe import _

from city_diplomacy.registers.errors import RegisterError


def refuse_stored_as_new(doc: Any) -> None:
	"""Raises RegisterError for a stored record that is to be inserted again.

	`PUT /api/resource/MOU/<name>` with `__islocal` makes Frappe load the stored record, hidden or not, and
	insert it as a new one, which then belongs to whoever asked.
	"""
	if doc.name and frappe.db.exists(doc.doctype, doc.name):
		frappe.throw(
			_("{0} is stored already; open it to change it, or duplicate it under a new name.").format(
				doc.name
			),
			RegisterError,
		)
