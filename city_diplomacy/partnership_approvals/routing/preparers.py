"""Who prepared a routed document: those who asked for, sponsored or wrote it, before and after it sets out."""

import json
from collections.abc import Collection

import frappe

from city_diplomacy.partnership_approvals.routing.changes import fields_named
from city_diplomacy.partnership_approvals.routing.routed_doctypes import content_of, routing_of
from city_diplomacy.partnership_approvals.shapes import Document, RouteRow

COUNCIL_ACTION = "Council Action"


def prepared_by(route_row: RouteRow) -> set[str]:
	"""Everybody who asked for, sponsored or wrote a routed document; `route_row` is the route's row, as locked.

	The row repeats what the ledger says (see `with_author`), and `verify_ledger` compares the two: reading the
	entries themselves with locks would close the gaps into which other routes write theirs.
	"""
	return set((route_row.prepared_by or "").split())


def will_have_prepared(doc: Document) -> set[str]:
	"""Who would count as having prepared a draft if it were handed in now: author, sponsor, editors."""
	if doc.is_new():
		return routing_of(doc.doctype).people_answerable(doc)
	return preparers_of_drafts(doc.doctype, [doc])[doc.name]


def preparers_of_drafts(doctype: str, drafts: Collection[Document]) -> dict[str, set[str]]:
	"""By name, as `will_have_prepared`, of stored drafts of one DocType (documents or their rows) in one statement.

	Editors are those whom Frappe's versions name as having changed the content; from intake on the ledger keeps
	them itself.
	"""
	routing = routing_of(doctype)
	prepared = {draft.name: routing.people_answerable(draft) for draft in drafts}
	if not prepared:
		return {}
	table = frappe.qb.DocType("Version")
	versions = (
		frappe.qb.from_(table)
		.select(table.docname, table.owner, table.data)
		.where((table.ref_doctype == doctype) & table.docname.isin(list(prepared)))
		.run(as_dict=True)
	)
	content = set(content_of(frappe.new_doc(doctype))) if versions else set()
	for version in versions:
		known = prepared[version.docname]
		# Reading what changed is the dear part, and most versions are by whoever is known already.
		if version.owner not in known and _fields_in(version.data) & content:
			known.add(version.owner)
	return prepared


def _fields_in(data: str) -> set[str]:
	"""The fields a version says were changed, tables among them; none where the words are the council's."""
	changes = json.loads(data or "{}")
	if (changes.get("updater_reference") or {}).get("doctype") == COUNCIL_ACTION:
		return set()
	return fields_named(changes)
