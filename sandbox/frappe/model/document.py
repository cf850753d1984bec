"""The life of a document: load, insert, save, submit, cancel, delete, with hooks in Frappe's order."""

from functools import partial

import frappe
from frappe import _
from frappe.model.base_document import BaseDocument, get_controller
from frappe.model.checks import Checks
from frappe.model.create_new import default_values
from frappe.model.naming import set_new_name, validate_name
from frappe.model.workflow import get_workflow_name, set_workflow_state_on_action, validate_workflow
from frappe.utils import cast, cstr, now

_REFUSED = str.split(
	"rename queue_action lock unlock add_tag get_tags add_seen add_viewed get_signature get_password "
	"get_formatted get_permlevel_access share get_assigned_users discard is_locked precision getone as_json "
	"get_url db_get get_value has_value_changed notify_update get_onload raise_no_permission_to "
	"add_roles remove_roles"
)
_STEPS = {
	"save": ("before_validate validate before_save", "on_update"),
	"submit": ("before_validate validate before_submit", "on_update on_submit"),
	"cancel": ("before_cancel", "on_cancel"),
	"update_after_submit": ("before_update_after_submit", "on_update_after_submit"),
}


def get_doc(*args, **kwargs):
	first = args[0] if args else kwargs
	if isinstance(first, BaseDocument):
		return first
	doctype = first if isinstance(first, str) else first.get("doctype") if isinstance(first, dict) else None
	if not doctype:
		raise ValueError("get_doc needs a DocType name, a document, or a dictionary with a doctype.")
	return get_controller(doctype)(*args, **kwargs)


class Document(Checks, BaseDocument):
	def __init__(self, *args, **kwargs):
		self.doctype, self.name, self.flags = None, None, frappe._dict()
		first = args[0] if args else kwargs
		if isinstance(first, str):
			self.doctype, self.name = first, first if len(args) == 1 else args[1]
			self.load_from_db()
			return
		super().__init__(first)
		self.init_valid_columns()

	def __getattr__(self, name):
		if name in _REFUSED:
			frappe.refuse(f"Document.{name}")
		raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")

	def load_from_db(self):
		self.flags.ignore_children = True
		if self.meta.issingle:
			values = frappe.db.get_singles_dict(self.doctype)
			fresh = {**default_values(self.doctype), "name": self.doctype, "__islocal": None}
			super().__init__(values or fresh)
			self.init_valid_columns()
			self._fix_numeric_types()
		else:
			values = frappe.db.get_value(self.doctype, self.name, "*", as_dict=True)
			if not values:
				error = frappe.DoesNotExistError(doctype=self.doctype)
				frappe.throw(_("{0} {1} not found").format(self.doctype, self.name), error)
			super().__init__(values)
		self.flags.pop("ignore_children", None)
		for df in self.meta.get_table_fields():
			rows = frappe.db.get_values(df.options, self._rows_of(df), "*", as_dict=True, order_by="idx asc")
			self.set(df.fieldname, rows)
		return self

	reload = load_from_db

	def _rows_of(self, df) -> dict:
		return {"parent": str(self.name), "parenttype": self.doctype, "parentfield": df.fieldname}

	def _fix_numeric_types(self):
		for df in self.meta.get_fields_of_type("Check", "Int", "Float", "Currency", "Percent"):
			if df.fieldtype == "Check" or self.get(df.fieldname) is not None:
				self.set(df.fieldname, cast(df.fieldtype, self.get(df.fieldname)))

	def has_permission(self, permtype="read", *, user=None) -> bool:
		if self.flags.ignore_permissions:
			return True
		return frappe.permissions.has_permission(self.doctype, permtype, self, user)

	def check_permission(self, permtype="read"):
		if not self.has_permission(permtype):
			text = _("You need the permission to {0} on {1} {2}.")
			frappe.flags.error_message = text.format(permtype, self.doctype, self.name or "")
			raise frappe.PermissionError

	def insert(self, ignore_permissions=None, ignore_links=None, ignore_mandatory=None, set_name=None):
		flags = {"permissions": ignore_permissions, "links": ignore_links, "mandatory": ignore_mandatory}
		self.flags.update({f"ignore_{name}": value for name, value in flags.items() if value is not None})
		self.set("__islocal", True)
		self._set_defaults()
		self._stamp()
		self.check_if_latest()
		self._validate_links()
		self.check_permission("create")
		self.run_method("before_insert")
		self._name(set_name)
		self.flags.in_insert = True
		self._run_before()
		self._validate()
		self._name(set_name)
		self.flags.in_insert = False
		self._write()
		for row in self.get_all_children():
			row.db_insert()
		self.run_method("after_insert")
		self.flags.in_insert = True
		self._finish()
		self.flags.in_insert = False
		self.__dict__.pop("__islocal", None)
		return self

	def save(self, ignore_permissions=None, ignore_version=None):
		if ignore_permissions is not None:
			self.flags.ignore_permissions = ignore_permissions
		self.flags.ignore_version = frappe.flags.in_test if ignore_version is None else ignore_version
		if self.get("__islocal") or not self.get("name"):
			return self.insert()
		self._set_defaults()
		self.check_permission("write")
		self._stamp()
		self.check_if_latest()
		self._tie_children()
		for row in self.get_all_children():
			if not row.name:
				set_new_name(row)
		self._validate_links()
		self._run_before()
		if self._action != "cancel":
			self._validate()
		if self._action == "update_after_submit":
			self.validate_update_after_submit()
		self._tie_children()
		self._write()
		self._update_children()
		self._finish()
		return self

	def submit(self):
		self.docstatus = 1
		return self.save()

	def cancel(self):
		self.docstatus = 2
		return self.save()

	def delete(self, ignore_permissions=False, force=False, *, delete_permanently=False):
		frappe.delete_doc(self.doctype, self.name, force, ignore_permissions, flags=self.flags)

	def _set_defaults(self):
		if frappe.flags.in_import:
			return
		if self.is_new():
			self.update_if_missing(default_values(self.doctype))
		for row in self.get_all_children():
			if row.is_new():
				row.update_if_missing(default_values(row.doctype))

	def _stamp(self):
		self._original_modified = self.modified
		self.modified, self.modified_by = now(), frappe.session.user
		if self.is_new() and not (frappe.flags.in_install or frappe.flags.in_migrate):
			self.creation, self.owner = self.modified, self.modified_by
		for row in self.get_all_children():
			row.modified, row.modified_by, row.docstatus = self.modified, self.modified_by, self.docstatus
			row.owner, row.creation = row.owner or self.owner, row.creation or self.creation
		frappe.flags.currently_saving.append((self.doctype, self.name))

	def _tie_children(self):
		for row in self.get_all_children():
			row.parent, row.parenttype, row.docstatus = self.name, self.doctype, self.docstatus

	def _name(self, set_name):
		if set_name and not self.flags.name_set:
			self.name = validate_name(self.doctype, set_name)
		elif not self.flags.name_set:
			set_new_name(self)
		for row in self.get_all_children() if not self.flags.name_set else ():
			set_new_name(row)
		self.flags.name_set = True
		self._tie_children()

	def check_if_latest(self):
		"""Refuses an outdated copy, and docstatus changes that do not exist."""
		self.load_doc_before_save(raise_exception=True)
		before, after = self._doc_before_save, int(self.docstatus)
		if before and cstr(before.modified) != cstr(self._original_modified):
			text = _("{0} {1} was changed since you opened it. Load it again.")
			frappe.throw(text.format(self.doctype, self.name), frappe.TimestampMismatchError)
		earlier = int(before.docstatus) if before and not self.meta.issingle else 0
		actions = {(0, 0): "save", (0, 1): "submit", (1, 1): "update_after_submit", (1, 2): "cancel"}
		self._action = actions.get((earlier, after))
		if not self._action:
			known = earlier != 2 and after in (0, 1, 2)
			error = frappe.DocstatusTransitionError if known else frappe.ValidationError
			raise error(_("The docstatus cannot go from {0} to {1}.").format(earlier, after))
		if self._action != "save":
			self.check_permission("cancel" if self._action == "cancel" else "submit")

	def load_doc_before_save(self, *, raise_exception=False):
		self._doc_before_save = None if self.is_new() else frappe.get_doc(self.doctype, self.name)

	def get_doc_before_save(self):
		return self.__dict__.get("_doc_before_save")

	def _run_before(self):
		for step in _STEPS[self._action][0].split():
			if not self.flags.ignore_validate or step == "before_validate":
				self.run_method(step)
		df = self.meta.get_field("title") if self.meta.title_field == "title" else None
		pattern = df and (df.options or (self.is_new() and not self.get("title") and df.default))
		if pattern:
			values = {key: "" if value is None else value for key, value in self.as_dict().items()}
			self.title = pattern.format(**values)

	def _finish(self):
		from frappe.model.delete_doc import check_links

		for step in _STEPS[self._action][1].split():
			self.run_method(step)
		if self._action == "cancel" and not self.flags.ignore_links:
			check_links(self, "Cancel")
		self.clear_cache()
		if self.meta.track_changes and not (self.flags.ignore_version or frappe.flags.in_install):
			frappe.get_attr("sandbox.controllers.record_version")(self._doc_before_save, self)
		self.run_method("on_change")
		if (self.doctype, self.name) in frappe.flags.currently_saving:
			frappe.flags.currently_saving.remove((self.doctype, self.name))
		self.__dict__.pop("__unsaved", None)

	def validate_workflow(self):
		if get_workflow_name(self.doctype):
			validate_workflow(self)
			if self._action != "save":
				set_workflow_state_on_action(self, self._action)

	def _write(self):
		if not self.meta.issingle:
			self.db_insert() if self.is_new() else self.db_update()
			return
		frappe.db.delete("Singles", {"doctype": self.doctype})
		rows = [(self.doctype, field, value) for field, value in self.get_valid_dict().items()]
		frappe.db.bulk_insert("Singles", ["doctype", "field", "value"], rows)

	def _update_children(self):
		for df in self.meta.get_table_fields():
			rows = self.get(df.fieldname) or []
			kept = [row.name for row in rows if row.name and not row.is_new()]
			frappe.db.delete(df.options, {**self._rows_of(df), "name": ["not in", kept or [""]]})
			for row in rows:
				row.db_update()

	def db_set(self, fieldname, value=None, update_modified=True):
		changes = fieldname if isinstance(fieldname, dict) else {fieldname: value}
		self.update(changes)
		if update_modified and (self.doctype, self.name) not in frappe.flags.currently_saving:
			self.modified, self.modified_by = now(), frappe.session.user
		if not self.get_doc_before_save() and frappe.db.exists(self.doctype, self.name):
			self._doc_before_save = frappe.get_doc(self.doctype, self.name)
		self.run_method("before_change")
		stamps = {"modified": self.modified, "modified_by": self.modified_by} if update_modified else {}
		frappe.db.set_value(self.doctype, self.name, {**changes, **stamps}, update_modified=False)
		self.run_method("on_change")

	def run_method(self, method, *args, **kwargs):
		"""The controller's method, then the hooks of doc_events; the last answer that is not None."""
		answer, handler = None, getattr(self, method, None)
		calls = [handler] if callable(handler) else []
		events = frappe.get_hooks("doc_events", {})
		for path in events.get(self.doctype, {}).get(method, []) + events.get("*", {}).get(method, []):
			calls.append(partial(frappe.get_attr(path), self, method))
		for call in calls:
			answered = call(*args, **kwargs)
			answer = answer if answered is None else answered
		return answer

	def add_comment(self, comment_type="Comment", text=None):
		comment = frappe.new_doc("Comment", comment_type=comment_type, content=text or comment_type)
		comment.update({"reference_doctype": self.doctype, "reference_name": self.name})
		return comment.insert(ignore_permissions=True)  # as in Frappe: the system notes what happened

	def get_title(self):
		return self.get(self.meta.get_title_field()) or ""

	def set_onload(self, key, value):
		self.__dict__.setdefault("__onload", frappe._dict())[key] = value

	def clear_cache(self):
		frappe.clear_document_cache(self.doctype, self.name)
