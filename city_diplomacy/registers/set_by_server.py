"""Fields that a method of ours sets and nobody types."""

from collections.abc import Mapping, Sequence
from typing import Any

import frappe
from frappe import _
from frappe.utils import cstr, flt

NUMBERS = ("Int", "Check", "Float", "Currency", "Percent")


def refuse_typed(
	doc: Any,
	fieldnames: Sequence[str],
	sentence: str,
	error: type[Exception],
	of_a_new_one: Mapping[str, Any] | None = None,
) -> None:
	"""Raises `error` where a document to be saved says something else in these fields than the stored one.

	Call it from `validate` unless a flag of the server says that the method at work sets them. `sentence` is translated
	and has one place, for the field's label; `of_a_new_one` are the values a document starts with where they are not empty.
	"""
	stored = doc.get_doc_before_save() or of_a_new_one or {}
	for fieldname in fieldnames:
		field = doc.meta.get_field(fieldname)
		plain = flt if field.fieldtype in NUMBERS else cstr
		if plain(doc.get(fieldname)) != plain(stored.get(fieldname)):
			frappe.throw(sentence.format(_(field.label)), error)
