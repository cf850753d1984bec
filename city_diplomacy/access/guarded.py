"""Which DocTypes are answered for at Frappe's doors, and whose rows are about records of them."""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import frappe

APP = "city_diplomacy"
TABLES = ("Table", "Table MultiSelect")

# Frappe's DocTypes with rows about any record: the column with its DocType, the column with its name.
ABOUT_A_RECORD: dict[str, tuple[str, str]] = {
	"Access Log": ("export_from", "reference_document"),
	"Activity Log": ("reference_doctype", "reference_name"),
	"Auto Repeat": ("reference_doctype", "reference_document"),
	"Comment": ("reference_doctype", "reference_name"),
	"Communication": ("reference_doctype", "reference_name"),
	"Communication Link": ("link_doctype", "link_name"),
	"Deleted Document": ("deleted_doctype", "deleted_name"),
	"Discussion Topic": ("reference_doctype", "reference_docname"),
	"DocShare": ("share_doctype", "share_name"),
	"Document Follow": ("ref_doctype", "ref_docname"),
	"Document Share Key": ("reference_doctype", "reference_docname"),
	"Dynamic Link": ("link_doctype", "link_name"),
	"Email Queue": ("reference_doctype", "reference_name"),
	"Email Unsubscribe": ("reference_doctype", "reference_name"),
	"Energy Point Log": ("reference_doctype", "reference_name"),
	"Error Log": ("reference_doctype", "reference_name"),
	"Event Participants": ("reference_doctype", "reference_docname"),
	"File": ("attached_to_doctype", "attached_to_name"),
	"Integration Request": ("reference_doctype", "reference_docname"),
	"Notification Log": ("document_type", "document_name"),
	"Permission Log": ("for_doctype", "for_document"),
	"Reminder": ("reminder_doctype", "reminder_docname"),
	"Submission Queue": ("ref_doctype", "ref_docname"),
	"Tag Link": ("document_type", "document_name"),
	"ToDo": ("reference_type", "reference_name"),
	"User Permission": ("allow", "for_value"),
	"Version": ("ref_doctype", "docname"),
	"View Log": ("reference_doctype", "reference_name"),
	"Workflow Action": ("reference_doctype", "reference_name"),
}

# Of these, the ones narrowed in lists and one by one, with the columns that name whose own a row is: people keep
# sight of those. What is left out is for system managers alone, or the person's own by Frappe's rules;
# notifications and workflow actions have rules in `partnership_approvals/routing/permissions.py`.
NARROWED: dict[str, tuple[str, ...]] = {
	"Comment": (),
	"Communication": ("owner",),
	"Document Follow": (),
	"Energy Point Log": ("user",),
	"File": (),
	"Tag Link": (),
	"ToDo": ("allocated_to", "assigned_by"),
	"Version": (),
	"View Log": (),
}

_doors = "city_diplomacy.access.doors"
BOARDS = "frappe.desk.doctype.kanban_board.kanban_board"
# Methods of Frappe that answer without asking for permission, and what answers in their place.
ANSWERED_HERE = {
	"frappe.client.get": f"{_doors}.get",
	"frappe.client.get_count": f"{_doors}.get_count",
	"frappe.client.validate_link": f"{_doors}.validate_link",
	"frappe.client.validate_link_and_fetch": f"{_doors}.validate_link_and_fetch",
	"frappe.desk.form.load.getdoc": f"{_doors}.getdoc",
	"frappe.desk.notifications.get_open_count": f"{_doors}.get_open_count",
	f"{BOARDS}.add_card": f"{_doors}.add_card",
	f"{BOARDS}.update_order": f"{_doors}.update_order",
	f"{BOARDS}.update_order_for_single_card": f"{_doors}.update_order_for_single_card",
	"frappe.geo.utils.get_coords": f"{_doors}.get_coords",
	"frappe.desk.search.get_link_title": f"{_doors}.get_link_title",
	"frappe.desk.search.search_link": f"{_doors}.search_link",
	"frappe.desk.search.search_widget": f"{_doors}.search_widget",
	"frappe.utils.global_search.search": f"{_doors}.search_everywhere",
}


def is_guarded(doctype: Any) -> bool:
	"""Whether a DocType is one of ours, or one whose records are routed through approvals on this site."""
	return isinstance(doctype, str) and (doctype in _ours() or doctype in _routed_elsewhere())


def guarded_doctypes() -> list[str]:
	"""The guarded DocTypes that keep records of their own, sorted; child tables and settings are left out."""
	records = (name for name, our in _ours().items() if not (our.get("istable") or our.get("issingle")))
	return sorted({*records, *_routed_elsewhere()})


def open_to_imports() -> list[str]:
	"""Our DocTypes with records of their own into which tables may be imported, sorted."""
	return [name for name in guarded_doctypes() if _ours().get(name, {}).get("allow_import")]


def child_tables() -> list[str]:
	"""Our child tables, sorted: a row is known to those who may know of the record it belongs to."""
	return sorted(name for name, our in _ours().items() if our.get("istable"))


def parents_of(child_table: str) -> list[str]:
	"""Our DocTypes that have rows of a child table, sorted."""
	return sorted(
		name
		for name, our in _ours().items()
		if any(df["fieldtype"] in TABLES and df.get("options") == child_table for df in our["fields"])
	)


@lru_cache(maxsize=1)
def _ours() -> Mapping[str, Mapping[str, Any]]:
	"""By name, the DocTypes this app defines, as their files say: no request waits for a database to know them."""
	files = Path(__file__).parents[1].glob("*/doctype/*/*.json")
	definitions = (json.loads(file.read_text(encoding="utf-8")) for file in files)
	return {one["name"]: one for one in definitions if one.get("doctype") == "DocType"}


def _routed_elsewhere() -> list[str]:
	"""The DocTypes of other apps that are routed here; each is declared by a `routed_doctypes` hook."""
	is_routed = "city_diplomacy.partnership_approvals.routing.routed_doctypes.is_routed"
	declared = frappe.get_hooks("routed_doctypes") or {}
	return [doctype for doctype in declared if doctype not in _ours() and frappe.get_attr(is_routed)(doctype)]
