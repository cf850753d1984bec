"""Our records and what they rest on are kept off ERPNext's Transaction Deletion Record.

It deletes the rows of every DocType that links to a Company, beneath the document layer: departments with their
heads, and in ERPNext 16 any DocType somebody puts on its list. What `hooks.company_data_to_be_ignored` names is on
its list of what to leave alone by default; here the list is kept whole.
"""

from typing import Any

import frappe
from frappe import _

from city_diplomacy.partnership_approvals.exceptions import KeptFromDeletionError
from city_diplomacy.partnership_approvals.routing.routed_doctypes import declared_routings

# Of ERPNext: who is asked hangs on departments and their heads.
RESTED_ON = ("Department",)
# ERPNext 15 has only the second.
TABLES_OF_DELETIONS = ("doctypes_to_delete", "doctypes")


def keep_ours(doc: Any, method: str | None = None) -> None:
	"""Doc event of Transaction Deletion Record: put back what was taken off the list of DocTypes to leave alone.

	Raises KeptFromDeletionError for one of ours among those to be deleted. Another app's DocType that may be routed is
	kept once one of its documents has been.
	"""
	kept = kept_doctypes()
	for table in TABLES_OF_DELETIONS:
		for row in doc.get(table) or ():
			if row.doctype_name in kept:
				frappe.throw(
					_(
						"{0} records are part of the city's record of approvals and cannot be deleted this way."
					).format(_(row.doctype_name)),
					KeptFromDeletionError,
				)
	# Filled by ERPNext at its own time; put there earlier, its own entries would be missing.
	if doc.doctypes_to_be_ignored:
		_settle_ignored(doc, kept)


def _settle_ignored(doc: Any, kept: set[str]) -> None:
	ignorable = set(frappe.get_hooks("company_data_to_be_ignored"))
	unrouted = set(declared_routings()) - kept
	rows = [row for row in doc.doctypes_to_be_ignored if row.doctype_name not in unrouted]
	listed = {row.doctype_name for row in rows}
	missing = sorted((ignorable & kept) - listed)
	if missing or len(rows) != len(doc.doctypes_to_be_ignored):
		doc.set("doctypes_to_be_ignored", rows)
		for doctype in missing:
			doc.append("doctypes_to_be_ignored", {"doctype_name": doctype})


def kept_doctypes() -> set[str]:
	"""Every DocType of this app, what it rests on, and the routed DocTypes of others that have routes."""
	modules = frappe.get_module_list("city_diplomacy")
	ours = set(frappe.get_all("DocType", filters={"module": ["in", modules], "istable": 0}, pluck="name"))
	routed = {
		doctype
		for doctype in declared_routings()
		if frappe.db.exists("Approval Route", {"reference_doctype": doctype})
	}
	return ours | routed | set(RESTED_ON)
