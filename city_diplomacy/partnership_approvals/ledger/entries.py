"""Writing the ledger of a route, and checking that nobody has written in it since."""

from collections.abc import Iterable
from typing import Any, TypedDict

import frappe
from frappe import _
from frappe.utils import get_datetime, now_datetime

from city_diplomacy.domain.record import disclosure
from city_diplomacy.domain.record import ledger as chain
from city_diplomacy.domain.record.recorded import recorded
from city_diplomacy.domain.words import neutral
from city_diplomacy.partnership_approvals.ledger import facts as ledger_facts
from city_diplomacy.partnership_approvals.ledger import file_hashes, keys, notes
from city_diplomacy.partnership_approvals.ledger import stored as ledger_stored
from city_diplomacy.partnership_approvals.ledger.facts import FACTS
from city_diplomacy.partnership_approvals.ledger.stored import Read
from city_diplomacy.partnership_approvals.shapes import EntryRow, LedgerFinding, RouteRow

EntryValues = dict[str, Any]
"""The columns of an entry that is to be stored; the facts among them depend on its event."""


class Verdict(TypedDict):
	"""What verifying the ledger of one document found."""

	intact: bool
	checked: int
	head: str | None
	findings: list[LedgerFinding]


def new_entry(
	route_row: RouteRow, facts: dict[str, Any], remarks: str | None, state: str, policy: str | None
) -> EntryValues:
	"""The columns of the next entry of a locked route, whose head moves to it in memory; the caller stores both.

	`facts` are values for FACTS; people and departments go in as plain text that a later rename leaves alone.
	Facts that are no column stand in the payload alone, and so does what was noted on the route since its last
	entry. How its words are marked when they are written is hashed with it; what became of the mark since is not.
	Raises LedgerKeyError when this site has not got the key the last entry was written with.
	"""
	key = keys.key_to_write_with(route_row)
	sequence = (route_row.ledger_count or 0) + 1
	# Whoever wrote them took them by `words.take`; this also holds for sentences the engine composes.
	remarks = neutral(remarks or "").strip()
	salt = frappe.generate_hash(length=32) if remarks else ""
	mark = mark_of_new_words() if remarks else None
	payload = {
		**{fact: value for fact, value in facts.items() if fact not in FACTS},
		**{fact: _plain(facts.get(fact)) for fact in FACTS},
		"format": chain.FORMAT,
		"key": chain.key_id(key),
		"document": f"{route_row.reference_doctype}/{route_row.reference_name}",
		"policy": policy,
		"route": route_row.name,
		"sequence": sequence,
		"state": state,
		"evidence_sha256": facts.get("evidence_sha256"),
		"disclosure": mark,
		"remark_digest": chain.remark_digest(remarks, salt),
		"standing": ledger_facts.told_of_route(route_row),
		**notes.pop(route_row, salt, key),
	}
	canonical = chain.canonical(payload)
	previous = route_row.ledger_head or chain.GENESIS
	digest = chain.entry_hash(key, previous, canonical)
	route_row.ledger_count, route_row.ledger_head, route_row.ledger_key_id = (
		sequence,
		digest,
		chain.key_id(key),
	)
	return {
		"name": frappe.generate_hash(length=16),
		"route": route_row.name,
		"sequence": sequence,
		**{fact: facts.get(fact) for fact in FACTS},
		"reference_doctype": route_row.reference_doctype,
		"reference_name": route_row.reference_name,
		"remarks": remarks,
		"remarks_salt": salt,
		"disclosure": mark,
		"payload": canonical,
		"previous_hash": previous,
		"entry_hash": digest,
	}


def store_entries(entries: list[EntryValues]) -> None:
	"""Store entries of several locked routes at once, made by `new_entry`."""
	now, user = now_datetime(), frappe.session.user
	stamp = {"owner": user, "modified_by": user, "creation": now, "modified": now}
	rows = [{**stamp, **entry} for entry in entries]
	if rows:
		frappe.db.bulk_insert("Approval Decision", list(rows[0]), [tuple(row.values()) for row in rows])


def mark_of_new_words() -> str:
	"""How the city marks words until somebody marks them otherwise."""
	settings = frappe.get_cached_doc("City Diplomacy Settings")
	return settings.get("remarks_disclosure") or str(disclosure.DEFAULT)


def verify(doctype: str, name: str, read_files: bool = True) -> Verdict:
	"""Whether the ledger of a document is as it was written, and agrees with what else is stored.

	Answers {"intact": bool, "checked": number of entries, "head": hash, "findings": [{"sequence", "problem"}]}.
	Looks beyond the chain: the document, its files, the texts on file, the pinned policy, the clearances and the
	route are compared with what the entries tell of them. `read_files` is False where the bytes of files are not
	worth their time, as on a page.
	"""
	route_row = frappe.db.get_value(
		"Approval Route", {"reference_doctype": doctype, "reference_name": name}, "*", as_dict=True
	)
	if route_row:
		return verify_routes([route_row], read_files)[route_row.name]
	findings = list(ledger_facts.unrouted(doctype, name))
	return {"intact": not findings, "checked": 0, "head": "", "findings": findings}


def verify_routes(route_rows: list[RouteRow], read_files: bool = True) -> dict[str, Verdict]:
	"""By route, what `verify` answers; a fixed number of statements for all of them. Takes whole rows.

	Each entry is parsed once, and each file read once, however many routes rest on it.
	"""
	if not route_rows:
		return {}
	entries = ledger_stored.entries_of_routes(route_row.name for route_row in route_rows)
	keyring = keys.keyring()
	read, broken = {}, {}
	for route_row in route_rows:
		rows = entries[route_row.name]
		chained = chain.verify(
			[_chained(row) for row in rows], keyring, route_row.ledger_count, route_row.ledger_head
		)
		broken[route_row.name] = chained.findings
		said = chained.payloads
		read[route_row.name] = Read(
			route_row,
			rows,
			said,
			recorded(said),
			disclosure.words_by_entry(said),
			ledger_facts.known_as(said),
			keyring,
		)
	stored = ledger_stored.read(list(read.values()))
	files = file_hashes.FileReader(stored.files) if read_files else None
	return {name: _verdict(read[name], broken[name], stored, files) for name in read}


def _chained(row: EntryRow) -> chain.Entry:
	return chain.Entry(
		row.sequence, row.payload, row.previous_hash, row.entry_hash, row.remarks, row.remarks_salt or ""
	)


def _verdict(
	read: Read,
	broken: Iterable[chain.Finding],
	stored: ledger_stored.Stored,
	files: file_hashes.FileReader | None,
) -> Verdict:
	findings: list[LedgerFinding] = [
		{"sequence": found.sequence, "problem": _(found.sentence).format(*found.values)} for found in broken
	]
	if findings and read.keyring.find(read.route_row.ledger_key_id) is None:
		findings.insert(
			0,
			{"sequence": 0, "problem": _("The ledger was written with another key than this site has now.")},
		)
	findings += keys.findings_about(read.said[-1]) if read.said else []
	findings += ledger_facts.disagreements(read, stored)
	if files:
		findings += file_hashes.disagreements(read, stored, files)
	return {
		"intact": not findings,
		"checked": len(read.rows),
		"head": read.route_row.ledger_head,
		"findings": findings,
	}


def entries_of(route_name: str) -> list[EntryRow]:
	"""All columns of a route's entries in their order."""
	return ledger_stored.entries_of_routes([route_name])[route_name]


def _plain(value: Any) -> Any:
	return get_datetime(value) if hasattr(value, "year") else (value if value not in ("",) else None)
