"""Deleting, and the links that forbid it."""

import frappe
from frappe import _
from frappe.model.naming import revert_series_if_last

# Rows of the system itself that go with the document or may outlive it; Frappe's own hook names them.
IGNORED = {"Comment", "Communication", "ToDo", "Version", "Notification Log", "File", "Email Queue",
	"Error Log"}  # fmt: skip
_REFERENCES = (
	("ToDo", "reference_type", "reference_name"), ("Version", "ref_doctype", "docname"),
	("Comment", "reference_doctype", "reference_name"), ("Notification Log", "document_type", "document_name"),
	("File", "attached_to_doctype", "attached_to_name"),
)  # fmt: skip


def delete_doc(doctype, name, force=False, ignore_permissions=False, flags=None, delete_permanently=False,
		ignore_on_trash=False):  # fmt: skip
	if not frappe.db.exists(doctype, name):
		return False
	doc = frappe.get_doc(doctype, name)
	doc.flags.update(flags or {}, **({"ignore_permissions": True} if ignore_permissions else {}))
	if frappe.session.user != "Administrator" and not doc.has_permission("delete"):
		frappe.throw(_("You may not delete {0} {1}.").format(doctype, name), frappe.PermissionError)
	if doc.meta.is_submittable and doc.docstatus.is_submitted():
		frappe.throw(_("{0} {1} is submitted; cancel it before deleting it.").format(doctype, name))
	if not ignore_on_trash:
		doc.run_method("on_trash")
		doc.flags.in_delete = True
		doc.run_method("on_change")
	if not force:
		check_links(doc, "Delete")
	_delete_rows(doc)
	doc.run_method("after_delete")
	for reference, type_field, name_field in _REFERENCES:
		frappe.db.delete(reference, {type_field: doctype, name_field: doc.name})
	doc.clear_cache()
	return None


def _delete_rows(doc):
	rule = doc.meta.autoname or ""
	if "#" in rule.split(":")[0] or rule.startswith("naming_series:"):
		revert_series_if_last(doc.get("naming_series") if ":" in rule else rule, doc.name, doc)
	if doc.meta.issingle:
		frappe.refuse("deleting a Single")
	frappe.db.delete(doc.doctype, {"name": doc.name})
	for child in {df.options for df in doc.meta.get_table_fields()}:
		frappe.db.delete(child, {"parenttype": doc.doctype, "parent": doc.name})


def check_links(doc, method: str):
	"""Raise LinkExistsError where another document still points at this one (a submitted one, on cancel)."""
	ignored = IGNORED | set(frappe.get_hooks("ignore_links_on_delete"))
	ignored |= set(doc.get("ignore_linked_doctypes") or []) if method == "Cancel" else set()
	for doctype in frappe.local.doctypes.keys() - ignored:
		meta = frappe.get_meta(doctype)
		for df in meta.get_fields_of_type("Link", "Dynamic Link"):
			dynamic = df.fieldtype == "Dynamic Link"
			points = (dynamic or df.options == doc.doctype) and df.fieldname != "amended_from"
			if points:
				filters = {df.fieldname: doc.name, **({df.options: doc.doctype} if dynamic else {})}
				for row in _linking_rows(meta, filters):
					_refuse_if_linked(doc, row, method, dynamic, ignored)


def _refuse_if_linked(doc, row, method, dynamic, ignored):
	"""A cancelled document's dynamic link does not count, its plain link does."""
	forbids = row.docstatus == 1 if method == "Cancel" else not dynamic or row.docstatus != 2
	if forbids and row.parenttype not in ignored and (row.parenttype, row.parent) != (doc.doctype, doc.name):
		text = _("{0} {1} is linked with {2} {3}.").format(doc.doctype, doc.name, row.parenttype, row.parent)
		frappe.throw(text, frappe.LinkExistsError)


def _linking_rows(meta, filters):
	if meta.issingle:
		values = frappe.db.get_singles_dict(meta.name)
		matches = all(values.get(key) == value for key, value in filters.items())
		return [frappe._dict(parenttype=meta.name, parent=meta.name, docstatus=0)] if matches else []
	fields = ["docstatus", *(["parent", "parenttype"] if meta.istable else ["name as parent"])]
	rows = frappe.db.get_values(meta.name, filters, fields, as_dict=True)
	return rows if meta.istable else [row.update(parenttype=meta.name) for row in rows]
