"""Whether records of a register may be inserted many at once on this site, or why they are not.

Writing many at once passes by what Frappe calls for each: hooks of other apps, rules an administrator made in Desk. So
each is looked for, and what is not known to have nothing to do is a reason to insert one by one.
"""

from collections.abc import Callable
from typing import Any

import frappe
from frappe.model.base_document import get_controller
from frappe.model.document import Document

from city_diplomacy.access.guarded import APP
from city_diplomacy.access.rows import FRAPPE
from city_diplomacy.registers.importing import Importing

KNOWN_RELEASES = (15, 16)
# The steps of `Document.insert` that `inserting` takes.
STEPS = (
	"set_user_and_timestamp", "set_docstatus", "check_if_latest", "check_permission", "set_new_name",
	"set_parent_in_children", "validate_higher_perm_levels", "set_title_field", "_validate",
)  # fmt: skip
RUN = ("before_insert", "before_naming", "autoname", "before_validate", "validate", "before_save")
"""Events that come before the writing: they are run for each document."""
AFTER = ("after_insert", "on_update", "on_change")
"""Events that come after it: the register says what stands for them."""
ONE_BY_ONE = frozenset(("Attach", "Attach Image", "Password"))
"""Kinds of fields for which Frappe writes elsewhere while it saves."""


def _none(doctype: str, **filters: Any) -> Callable[[str], bool]:
	"""A check that there is no enabled rule for a register; `filters` name its column with "register"."""

	def has_nothing_to_do(register: str) -> bool:
		if not frappe.db.table_exists(doctype):
			return True
		wanted = {column: register if value == "register" else value for column, value in filters.items()}
		return not frappe.db.exists(doctype, wanted)

	return has_nothing_to_do


def _always(register: str) -> bool:
	return True


def _no_index_of_an_app(register: str) -> bool:
	return not frappe.get_hooks("sqlite_search")


_assignment = _none("Assignment Rule", document_type="register", disabled=0)
# Handlers Frappe and ERPNext have for every DocType: when one has nothing to do for a new record of a register.
FOR_EVERY_DOCTYPE: dict[str, Callable[[str], bool]] = {
	# Done once for all.
	"frappe.desk.notifications.clear_doctype_notifications": _always,
	"frappe.workflow.doctype.workflow_action.workflow_action.process_workflow_actions": _none(
		"Workflow", document_type="register", is_active=1
	),
	# For fields that hold files, of which there is none.
	"frappe.core.doctype.file.utils.attach_files_to_document": _always,
	"frappe.automation.doctype.assignment_rule.assignment_rule.apply": _assignment,
	"frappe.automation.doctype.assignment_rule.assignment_rule.update_due_date": _assignment,
	"frappe.core.doctype.user_type.user_type.apply_permissions_for_non_standard_user_type": _none(
		"User Type", is_standard=0
	),
	# For roles and users alone.
	"frappe.core.doctype.permission_log.permission_log.make_perm_log": _always,
	"frappe.search.sqlite_search.update_doc_index": _no_index_of_an_app,
	"frappe.social.doctype.energy_point_rule.energy_point_rule.process_energy_points": _none(
		"Energy Point Rule", reference_doctype="register", enabled=1
	),
	"frappe.automation.doctype.milestone_tracker.milestone_tracker.evaluate_milestone": _none(
		"Milestone Tracker", document_type="register", disabled=0
	),
	"erpnext.support.doctype.service_level_agreement.service_level_agreement.apply": _none(
		"Service Level Agreement", document_type="register", enabled=1
	),
	"erpnext.setup.doctype.transaction_deletion_record.transaction_deletion_record.check_for_running_deletion_job": _none(
		"Transaction Deletion Record", docstatus=1, status=["in", ["Queued", "Running"]]
	),
}
# Rules an administrator makes in Desk for a DocType.
RULES = (
	_none("Server Script", script_type="DocType Event", reference_doctype="register", disabled=0),
	_none("Document Naming Rule", document_type="register", disabled=0),
)


def handlers_of(doctype: str, event: str) -> list[str]:
	"""The handlers of a DocType's own for an event, as the hooks of all apps say."""
	return frappe.get_doc_hooks().get(doctype, {}).get(event, [])


def why_one_by_one(register: str, importing: Importing) -> str:
	"""Why records are not inserted many at once; empty if they may be. In English, for tests and the curious."""
	if FRAPPE not in KNOWN_RELEASES or any(not hasattr(Document, step) for step in STEPS):
		return "this Frappe inserts in steps that are not known here"
	if not importing.many_at_once:
		return "the register does not say that its rules allow it"
	return (
		_of_the_doctype(register)
		or _of_the_controller(register, importing)
		or _of_the_hooks(register, importing)
		or _of_the_site(register)
	)


def _of_the_doctype(register: str) -> str:
	meta = frappe.get_meta(register)
	if meta.is_submittable or meta.get("is_virtual") or meta.get_workflow():
		return "its records are submitted, virtual or moved by a workflow"
	if meta.autoname and (
		meta.autoname.lower() in ("autoincrement", "uuid", "prompt") or "naming_series" in meta.autoname
	):
		return f"its records are named by {meta.autoname}"
	tables = [frappe.get_meta(df.options) for df in meta.get_table_fields()]
	kinds = {df.fieldtype for one in (meta, *tables) for df in one.fields}
	return f"it has fields of the kind {sorted(kinds & ONE_BY_ONE)}" if kinds & ONE_BY_ONE else ""


def _of_the_controller(register: str, importing: Importing) -> str:
	controller = get_controller(register)
	strangers = [
		one.__name__
		for one in controller.__mro__
		if one is not object and one.__module__.split(".")[0] not in (APP, "frappe")
	]
	if strangers:
		return f"{strangers[0]} of another app takes the place of its controller"
	own = [
		event
		for event in AFTER
		if callable(getattr(controller, event, None)) and event not in importing.answered
	]
	return f"its controller does something {own[0]}" if own else ""


def _of_the_hooks(register: str, importing: Importing) -> str:
	for event in AFTER:
		for path in handlers_of(register, event):
			if path not in importing.answered:
				return f"{path} is called {event}"
	for event in (*RUN, *AFTER):
		for path in handlers_of("*", event):
			has_nothing_to_do = FOR_EVERY_DOCTYPE.get(path)
			if not has_nothing_to_do or not has_nothing_to_do(register):
				return f"{path} is called {event}"
	return ""


def _of_the_site(register: str) -> str:
	tables = [df.options for df in frappe.get_meta(register).get_table_fields()]
	if not all(has_none(one) for has_none in RULES for one in (register, *tables)):
		return "a script or a naming rule of this site is about it"
	follows = frappe.db.get_value("User", frappe.session.user, "follow_created_documents")
	return "the person follows what they create" if follows else ""
