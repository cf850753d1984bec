"""The part of Frappe's public API that this app calls. See ../README.md; this is not Frappe.

Names that are not here are refused by name: no attribute quietly answers None.
"""

# ruff: noqa: E402, F401, F403, F405, I001 - this module is a list of names, in the order their modules need
import copy
import datetime
import functools
import json
import os
import re
import traceback

from sandbox.strict import refuse

from frappe._messages import (_, bold, clear_last_message, clear_messages, generate_hash, get_message_log,
	msgprint, throw)  # fmt: skip
from frappe._hooks import *
from frappe._state import Cache, _dict, local, reset_session
from frappe.exceptions import *

# SANDBOX_FRAPPE=16 answers as v16 does where the app asks which version it is on.
__version__ = {"15": "15.72.0", "16": "16.10.7"}[os.environ.get("SANDBOX_FRAPPE", "15")]
__sandbox__ = True
STANDARD_USERS = ("Guest", "Administrator")
cache = Cache()
db, conf, form_dict, response, session, flags, message_log, lang = (
	local(name) for name in ["db", "conf", "form_dict", "response", "session", "flags", "message_log", "lang"]
)


def set_user(username: str):
	reset_session(username)
	local.form_dict, local.role_permissions, local.new_doc_templates = _dict(), {}, {}


def parse_json(val):
	val = json.loads(val) if isinstance(val, str) else val
	return _dict(val) if isinstance(val, dict) else val


def as_json(obj, indent=1, separators=None, ensure_ascii=True) -> str:
	options = {"indent": indent, "separators": separators or (",", ": "), "ensure_ascii": ensure_ascii}
	return json.dumps(obj, sort_keys=True, default=json_handler, **options)


def json_handler(value):
	"""What JSON has no form for, as Frappe writes it."""
	if isinstance(value, datetime.date):
		return str(value)
	if hasattr(value, "as_dict"):
		return value.as_dict(no_nulls=True)
	if hasattr(value, "__iter__"):
		return list(value)
	raise TypeError(f"{type(value).__name__} cannot be written as JSON: {value!r}")


from frappe import utils
from frappe.query_builder import QB as qb
from frappe import defaults, permissions
from frappe.model.db_query import get_all, get_list
from frappe.model.meta import get_meta
from frappe.model.document import get_doc
from frappe.model.create_new import new_doc
from frappe.model.delete_doc import delete_doc
from frappe.permissions import get_roles
from frappe.utils.safe_exec import safe_eval


def copy_doc(doc, ignore_no_copy=True):
	new = get_doc(copy.deepcopy(doc.as_dict()))
	cleared = dict.fromkeys(("name", "owner", "creation", "modified", "modified_by"))
	cleared |= {} if local.flags.in_test else {"docstatus": None}
	for row in (new, *new.get_all_children()):
		row.update({**cleared, "__islocal": 1})
		if not ignore_no_copy:
			row.update({df.fieldname: None for df in row.meta.fields if df.no_copy and row.get(df.fieldname)})
	return new.update({"amended_from": None, "amendment_date": None})


def get_system_settings(key):
	return local.db.get_singles_dict("System Settings").get(key)


def get_cached_doc(doctype, name=None):
	name = name or doctype
	return cache.hget(f"document_cache::{doctype}", name, lambda: get_doc(doctype, name))


def get_cached_value(doctype, name, fieldname="name"):
	try:
		return get_cached_doc(doctype, name).get(fieldname)
	except DoesNotExistError:
		clear_last_message()
		return None


def clear_document_cache(doctype, name=None):
	key = f"document_cache::{doctype}"
	cache.delete_value(key) if name is None else cache.hdel(key, name)


def clear_cache(user=None, doctype=None):
	if doctype:
		local.metas.pop(doctype, None)
		local.meta_changes += 1
		cache.hdel("workflow", doctype)
		clear_document_cache(doctype)
	elif user:
		cache.hdel("roles", user)
	else:
		cache.clear()
		local.metas.clear()
	local.role_permissions, local.new_doc_templates = {}, {}


def has_permission(doctype=None, ptype="read", doc=None, user=None, throw=False, *, parent_doctype=None):
	doctype = doctype or doc.doctype
	allowed = permissions.has_permission(doctype, ptype, doc, user, parent_doctype=parent_doctype)
	if throw and not allowed:
		name = f"{doctype} {getattr(doc, 'name', doc) or ''}".strip()
		local.flags.error_message = _("No permission for {0}").format(name)
		raise PermissionError(local.flags.error_message)
	return allowed


def sendmail(recipients, subject="No Subject", message="No Message"):
	"""Nobody sends it: kept as an Email Queue row, readable at /outbox."""
	row = new_doc("Email Queue", sender=session.user, message=message, status="Not Sent")
	row.update({"subject": " ".join(subject.split())[:140]})
	row.extend("recipients", [{"recipient": address, "status": "Not Sent"} for address in recipients])
	return row.insert(ignore_permissions=True)  # as in Frappe: the system posts


def enqueue(method, enqueue_after_commit, queue=None, job_id=None, deduplicate=False, **kwargs):
	"""There is no worker: the job runs right after the commit."""
	local.db.after_commit.add(lambda: (call(method, **kwargs), local.db.commit()))


def publish_realtime(event, message, user, after_commit):
	"""Nobody listens: pages in the sandbox ask instead."""


def log_error(title="Error", message=None, **reference):
	"""Keep the error as an Error Log row, with its reference_doctype and reference_name."""
	row = new_doc("Error Log", method=title[:140], error=message or traceback.format_exc(), **reference)
	return row.insert(ignore_permissions=True)  # as in Frappe: whoever meets an error may log it


def validate_and_sanitize_search_inputs(fn):
	"""Refuse search fields that are no names, and answer nothing for a DocType that is not there."""

	@functools.wraps(fn)
	def checked(*args, **kwargs):
		kwargs.update(zip(fn.__code__.co_varnames, args, strict=False))
		if kwargs["searchfield"] and not re.fullmatch(r"[\w ]+", kwargs["searchfield"]):
			throw(_("Invalid search field {0}").format(kwargs["searchfield"]), DataError)
		kwargs["start"], kwargs["page_len"] = utils.cint(kwargs["start"]), utils.cint(kwargs["page_len"])
		missing = kwargs["doctype"] and not local.db.exists("DocType", kwargs["doctype"])
		return [] if missing else fn(**kwargs)

	return checked
