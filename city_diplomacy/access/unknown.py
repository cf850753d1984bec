"""One answer for what does not exist and for what one may not know of."""

from typing import Any

import frappe
from frappe import _

from city_diplomacy.access.guarded import child_tables
from city_diplomacy.access.rows import EVERY_RECORD, is_known, is_stored, known_records


class UnknownRecordError(frappe.PermissionError):
	"""There is no such record, or not for this person; the answer is the same."""


def refuse_unknown(doctype: str, name: Any) -> None:
	"""Raises UnknownRecordError with the one sentence for both."""
	frappe.throw(
		_("There is no {0} {1}, or you may not open it.").format(
			_(doctype), frappe.utils.escape_html(str(name))
		),
		UnknownRecordError,
	)


def refuse_unless_known(doctype: str, name: Any) -> None:
	"""Raises UnknownRecordError for a record the signed-in person may not know of."""
	if not may_know(doctype, name):
		refuse_unknown(doctype, name)


def may_know(doctype: str, name: Any) -> bool:
	"""Whether the signed-in person may be told that a record of this name is there, or that it is not.

	Where every record of the DocType may be known, Frappe's own answer to a name that does not exist says nothing.
	"""
	user = frappe.session.user
	if user == "Administrator" or known_records(doctype, user) is EVERY_RECORD:
		return True
	if is_known(doctype, name, user):
		return True
	# Shared by Frappe's own means. Of a row of a child table Frappe asks its parent's DocType, not its parent.
	return doctype not in child_tables() and is_stored(doctype, name) and may_read(doctype, name)


def may_read(doctype: str, doc: Any, right: str = "read") -> bool:
	"""Whether the signed-in person may read a stored document, given itself or by its name; or has another `right` on it.

	What Frappe notes of a refusal would tell that there is such a record; it is taken back.
	"""
	noted = len(frappe.local.message_log)
	allowed = bool(frappe.has_permission(doctype, right, doc=doc))
	del frappe.local.message_log[noted:]
	return allowed
