"""The base of the records people fill in: each value has the shape of its field before anything looks it up.

Frappe takes whatever JSON a client sends. An object in a Link would be read as filters of a query, and any
object in a text field ends as an error of the database driver; here both end as a sentence.
"""

from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document

from city_diplomacy.partnerships.exceptions import RegisterError


class Register(Document):
	def update(self, d: Any) -> Any:
		"""Take values, as Document.update. Raises RegisterError for a value of a shape no field has."""
		refuse_wrong_shapes(d.get("doctype") or self.doctype, d)
		return super().update(d)


def refuse_wrong_shapes(doctype: str, values: Any) -> None:
	"""Raises RegisterError for an object or list in a plain field, and for a table that is no list of rows."""
	meta = None
	for fieldname, value in values.items():
		if not value or isinstance(value, int | float):
			continue
		meta = meta or frappe.get_meta(doctype)
		field = meta.get_field(fieldname)
		if not field:
			continue
		if field.fieldtype in ("Table", "Table MultiSelect"):
			_check_rows(field, value)
		elif isinstance(value, dict | list | tuple):
			_refuse(field)


def _check_rows(field: Any, rows: Any) -> None:
	if not isinstance(rows, list | tuple):
		_refuse(field)
	for row in rows:
		if isinstance(row, dict):
			refuse_wrong_shapes(field.options, row)
		elif not isinstance(row, Document):
			_refuse(field)


def _refuse(field: Any) -> None:
	frappe.throw(
		_("{0} cannot hold a value of this kind.").format(_(field.label or field.fieldname)), RegisterError
	)
