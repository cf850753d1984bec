"""Controllers of Frappe's and ERPNext's DocTypes as far as this app meets them, and Frappe's own hooks."""

import hashlib
import json
from pathlib import Path
from urllib.parse import unquote

import frappe
from frappe import _
from frappe.database import schema
from frappe.model import data_fieldtypes, no_value_fields, table_fields
from frappe.model.document import Document
from frappe.model.naming import append_number_if_name_exists
from frappe.permissions import AUTOMATIC_ROLES
from frappe.utils import cint, sanitize_html, strip_html

_HERE = "sandbox.controllers"
has_permission = {one: f"{_HERE}.may_do_to_{one.lower()}" for one in ("File", "ToDo", "Event")}
permission_query_conditions = {one: f"{_HERE}.visible_{one.lower()}s" for one in ("ToDo", "Event")}


def controller_of(doctype: str) -> str | None:
	return _HERE if isinstance(globals().get(doctype.replace(" ", "")), type(Document)) else None


class User(Document):
	def autoname(self):
		self.email = (self.email or "").strip().lower()
		self.name = self.email

	def validate(self):
		self.full_name = " ".join(filter(None, (self.first_name, self.last_name)))
		unique = {row.role: row for row in self.roles}
		for row in [row for row in self.roles if unique[row.role] is not row]:
			self.remove(row)
		# a System User has a role with desk access; anybody else is a Website User
		desk = unique and frappe.db.count("Role", {"name": ["in", list(unique)], "desk_access": 1})
		self.user_type = "System User" if desk or self.name in frappe.STANDARD_USERS else "Website User"

	def on_update(self):
		frappe.clear_cache(user=self.name)

	def on_trash(self):
		if self.name in frappe.STANDARD_USERS:
			frappe.throw(_("The user {0} cannot be deleted.").format(self.name))
		self.on_update()


class CustomDocPerm(Document):
	def on_update(self):
		frappe.clear_cache(doctype=self.parent)

	on_trash = on_update


class CustomField(Document):
	def autoname(self):
		if not self.fieldname:
			frappe.refuse("a Custom Field without a fieldname")
		self.name = f"{self.dt}-{self.fieldname}"

	def validate(self):
		names = [df.fieldname for df in frappe.get_meta(self.dt, cached=False).fields]
		if self.is_new() and self.fieldname in names:
			frappe.throw(_("{0} already has a field {1}.").format(self.dt, self.fieldname))
		if self.insert_after in names:
			self.idx = names.index(self.insert_after) + 1
		before = self.get_doc_before_save()
		known = self.fieldtype in (*no_value_fields, *data_fieldtypes)
		if not known or (before and before.fieldtype != self.fieldtype):
			frappe.refuse(f"a Custom Field that is or becomes a {self.fieldtype}")

	def on_update(self):
		frappe.clear_cache(doctype=self.dt)
		schema.sync(frappe.db, frappe.get_meta(self.dt, cached=False))

	def after_delete(self):
		frappe.clear_cache(doctype=self.dt)


class Comment(Document):
	def validate(self):
		self.comment_email = self.comment_email or frappe.session.user
		self.content = sanitize_html(self.content, always_sanitize=True)


class Version(Document):
	"""What a save changed, as Frappe keeps it (values as stored, where Frappe formats them)."""


def record_version(old, new):
	diff = _differences(old, new) if old and new.doctype != "Version" else None
	if diff:
		diff.update(updater_reference=new.flags.updater_reference)
		data = frappe.as_json(diff, indent=None, separators=(",", ":"))
		version = frappe.new_doc("Version", ref_doctype=new.doctype, docname=new.name, data=data)
		version.insert(ignore_permissions=True)  # as in Frappe: the system notes what changed


def _differences(old, new, in_row=False):
	"""{"changed": [[field, old, new]], "added": [...], "removed": [...], "row_changed": [...]}, or None."""
	out = frappe._dict(changed=[], added=[], removed=[], row_changed=[])
	for df in new.meta.fields:
		before, after = old.get(df.fieldname), new.get(df.fieldname)
		if df.fieldtype in table_fields and not in_row:
			stored, kept = {row.name: row for row in before or []}, {row.name for row in after or []}
			for place, row in enumerate(after or []):
				diff = _differences(stored[row.name], row, in_row=True) if row.name in stored else None
				if diff:
					out.row_changed.append((df.fieldname, place, row.name, diff.changed))
				elif row.name not in stored:
					out.added.append([df.fieldname, row.as_dict()])
			out.removed.extend([df.fieldname, row.as_dict()] for row in before or [] if row.name not in kept)
		elif df.fieldtype not in no_value_fields and str(before or "") != str(after or ""):
			out.changed.append((df.fieldname, before, after))
	if not in_row and old.docstatus != new.docstatus:
		out.changed.append(["docstatus", old.docstatus, new.docstatus])
	return out if any(out.values()) else None


class NotificationLog(Document):
	def after_insert(self):
		"""The letter Frappe sends, in its simplest form; an Alert rings the bell alone."""
		if self.type != "Alert" and not frappe.flags.mute_emails:
			link = f'<p><a href="{self.link}">{_("Open Document")}</a></p>'
			frappe.sendmail([self.for_user], strip_html(self.subject), f"{self.email_content}{link}")


class Workflow(Document):
	def validate(self):
		if self.is_active:
			same = {"document_type": self.document_type}
			frappe.db.set_value("Workflow", same, "is_active", 0, update_modified=False)
		states = {state.state: state.doc_status for state in self.states}
		for row in self.transitions:
			if not {row.state, row.next_state} <= states.keys():
				states_named = f"{row.state}, {row.next_state}"
				frappe.throw(_("{0} is not a state of this workflow.").format(states_named))
			step = (states[row.state], states[row.next_state])
			if step[0] == "2" or step in (("1", "0"), ("0", "2")):
				frappe.throw(_("Transition {0} goes from docstatus {1} to {2}.").format(row.idx, *step))

	def on_update(self):
		frappe.clear_cache(doctype=self.document_type)
		field = self.workflow_state_field
		if not frappe.get_meta(self.document_type).get_field(field):
			values = {"dt": self.document_type, "fieldname": field, "label": field.replace("_", " ").title()}
			values.update(fieldtype="Link", options="Workflow State", hidden=1, allow_on_submit=1, no_copy=1)
			frappe.get_doc({"doctype": "Custom Field", **values}).insert()
		first = {state.doc_status: state.state for state in reversed(self.states)}
		for docstatus, state in first.items():
			for empty in ("", None):
				without = {field: empty, "docstatus": docstatus}
				frappe.db.set_value(self.document_type, without, field, state, update_modified=False)

	def on_trash(self):
		frappe.clear_cache(doctype=self.document_type)


class File(Document):
	"""Rows in the database, content in the site's folder."""

	def __init__(self, *args, **kwargs):
		super().__init__(*args, **kwargs)
		self.content = self.get("content") or b""

	def autoname(self):
		self.name = frappe.generate_hash(length=10)

	def before_insert(self):
		if not self.file_name and not self.file_url:
			frappe.throw(_("A file needs a name or an address."), frappe.MandatoryError)
		self.is_private = 1 if cint(self.is_private) or (self.file_url or "").startswith("/private/") else 0
		self.file_name = (self.file_name or self.file_url.split("/")[-1]).replace("/", "")
		self.folder = self.folder or ("Home/Attachments" if self.attached_to_doctype else "Home")
		self.file_type = Path(self.file_name).suffix.lstrip(".").upper() or None
		self._check_address()
		self._store(self.content or self.get_content())

	def validate(self):
		self._check_address()
		before = self.get_doc_before_save()
		if before and cint(before.is_private) != cint(self.is_private):
			frappe.refuse("changing whether a File is private")

	def _check_address(self):
		self.file_url = unquote(self.file_url or "")
		if self.file_url.startswith(("http://", "https://")):
			frappe.refuse("a File on another site")
		folder, path = self._folder().resolve(), Path(self.get_full_path()).resolve()
		in_files = self.file_url.startswith(("/files/", "/private/files/")) and path.is_relative_to(folder)
		if self.file_url and not (in_files and path.is_file()):
			error = OSError if in_files else frappe.ValidationError
			frappe.throw(_("There is no file at {0}.").format(self.file_url), error)

	@property
	def is_remote_file(self) -> bool:
		return False

	def _folder(self) -> Path:
		return frappe.local.site_object.folder / ("private" if self.is_private else "public") / "files"

	def after_insert(self):
		if self.attached_to_doctype and self.attached_to_name:
			doc = frappe.get_doc(self.attached_to_doctype, self.attached_to_name)
			doc.add_comment("Attachment", self.file_name)

	def on_trash(self):
		others = {"content_hash": self.content_hash, "name": ["!=", self.name], "is_private": self.is_private}
		if not frappe.get_all("File", filters=others, limit=1):
			path = Path(self.get_full_path())
			frappe.db.after_commit.add(lambda: path.unlink(missing_ok=True))

	def _store(self, content):
		content = content.encode() if isinstance(content, str) else content
		self.content_hash = hashlib.md5(content, usedforsecurity=False).hexdigest()
		self.file_size = len(content)
		same = {"content_hash": self.content_hash, "is_private": self.is_private}
		self.file_url = frappe.db.get_value("File", same, "file_url")
		if self.file_url:
			return
		if (self._folder() / self.file_name).exists():
			stem, dot, ending = self.file_name.rpartition(".")
			self.file_name = f"{stem}{self.content_hash[-6:]}{dot}{ending}"
		path = self._folder() / self.file_name
		path.write_bytes(content)
		frappe.db.after_rollback.add(lambda: path.unlink(missing_ok=True))
		self.file_url = f"{'/private' if self.is_private else ''}/files/{self.file_name}"

	def get_full_path(self) -> str:
		kind = "private" if self.file_url.startswith("/private/") else "public"
		return str(frappe.local.site_object.folder / kind / "files" / self.file_url.split("/files/", 1)[-1])

	def get_content(self) -> bytes | str:
		"""The bytes, or text where they are UTF-8, as in Frappe."""
		content = self.content or Path(self.get_full_path()).read_bytes()
		try:
			return content.decode() if isinstance(content, bytes) else content
		except UnicodeDecodeError:
			return content


def may_do_to_file(doc, ptype=None, user=None) -> bool:
	"""Public files for all; private ones for their owner and whoever may do the same to what they hang on."""
	public = not doc.is_private and ptype in ("read", "select")
	if ptype == "create":
		return frappe.has_permission("File", "create", user=user)
	if public or (user != "Guest" and doc.owner == user):
		return True
	if not (doc.attached_to_doctype and doc.attached_to_name):
		return False
	parent = frappe.get_doc(doc.attached_to_doctype, doc.attached_to_name)
	return parent.has_permission("write" if ptype in ("write", "delete") else "read", user=user)


class ToDo(Document):
	"""Tasks of people; the document they belong to lists their assignees."""

	def on_update(self):
		before = self.get_doc_before_save()
		ended = before and before.status == "Open" and self.status != "Open"
		if self.reference_type and self.reference_name and ((not before and self.allocated_to) or ended):
			kind = "Assignment Completed" if ended else "Assigned"
			frappe.get_doc(self.reference_type, self.reference_name).add_comment(kind, self.allocated_to)
		self.on_trash()

	def on_trash(self):
		if self.reference_type and self.reference_name:
			filters = {"reference_type": self.reference_type, "reference_name": self.reference_name}
			filters.update(status=["not in", ["Cancelled", "Closed"]], allocated_to=["is", "set"])
			people = frappe.db.get_values("ToDo", filters, "allocated_to", pluck=True)
			value = json.dumps(people[::-1]) if people else ""
			target = (self.reference_type, self.reference_name)
			frappe.db.set_value(*target, "_assign", value, update_modified=False)


def _sees_all(user, ptype="read") -> bool:
	roles = {perm.role for perm in frappe.get_meta("ToDo").permissions if perm.get(ptype)} - {
		*AUTOMATIC_ROLES
	}
	return not roles.isdisjoint(frappe.get_roles(user))


def visible_todos(user):
	name = frappe.db.escape(user)
	return None if _sees_all(user) else f"(`tabToDo`.allocated_to = {name} or `tabToDo`.assigned_by = {name})"


def may_do_to_todo(doc, ptype="read", user=None):
	return _sees_all(user, ptype) or user in (doc.allocated_to, doc.assigned_by)


def visible_events(user):
	return f"(`tabEvent`.`event_type` = 'Public' or `tabEvent`.`owner` = {frappe.db.escape(user)})"


def may_do_to_event(doc, user):
	return doc.event_type == "Public" or doc.owner == user


def _full_name(doc) -> str:
	parts = (doc.get("salutation"), doc.first_name, doc.middle_name, doc.last_name)
	return " ".join(filter(None, parts))


class Department(Document):
	def autoname(self):
		abbr = frappe.db.get_value("Company", self.company, "abbr")
		name = self.department_name.removesuffix(f" - {abbr}")
		self.name = name if name == "All Departments" else f"{name} - {abbr}"

	def validate(self):
		self.parent_department = self.parent_department or "All Departments"


class Employee(Document):
	def validate(self):
		self.employee, self.employee_name = self.name, _full_name(self)


class Contact(Document):
	def autoname(self):
		name = _full_name(self) or self.company_name
		parts = [name, *[row.link_name for row in self.links[:1]]]
		self.name = append_number_if_name_exists("Contact", "-".join(parts))

	def validate(self):
		self.full_name = _full_name(self) or self.company_name
		if len(self.email_ids) == 1:
			self.email_ids[0].is_primary = 1
		self.email_id = next((row.email_id for row in self.email_ids if row.is_primary), "")


class Lead(Document):
	def validate(self):
		name = _full_name(self) or self.lead_name or self.company_name
		self.lead_name = name or (self.email_id or "").split("@")[0]
		if not self.lead_name:
			frappe.throw(_("A lead needs the name of a person or of an organisation."))
		self.title = self.company_name or self.lead_name
		same = {"email_id": self.email_id, "name": ["!=", self.name]}
		if self.email_id and frappe.get_all("Lead", filters=same, limit=1):
			text = _("Another lead has the address {0}.").format(self.email_id)
			frappe.throw(text, frappe.DuplicateEntryError)


class Opportunity(Document):
	def validate(self):
		fields = ["customer_name"] if self.opportunity_from == "Customer" else ["company_name", "lead_name"]
		names = frappe.db.get_value(self.opportunity_from, self.party_name, fields, as_dict=True) or {}
		self.customer_name = next(filter(None, names.values()), self.party_name)
		self.title = self.title or self.customer_name


class Customer(Document):
	def autoname(self):
		self.name = append_number_if_name_exists("Customer", self.customer_name, separator=" - ")
