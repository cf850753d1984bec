"""Values, child rows and database rows of a document; checks are in checks.py, its life in document.py."""

import datetime
import weakref
from importlib import import_module

import frappe
from frappe.database.filters import db_value
from frappe.database.schema import quote
from frappe.model import default_fields, table_fields
from frappe.utils import cast, cint, cstr, flt

_RESERVED = ("doctype", "meta", "flags", "parent_doc", "_doc_before_save", "_table_fieldnames")
_PRIVATE = ("_user_tags", "__islocal", "__onload", "_liked_by", "__unsaved")


class DocStatus(int):
	def is_draft(self) -> bool:
		return self == 0

	def is_submitted(self) -> bool:
		return self == 1

	def is_cancelled(self) -> bool:
		return self == 2


def get_controller(doctype: str) -> type:
	"""The class of a DocType's documents: its controller's, or Document for those without one."""
	from frappe.model.document import Document

	if doctype not in frappe.local.controllers:
		path, controller = frappe.get_meta(doctype).controller_path, Document
		override = frappe.get_hooks("override_doctype_class", {}).get(doctype)
		if override:
			controller = frappe.get_attr(override[-1])
		elif path:
			controller = getattr(import_module(path), doctype.replace(" ", "").replace("-", ""), None)
			if not controller or not issubclass(controller, BaseDocument):
				raise ImportError(f"{path} has no Document class for the DocType {doctype}.")
		frappe.local.controllers[doctype] = controller
	return frappe.local.controllers[doctype]


class BaseDocument:
	def __init__(self, d):
		if d.get("doctype"):
			self.doctype = d["doctype"]
		self._table_fieldnames = {df.fieldname for df in self.meta.get_table_fields()}
		self.update(d)

	@property
	def meta(self):
		return frappe.get_meta(self.doctype)

	def get(self, key, filters=None, default=None):
		if isinstance(filters, dict):
			frappe.refuse("Document.get with filters")
		return self.__dict__.get(key, filters or default)

	def set(self, key, value):
		if key in _RESERVED:
			return
		if key in self._table_fieldnames and not self.flags.ignore_children:
			self.__dict__[key] = []
			self.extend(key, value or [])
		elif key == "docstatus":
			self.docstatus = value
		else:
			self.__dict__[key] = value

	def update(self, d):
		if "name" in d:
			self.name = d["name"]
		for key, value in d.items():
			self.set(key, value)
		return self

	def update_if_missing(self, d):
		for key, value in d.items():
			if value is not None and self.get(key) is None:
				self.set(key, value)

	def is_new(self) -> bool:
		return self.get("__islocal")

	@property
	def docstatus(self) -> DocStatus:
		value = self.__dict__.get("docstatus")
		if not isinstance(value, DocStatus):
			value = self.__dict__["docstatus"] = DocStatus(cint(value))
		return value

	@docstatus.setter
	def docstatus(self, value):
		self.__dict__["docstatus"] = DocStatus(cint(value))

	def append(self, key, value=None):
		if self.__dict__.get(key) is None:
			self.__dict__[key] = []
		row = self._init_child({} if value is None else value, key)
		self.__dict__[key].append(row)
		row.parent_doc = self
		return row

	def extend(self, key, value):
		for row in list(value):
			self.append(key, row)

	def remove(self, doc):
		rows = self.get(doc.parentfield)
		rows.remove(doc)
		for place, row in enumerate(rows, 1):
			row.idx = place

	@property
	def parent_doc(self):
		reference = self.__dict__.get("_parent_doc")
		return reference() if reference else None

	@parent_doc.setter
	def parent_doc(self, value):
		self.__dict__["_parent_doc"] = weakref.ref(value) if value is not None else None

	def _init_child(self, value, key):
		if not isinstance(value, BaseDocument):
			df = self.meta.get_field(key)
			if not df or df.fieldtype not in table_fields:
				raise AttributeError(key)
			if not isinstance(value, dict):
				raise ValueError(f"A row of {key} is a dictionary or a document, not {value!r}.")
			value["doctype"] = df.options
			value = get_controller(df.options)(value)
		value.parent, value.parenttype, value.parentfield = self.name, self.doctype, key
		value.idx = value.get("idx") or len(self.__dict__.get(key) or []) + 1
		if not value.get("name"):
			value.__dict__["__islocal"] = 1
		return value

	def get_all_children(self) -> list:
		return [row for df in self.meta.get_table_fields() for row in self.get(df.fieldname) or []]

	def init_valid_columns(self):
		for fieldname in self._table_fieldnames:
			self.__dict__[fieldname] = self.__dict__.get(fieldname) or []
		for key in (*default_fields, *self.meta.get_valid_columns()):
			self.__dict__.setdefault(key, None)
		self.__dict__["idx"] = self.__dict__["idx"] or 0
		self.docstatus = self.docstatus

	def get_valid_dict(self, sanitize=True, convert_dates_to_str=False, ignore_nulls=False):
		out, meta, values = frappe._dict(), self.meta, self.__dict__
		for fieldname in meta.get_valid_columns():
			df, value = meta.get_field(fieldname), values.get(fieldname)
			if df and (sanitize or value is not None):
				value = _column_value(df, value)
			if convert_dates_to_str and isinstance(value, datetime.date):
				value = str(value)
			if not (ignore_nulls and value is None):
				out[fieldname] = value
		return out

	def as_dict(self, no_nulls=False, convert_dates_to_str=False) -> dict:
		doc = self.get_valid_dict(convert_dates_to_str=convert_dates_to_str, ignore_nulls=no_nulls)
		doc["doctype"] = self.doctype
		for fieldname in self._table_fieldnames:
			rows = self.get(fieldname) or []
			doc[fieldname] = [row.as_dict(no_nulls, convert_dates_to_str) for row in rows]
		doc.update({key: self.__dict__[key] for key in _PRIVATE if self.__dict__.get(key)})
		return doc

	def _row(self) -> dict:
		"""The values as stored: dates in one form, numbers rounded as decimal(21,9) does."""
		row, meta = self.get_valid_dict(), self.meta
		for fieldname, value in row.items():
			df = meta.get_field(fieldname)
			if df and value is not None and df.fieldtype in ("Date", "Datetime"):
				value = cast(df.fieldtype, value)
			row[fieldname] = db_value(round(value, 9) if isinstance(value, float) else value)
		return row

	def db_insert(self):
		self.name = self.name or frappe.generate_hash(length=10)
		row = self._row()
		sql = f"INSERT INTO {quote('tab' + self.doctype)} ({', '.join(map(quote, row))})"
		try:
			frappe.db.execute(f"{sql} VALUES ({', '.join('?' * len(row))})", list(row.values()))
		except frappe.db.IntegrityError as error:
			# MariaDB looks at the primary key first, SQLite at any unique index
			if not (frappe.db.is_duplicate_entry(error) and frappe.db.exists(self.doctype, self.name)):
				self._refuse_duplicate_value(error)
			frappe.msgprint(frappe._("{0} {1} already exists").format(self.doctype, self.name))
			raise frappe.DuplicateEntryError(self.doctype, self.name, error) from error
		self.set("__islocal", False)

	def db_update(self):
		if self.get("__islocal") or not self.name:
			self.db_insert()
			return
		row = self._row()
		name = row.pop("name")
		try:
			frappe.db.set_value(self.doctype, {"name": name}, row, update_modified=False)
		except frappe.db.IntegrityError as error:
			self._refuse_duplicate_value(error)

	def _refuse_duplicate_value(self, error):
		if not frappe.db.is_duplicate_entry(error):
			raise error
		fieldnames = [part.rsplit(".", 1)[-1] for part in str(error).split(": ", 1)[-1].split(",")]
		labels = ", ".join(map(self.meta.get_label, fieldnames))
		frappe.msgprint(frappe._("{0} must be unique").format(labels))
		raise frappe.UniqueValidationError(self.doctype, self.name, error) from error


def _column_value(df, value):
	if isinstance(value, list):
		frappe.throw(frappe._("The value of {0} cannot be a list.").format(df.label))
	if (kind := df.fieldtype) == "Check":
		return 1 if cint(value) else 0
	if kind == "Int" and not isinstance(value, int):
		return cint(value)
	if kind in ("Float", "Currency", "Percent") and not isinstance(value, float):
		return flt(value)
	empty_date = value == "" and kind in ("Date", "Datetime")
	return None if empty_date or (df.unique and not cstr(value).strip()) else value
