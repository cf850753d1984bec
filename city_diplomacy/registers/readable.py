"""Records as the methods a browser calls take them: by a name that anybody may send.

Everything a method says about a record, it says to those who may know of it. For everybody else, and for a name
that is none, there is one answer: the same exception with the same sentence.
"""

from typing import Any

import frappe
from frappe import _

from city_diplomacy.access.unknown import may_read, refuse_unknown


def readable(doctype: str, name: str, right: str = "read", for_update: bool = False) -> Any:
	"""Returns a document the signed-in person has `right` on, read with its lock if it is to be changed.

	Raises UnknownRecordError when there is none or the person may not read it, PermissionError when they may read it
	and no more.
	"""
	doc = _stored(doctype, name, for_update)
	if not doc or not may_read(doctype, doc):
		refuse_unknown(doctype, name)
	if right != "read":
		doc.check_permission(right)
	return doc


def refuse_hidden_link(doc: Any, fieldname: str, doctype: str) -> None:
	"""Raises LinkValidationError when a field names a record the signed-in person may not read.

	In Frappe's own words for a link that leads nowhere, which it refuses before any hook is asked.
	"""
	if not may_read(doctype, doc.get(fieldname)):
		df = doc.meta.get_field(fieldname)
		named = f"{_(df.label, context=doc.doctype)}: {doc.get(fieldname)}"
		frappe.throw(_("Could not find {0}").format(named), frappe.LinkValidationError)


def _stored(doctype: str, name: str, for_update: bool) -> Any | None:
	try:
		return frappe.get_doc(doctype, name, for_update=for_update)
	except frappe.DoesNotExistError:
		frappe.clear_last_message()
		return None
