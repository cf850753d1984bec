"""The base of the records people fill in: each value is fit to be stored and shown before anything looks at it.

Frappe takes whatever JSON a client sends. An object in a Link would be read as filters of a query, and any
object in a text field ends as an error of the database driver; here both end as a sentence. Frappe's sanitiser
lets pass what reads as JSON, what is not closed, and everything that is submitted, so words are made neutral here.
"""

import re
from collections.abc import Iterator
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import sanitize_html

from city_diplomacy.domain.words import neutral, typographic
from city_diplomacy.registers.errors import RegisterError
from city_diplomacy.registers.record_dates import label_of, read_dates

PLAIN_TEXT = ("Data", "Small Text", "Text", "Long Text")
# kind of text field: the most characters in it (a Data field's length is Frappe's to check)
LONGEST = {"Small Text": 10_000, "Text": 10_000, "Long Text": 200_000, "Text Editor": 200_000}
LONGEST_NAME = 140
COLUMNS_OF_EVERY_RECORD = (
	"name",
	"owner",
	"creation",
	"modified",
	"modified_by",
	"parent",
	"parenttype",
	"parentfield",
)
DOCSTATUSES = (None, 0, 1, 2, "0", "1", "2")
# No database stores the first, no encoding the others.
_NOT_STORABLE = re.compile(r"[\x00\ud800-\udfff]")
# An address a browser would run or make up a page of, instead of fetching it.
_RUN_ADDRESS = re.compile(r"[\s\x00-\x1f]*(?!https?:)[a-z][a-z0-9+.\s-]*:", re.IGNORECASE)


class Register(Document):
	def update(self, d: Any) -> Any:
		"""Take values, as Document.update. Raises RegisterError for a value of a shape no field has."""
		refuse_wrong_shapes(d.get("doctype") or self.doctype, d)
		return super().update(d)

	def before_naming(self) -> None:
		"""Desk writes names into attributes as they are, where a quotation mark would end the attribute."""
		for field in self.meta.fields:
			value = self.get(field.fieldname) if field.fieldtype == "Data" else None
			if isinstance(value, str) and '"' in value:
				self.set(field.fieldname, typographic(value))

	def before_validate(self) -> None:
		settle_values(self)

	def before_update_after_submit(self) -> None:
		settle_values(self)


def settle_values(doc: Register) -> None:
	"""Read dates, make words neutral and check addresses of files, in what is new or changed of a record and its rows.

	What is stored already stays as it is, because answers and signatures rest on it. Raises RegisterError naming the
	field.
	"""
	read_dates(doc)
	for row, stored in _with_stored(doc):
		for fieldname, value in tuple(row.__dict__.items()):
			if not isinstance(value, str) or not value or value == (stored and stored.get(fieldname)):
				continue
			if field := row.meta.get_field(fieldname):
				row.set(fieldname, _settled(row, field, value))


def _with_stored(doc: Register) -> Iterator[tuple[Any, Any]]:
	before = doc.get_doc_before_save()
	yield doc, before
	rows = {(row.doctype, row.name): row for row in before.get_all_children()} if before else {}
	for row in doc.get_all_children():
		yield row, rows.get((row.doctype, row.name))


def _settled(row: Any, field: Any, value: str) -> str:
	if len(value) > LONGEST.get(field.fieldtype, len(value)):
		frappe.throw(
			_("{0} has {1} characters; keep it under {2} and attach the rest as a file.").format(
				label_of(row, field.fieldname), len(value), LONGEST[field.fieldtype]
			),
			RegisterError,
		)
	if field.fieldtype in PLAIN_TEXT:
		return neutral(value)
	if field.fieldtype == "Text Editor" and "<" in value:
		return sanitize_html(value, always_sanitize=True)
	if field.fieldtype in ("Attach", "Attach Image"):
		if _RUN_ADDRESS.match(value):
			frappe.throw(
				_("{0} must be the address of an uploaded file.").format(label_of(row, field.fieldname)),
				RegisterError,
			)
		# Desk writes the address into a link as it is.
		return neutral(value).replace('"', "%22")
	return value


def refuse_wrong_shapes(doctype: str, values: Any) -> None:
	"""Raises RegisterError for an object or list in a plain field, for a table that is no list of rows, and for text
	that cannot be stored."""
	if values.get("docstatus") not in DOCSTATUSES:
		frappe.throw(_("A record is a draft, submitted or cancelled, and nothing else."), RegisterError)
	meta = None
	for fieldname, value in values.items():
		if not value and not isinstance(value, dict | list | tuple):
			continue
		meta = meta or frappe.get_meta(doctype)
		field = meta.get_field(fieldname)
		if field and field.fieldtype in ("Table", "Table MultiSelect"):
			_check_rows(field, value)
		elif (field or fieldname in COLUMNS_OF_EVERY_RECORD) and isinstance(value, dict | list | tuple):
			_refuse(field.label if field else fieldname)
		elif field and field.fieldtype in ("Link", "Dynamic Link") and isinstance(value, float | bool):
			_refuse(field.label)
		elif fieldname in COLUMNS_OF_EVERY_RECORD and len(str(value)) > LONGEST_NAME:
			frappe.throw(
				_("{0} can have at most {1} characters.").format(_(fieldname), LONGEST_NAME), RegisterError
			)
		elif isinstance(value, str) and _NOT_STORABLE.search(value):
			_refuse_text(field.label if field else fieldname)


def _check_rows(field: Any, rows: Any) -> None:
	if not isinstance(rows, list | tuple):
		_refuse(field.label)
	for row in rows:
		if isinstance(row, dict):
			refuse_wrong_shapes(field.options, row)
		elif not isinstance(row, Document):
			_refuse(field.label)


def _refuse(label: str) -> None:
	frappe.throw(_("{0} cannot hold a value of this kind.").format(_(label)), RegisterError)


def _refuse_text(label: str) -> None:
	frappe.throw(
		_("{0} holds a character that cannot be stored; type it again.").format(_(label)), RegisterError
	)
