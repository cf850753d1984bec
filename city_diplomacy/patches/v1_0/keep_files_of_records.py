"""Records written before have no row of File of their own for what they rest on; give them theirs."""

import json
from collections.abc import Iterator
from typing import Any

import frappe

from city_diplomacy.partnership_approvals.files import guard, kept
from city_diplomacy.partnership_approvals.files.uploaded import file_at
from city_diplomacy.partnership_approvals.routing.routed_doctypes import declared_routings

CLEARANCE = "Approval Clearance"
OF_THE_AGREEMENT = ("signed_copy", "source_file")


def execute() -> None:
	# A row a file may be more than Frappe writes at once; what was written is passed over when this runs again.
	frappe.db.auto_commit_on_many_writes = 1
	guard.close_unattached_uploads()
	for url, doctype, name, fieldname in _what_records_rest_on():
		# The engine's own rows come and go with the records; which of the others is taken makes no difference.
		if file := file_at(url):
			kept.keep(file, doctype, name, fieldname)


def _what_records_rest_on() -> Iterator[tuple[str, str, str, str]]:
	"""(address, DocType and name of the engine's record, its field)."""
	routings = declared_routings()
	for route in _all(kept.ROUTE, ["name", "reference_doctype", "reference_name"]):
		declared = routings.get(route.reference_doctype)
		if declared and declared.files:
			for url in _texts_of(route, declared.files):
				yield url, kept.ROUTE, route.name, ""
		if route.reference_doctype == "MOU":
			named = frappe.db.get_value("MOU", route.reference_name, OF_THE_AGREEMENT) or ()
			for url in filter(None, named):
				yield url, kept.ROUTE, route.name, ""
	for row in _all(CLEARANCE, ["name", "evidence"], {"evidence": ["is", "set"]}):
		yield row.evidence, CLEARANCE, row.name, "evidence"
	submitted = {"docstatus": 1, "attested_copy": ["is", "set"]}
	for row in _all("Council Action", ["clearance", "attested_copy"], submitted):
		yield row.attested_copy, CLEARANCE, row.clearance, ""


def _texts_of(route: Any, files: tuple[str, str, str, str]) -> set[str]:
	"""The texts people were asked about; those that stand there now where nobody was asked."""
	table, _language, _digest, attach = files
	contents = [
		json.loads(row.content) for row in _all("Approval Snapshot", ["content"], {"route": route.name})
	]
	if not contents and frappe.db.exists(route.reference_doctype, route.reference_name):
		ended = frappe.db.get_value(kept.ROUTE, route.name, "outcome") == "Not Routed Here"
		contents = [frappe.get_doc(route.reference_doctype, route.reference_name).as_dict()] if ended else []
	rows = [row for content in contents for row in content.get(table) or ()]
	return {row[attach] for row in rows if row.get(attach)}


def _all(doctype: str, fields: list[str], filters: dict[str, Any] | None = None) -> list[Any]:
	return frappe.get_all(doctype, filters=filters or {}, fields=fields, limit_page_length=0)
