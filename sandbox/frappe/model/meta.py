"""A DocType's definition with its Custom Fields and Custom DocPerms applied."""

import frappe
from frappe.model import child_table_fields, data_fieldtypes, default_fields, table_fields
from frappe.utils import cint

_LABELS = {"name": "ID", "owner": "Created By", "creation": "Created On", "modified": "Last Updated On",
	"modified_by": "Last Updated By", "docstatus": "Document Status", "idx": "Index"}  # fmt: skip
_BARE = {"Custom Field", "Property Setter", "Custom DocPerm", "DocType"}


class DocField(frappe._dict):
	"""One field; absent properties answer None, numbers 0. Fields are told apart by identity."""

	__hash__ = object.__hash__


class Meta:
	def __init__(self, definition: dict):
		self.__dict__.update(definition)
		self.fields = [self._field(df) for df in definition.get("fields", [])]
		self.permissions = [frappe._dict(perm) for perm in definition.get("permissions", [])]
		if self.name not in _BARE:
			self._customise()
		self._fields, self._by_type = {df.fieldname: df for df in self.fields}, {}
		for df in self.fields:
			self._by_type.setdefault(df.fieldtype, []).append(df)
		self._table_fields = [df for df in self.fields if df.fieldtype in table_fields]
		self.fetching = [df for df in self.fields if df.fetch_from]
		self._valid_columns = [*default_fields[1:], *(child_table_fields if self.istable else ())]
		self._valid_columns += [df.fieldname for df in self.fields if df.fieldtype in data_fieldtypes]

	def __getattr__(self, name):
		if name.startswith("__"):
			raise AttributeError(name)
		if name.startswith(("get_", "has_", "is_translatable")):
			frappe.refuse(f"Meta.{name}")
		return None

	def _field(self, df) -> DocField:
		field = DocField(df, parent=self.name)
		for key in ("reqd", "permlevel", "hidden", "read_only", "allow_on_submit", "no_copy", "length"):
			field[key] = cint(field.get(key))
		return field

	def _customise(self):
		for row in _rows("Custom Field", {"dt": self.name}, "idx asc"):
			names = [df.fieldname for df in self.fields]
			at = names.index(row.insert_after) + 1 if row.insert_after in names else len(names)
			self.fields.insert(at, self._field({**row, "is_custom_field": 1}))
		for row in _rows("Property Setter", {"doc_type": self.name}):
			if row.doctype_or_field != "DocType":
				frappe.refuse(f"a Property Setter of a field, as for {self.name},")
			self.__dict__[row.property] = cint(row.value) if row.property_type == "Check" else row.value
		self.permissions = _rows("Custom DocPerm", {"parent": self.name}) or self.permissions

	def get_field(self, fieldname) -> DocField | None:
		return self._fields.get(fieldname)

	def has_field(self, fieldname) -> bool:
		return fieldname in self._fields

	def get_label(self, fieldname) -> str:
		df = self.get_field(fieldname)
		return df.label if df else _LABELS.get(fieldname, "No Label")

	def get_table_fields(self) -> list:
		return self._table_fields

	def get_fields_of_type(self, *fieldtypes) -> list:
		return [df for fieldtype in fieldtypes for df in self._by_type.get(fieldtype, [])]

	def get_valid_columns(self) -> list[str]:
		return self._valid_columns

	def get_set_only_once_fields(self) -> list:
		standard = {"creation": "Datetime", "owner": "Data"}
		named = [(one, kind, _LABELS[one]) for one, kind in standard.items()]
		extra = [DocField(fieldname=one, fieldtype=kind, label=label) for one, kind, label in named]
		return [df for df in self.fields if df.set_only_once] + extra

	def get_title_field(self) -> str:
		return self.title_field or ("title" if self.has_field("title") else "name")


def _rows(doctype: str, filters: dict, order_by=None) -> list:
	exists = frappe.db.table_exists(doctype)
	return frappe.db.get_values(doctype, filters, "*", as_dict=True, order_by=order_by) if exists else []


def get_meta(doctype: str, cached: bool = True) -> Meta:
	if cached and (meta := frappe.local.metas.get(doctype)):
		return meta
	definition = frappe.local.doctypes.get(doctype)
	if not definition:
		text = frappe._("DocType {0} not found").format(doctype)
		frappe.throw(text, frappe.DoesNotExistError(doctype="DocType"))
	meta = frappe.local.metas[doctype] = Meta(definition)
	return meta
