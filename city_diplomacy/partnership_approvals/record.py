"""The approval record of a document for print: who decided what, for whom, when, on which text and why."""

from typing import Any

import frappe
from frappe.utils import get_fullname

from city_diplomacy.partnership_approvals import ledger, views


def approval_record(doctype: str, name: str) -> dict[str, Any]:
	"""The view of a document's route with the hashes of each ledger entry, for the print format.

	Offered to print formats by the `jinja` hook, so it checks for itself that the signed-in person may read
	the document; what of others' words he sees is decided by `views.view`.
	"""
	doc = frappe.get_doc(doctype, name)
	doc.check_permission("read")
	shown = views.view(doc)
	hashes = _hashes_of(doc)
	for entry in shown["ledger"]["entries"]:
		entry.update(hashes.get(entry["sequence"], {}))
		entry["acting_for"] = _known_name(entry["acting_for"])
	return shown


def _hashes_of(doc: Any) -> dict[int, dict[str, str]]:
	route = frappe.db.get_value(
		"Approval Route", {"reference_doctype": doc.doctype, "reference_name": doc.name}, "name"
	)
	if not route:
		return {}
	# Hashes tell nothing of the words; who may read those was decided in `views`.
	return {
		row.sequence: {"content_hash": row.content_hash, "previous_hash": row.previous_hash}
		for row in ledger.entries_of(route)
	}


def _known_name(person: str | None) -> str | None:
	"""The full name of a person recorded by account; a role or a seat stays as it was written."""
	return get_fullname(person) if person and "@" in person else person
