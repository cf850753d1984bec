"""An approval record as one file that can be read and verified without this site: `tools/check_record.py`."""

from typing import Any

import frappe
from frappe.utils import now_datetime

from city_diplomacy.domain.record import disclosure, exported
from city_diplomacy.partnership_approvals.exceptions import RecordsError
from city_diplomacy.partnership_approvals.ledger import entries, facts, heads
from city_diplomacy.partnership_approvals.routing.routed_doctypes import hash_of, routing_of
from city_diplomacy.partnership_approvals.shapes import Document, EntryRow

VERSIONS = ("internal", "releasable")


def record_of(doc: Document, version: str) -> dict[str, Any]:
	"""The record of a document in one of VERSIONS. The caller decides who may have it.

	{"format", "version", "document", "title", "state", "made_on", "content_sha256", "texts": [{"language",
	"version", "sha256"}], "ledger": {"route", "count", "head", "key_id"}, "signed": its head as `heads.signed`, "entries": [{"sequence", "payload",
	"previous_hash", "entry_hash" and, where there are words, "remark" with "salt", or "withheld"}]}.

	The internal version holds every word that is still there. The releasable one holds public words only;
	of the others neither the words nor the salt, with which short words could be guessed from their digest.
	Raises RecordsError for a document without a record.
	"""
	routing = routing_of(doc.doctype)
	route_row = frappe.db.get_value(
		"Approval Route",
		{"reference_doctype": doc.doctype, "reference_name": doc.name},
		[
			"name",
			"reference_doctype",
			"reference_name",
			"workflow_state",
			"ledger_count",
			"ledger_head",
			"ledger_key_id",
		],
		as_dict=True,
	)
	if not route_row:
		frappe.throw(
			frappe._("{0} has not set out yet; there is no approval record.").format(doc.name), RecordsError
		)
	rows, now = entries.entries_of(route_row.name), now_datetime()
	words_of = disclosure.words_by_entry(facts.payload_of(row) for row in rows)
	return {
		"format": exported.FORMAT,
		"version": version,
		"document": f"{doc.doctype}/{doc.name}",
		"title": routing.title_of(doc),
		"state": route_row.workflow_state,
		"made_on": now.isoformat(timespec="seconds"),
		"content_sha256": hash_of(doc),
		"texts": texts_of(doc),
		"ledger": {
			"route": route_row.name,
			"count": route_row.ledger_count,
			"head": route_row.ledger_head,
			"key_id": route_row.ledger_key_id,
		},
		"signed": heads.signed([heads.head_of(route_row, [row.payload for row in rows])], now),
		"entries": [_entry(row, words_of.get(row.sequence), version) for row in rows],
	}


def _entry(row: EntryRow, words: disclosure.Words | None, version: str) -> dict[str, Any]:
	entry = {
		"sequence": row.sequence,
		"payload": row.payload,
		"previous_hash": row.previous_hash,
		"entry_hash": row.entry_hash,
	}
	if not words:
		return entry
	if row.remarks is not None and (words.released or (version == "internal" and not words.removed)):
		return {**entry, "disclosure": words.disclosure, "remark": row.remarks, "salt": row.remarks_salt}
	return {**entry, "withheld": words.notice}


def texts_of(doc: Document) -> list[dict[str, Any]]:
	"""The texts people decided on, by language and hash; the names people gave the files are their own."""
	routing = routing_of(doc.doctype)
	if not routing.files:
		return []
	table, language, digest, _file = routing.files
	return [
		{
			"language": row.get(language) or "",
			"version": row.get("version_number"),
			"authentic": bool(row.get("authentic")),
			"sha256": row.get(digest) or "",
		}
		for row in doc.get(table) or ()
	]
