"""Writing the ledger of a route, and checking that nobody has written in it since."""

import hashlib
import hmac
from typing import Any

import frappe
from frappe import _
from frappe.utils import get_datetime, now_datetime
from frappe.utils.password import get_encryption_key

from city_diplomacy.domain import disclosure
from city_diplomacy.domain import ledger as chain
from city_diplomacy.domain.words import neutral
from city_diplomacy.partnership_approvals import ledger_facts, ledger_stored
from city_diplomacy.partnership_approvals.ledger_facts import FACTS


def ledger_key() -> bytes:
	"""The key of this site's ledgers, derived from a secret that lives in site_config.json alone.

	`city_diplomacy_ledger_key` there takes precedence over the site's encryption key, so that the two can be
	changed apart from each other.
	"""
	secret = frappe.conf.get("city_diplomacy_ledger_key") or get_encryption_key()
	return hmac.new(secret.encode(), b"city diplomacy: approval ledger", hashlib.sha256).digest()


def write_entry(
	route: Any, facts: dict[str, Any], remarks: str | None, state: str, policy: str | None
) -> None:
	"""Append one entry to the chain of a route whose row is locked, and move its head in memory.

	`facts` are values for FACTS; people and departments go in as plain text that a later rename leaves alone.
	"""
	entry = new_entry(route, facts, remarks, state, policy)
	frappe.get_doc({"doctype": "Approval Decision", **entry}).db_insert()


def new_entry(
	route: Any, facts: dict[str, Any], remarks: str | None, state: str, policy: str | None
) -> dict[str, Any]:
	"""The columns of the next entry of a locked route, whose head moves to it in memory; the caller stores both.

	How its words are marked when they are written is hashed with it; what became of the mark since is not.
	"""
	key = ledger_key()
	sequence = (route.ledger_count or 0) + 1
	salt = frappe.generate_hash(length=32)
	# Whoever wrote them took them by `words.take`; this also holds for sentences the engine composes.
	remarks = neutral(remarks or "").strip()
	mark = mark_of_new_words() if remarks else None
	payload = {
		**{fact: _plain(facts.get(fact)) for fact in FACTS},
		"document": f"{route.reference_doctype}/{route.reference_name}",
		"policy": policy,
		"route": route.name,
		"sequence": sequence,
		"state": state,
		"evidence_sha256": facts.get("evidence_sha256"),
		"disclosure": mark,
		"remark_digest": chain.remark_digest(remarks, salt),
	}
	canonical = chain.canonical(payload)
	previous = route.ledger_head or chain.GENESIS
	digest = chain.entry_hash(key, previous, canonical)
	route.ledger_count, route.ledger_head, route.ledger_key_id = sequence, digest, chain.key_id(key)
	return {
		"name": frappe.generate_hash(length=16),
		"route": route.name,
		"sequence": sequence,
		**{fact: facts.get(fact) for fact in FACTS},
		"reference_doctype": route.reference_doctype,
		"reference_name": route.reference_name,
		"remarks": remarks,
		"remarks_salt": salt,
		"disclosure": mark,
		"payload": canonical,
		"previous_hash": previous,
		"entry_hash": digest,
	}


def store_entries(entries: list[dict[str, Any]]) -> None:
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


def verify(doctype: str, name: str) -> dict[str, Any]:
	"""Whether the ledger of a document is as it was written, and agrees with what else is stored.

	Answers {"intact": bool, "checked": number of entries, "head": hash, "findings": [{"sequence", "problem"}]}.
	Looks beyond the chain: an answer, a state or a signature changed beneath the engine is named as well.
	"""
	route = frappe.db.get_value(
		"Approval Route", {"reference_doctype": doctype, "reference_name": name}, "*", as_dict=True
	)
	if route:
		return verify_routes([route])[route.name]
	findings = list(ledger_facts.unrouted(doctype, name))
	return {"intact": not findings, "checked": 0, "head": "", "findings": findings}


def verify_routes(routes: list[Any]) -> dict[str, dict[str, Any]]:
	"""By route, what `verify` answers; a fixed number of statements for all of them. Takes whole rows."""
	if not routes:
		return {}
	entries = ledger_stored.entries_of_routes(route.name for route in routes)
	stored = ledger_stored.read(routes, entries)
	key = ledger_key()
	return {route.name: _verdict(route, entries[route.name], stored, key) for route in routes}


def _verdict(route: Any, rows: list[Any], stored: Any, key: bytes) -> dict[str, Any]:
	result = chain.verify(
		[
			chain.Entry(
				row.sequence,
				row.payload,
				row.previous_hash,
				row.entry_hash,
				row.remarks,
				row.remarks_salt or "",
			)
			for row in rows
		],
		key,
		route.ledger_count,
		route.ledger_head,
	)
	findings = [{"sequence": found.sequence, "problem": found.problem} for found in result.findings]
	if findings and route.ledger_key_id != chain.key_id(key):
		findings.insert(
			0,
			{"sequence": 0, "problem": _("The ledger was written with another key than this site has now.")},
		)
	findings += ledger_facts.disagreements(route, rows, stored)
	return {
		"intact": not findings,
		"checked": result.checked,
		"head": route.ledger_head,
		"findings": findings,
	}


def entries_of(route: str) -> list[Any]:
	"""All columns of a route's entries in their order."""
	return ledger_stored.entries_of_routes([route])[route]


def _plain(value: Any) -> Any:
	return get_datetime(value) if hasattr(value, "year") else (value if value not in ("",) else None)
