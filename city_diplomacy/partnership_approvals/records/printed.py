"""The approval record of a document for print: who decided what, for whom, when, on which text and why."""

import json
from typing import Any

import frappe
from frappe import _
from frappe.utils import get_fullname

from city_diplomacy.access.rights import RECORD_KEEPING
from city_diplomacy.domain.record import disclosure
from city_diplomacy.partnership_approvals.engine import routes
from city_diplomacy.partnership_approvals.ledger import entries as ledger
from city_diplomacy.partnership_approvals.ledger import facts, keys
from city_diplomacy.partnership_approvals.records import bundle
from city_diplomacy.partnership_approvals.routing.routed_doctypes import hash_of
from city_diplomacy.partnership_approvals.shapes import Document, RouteRow
from city_diplomacy.partnership_approvals.views import approvals

# What a printed entry shows of its payload beside what `views` shows; none of it tells who or what was said.
SHOWN = ("round", "department", "content_hash", "evidence_sha256", "about", "marked_as", "authority", "state")


def approval_record(doctype: str, name: str) -> dict[str, Any]:
	"""The view of a document's route with the hashes of each ledger entry, for the internal print format.

	Offered to print formats by the `jinja` hook, so it checks for itself that the signed-in person may read
	the document; what of others' words they see is decided by `approvals.view`.
	"""
	doc = frappe.get_doc(doctype, name)
	doc.check_permission("read")
	shown = approvals.view(doc)
	route_row = _route_of(doc)
	rows = ledger.entries_of(route_row.name) if route_row else []
	said = {row.sequence: row for row in rows}
	words_of = disclosure.words_by_entry(facts.payload_of(row) for row in rows)
	for entry in shown["ledger"]["entries"]:
		row = said[entry["sequence"]]
		payload = facts.payload_of(row)
		words = words_of.get(row.sequence)
		entry.update({fact: payload.get(fact) for fact in SHOWN})
		entry["previous_hash"] = row.previous_hash
		entry["actor"] = row.actor if entry["actor_name"] else None
		entry["acting_for"] = _known_name(entry["acting_for"])
		entry["disclosure"] = words.disclosure if words else ""
		entry["notice"] = words.notice if words and words.removed else ""
	shown["rounds"] = _rounds(shown["ledger"]["entries"])
	shown["content_sha256"] = hash_of(doc)
	shown["texts"] = bundle.texts_of(doc)
	shown["key_id"] = route_row.ledger_key_id if route_row else ""
	shown["public_key"] = (keys.public_keys() or [""])[-1]
	return shown


def releasable_record(doctype: str, name: str) -> dict[str, Any]:
	"""What may be released of a document's approval, for print: the releasable bundle, read.

	Offered by the `jinja` hook, so it checks for itself that the person may read the document and release
	records. Shows people by the account the ledger names, and nothing that is not in the bundle.
	"""
	doc = frappe.get_doc(doctype, name)
	doc.check_permission("read")
	routes.require_role(RECORD_KEEPING["export releasable"], _("release an approval record"))
	record = bundle.record_of(doc, "releasable")
	entries = []
	for row in record["entries"]:
		said = json.loads(row["payload"])
		entries.append(
			{
				**said,
				"actor_name": said.get("actor"),
				"remarks": row.get("remark"),
				"notice": row.get("withheld") or "",
				"disclosure": row.get("disclosure") or "",
				"entry_hash": row["entry_hash"],
				"previous_hash": row["previous_hash"],
			}
		)
	verdict = ledger.verify(doctype, name)
	return {
		**record,
		"rounds": _rounds(entries),
		"intact": verdict["intact"],
		"checked": verdict["checked"],
		"key_id": record["ledger"]["key_id"],
		"public_key": record["signed"]["public_key"],
	}


def _rounds(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
	"""The entries in their order, cut where a new round begins: [{"round", "entries"}]."""
	rounds: list[dict[str, Any]] = []
	for entry in entries:
		number = entry.get("round") or 0
		if not rounds or rounds[-1]["round"] != number:
			rounds.append({"round": number, "entries": []})
		rounds[-1]["entries"].append(entry)
	return rounds


def _route_of(doc: Document) -> RouteRow | None:
	return frappe.db.get_value(
		"Approval Route",
		{"reference_doctype": doc.doctype, "reference_name": doc.name},
		["name", "ledger_key_id"],
		as_dict=True,
	)


def _known_name(person: str | None) -> str | None:
	"""The full name of a person recorded by account; a role or a seat stays as it was written."""
	return get_fullname(person) if person and "@" in person else person
