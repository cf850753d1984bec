"""New documents with their defaults."""

import copy

import frappe
from frappe.utils import cstr, now_datetime, nowdate


def new_doc(doctype, **values):
	return frappe.get_doc(default_values(doctype)).update(values)


def default_values(doctype) -> dict:
	templates = frappe.local.new_doc_templates
	if doctype not in templates:
		templates[doctype] = _template(doctype)
	values = copy.deepcopy(templates[doctype])
	for df in frappe.get_meta(doctype).get_fields_of_type("Datetime"):
		if cstr(df.default).lower() == "now":
			values[df.fieldname] = now_datetime()
	return values


def _template(doctype) -> dict:
	doc = frappe.get_doc({"doctype": doctype, "__islocal": 1, "owner": frappe.session.user, "docstatus": 0})
	defaults = frappe.defaults.get_defaults()
	for df in doc.meta.fields:
		value = defaults.get(df.fieldname) if df.fieldtype == "Link" and df.options != "User" else None
		is_column = df.fieldname != doc.meta.title_field and df.fieldname in doc.meta.get_valid_columns()
		if value and frappe.db.exists(df.options, value):
			doc.set(df.fieldname, value)
		elif not value and is_column:
			doc.set(df.fieldname, _static_default(df))
	doc._fix_numeric_types()
	values = doc.get_valid_dict(sanitize=False)
	values.update(doctype=doctype, __islocal=1, __unsaved=None if doc.meta.issingle else 1)
	return values


def _static_default(df):
	if cstr(df.default).startswith(":"):
		frappe.refuse(f"the default of {df.parent}.{df.fieldname}")
	if df.default in ("__user", "Today"):
		return frappe.session.user if df.default == "__user" else nowdate()
	if df.default:
		return None if df.fieldtype == "Datetime" and df.default.lower() == "now" else df.default
	return df.options.split("\n", 1)[0] if df.fieldtype == "Select" and df.options else None
