"""Heads of ledgers as they leave the site: how many entries there are, the last hash, and a digest of all, signed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import frappe

from city_diplomacy.domain.record import exported, signatures
from city_diplomacy.partnership_approvals.ledger import keys

# Routes whose entries are in hand at once.
BATCH = 500


def signed(heads: list[dict[str, Any]], moment: datetime) -> dict[str, Any]:
	"""An export of heads (see `head_of`), signed with the site's key.

	{"format", "exported_on", "public_key", "heads", "signature"}. Raises LedgerKeyError when the site has no key to
	sign with.
	"""
	key = keys.signing_key()
	export = {
		"format": exported.HEADS_FORMAT,
		"exported_on": moment.isoformat(timespec="seconds"),
		"public_key": signatures.public_key_of(key),
		"heads": heads,
	}
	return {**export, "signature": signatures.sign(key, exported.said_of(export))}


def head_of(route: Any, payloads: Iterable[str]) -> dict[str, Any]:
	"""{"route", "document", "count", "head", "key_id", "digest"} of a route's row and its entries' payloads in order."""
	return {
		"route": route.name,
		"document": f"{route.reference_doctype}/{route.reference_name}",
		"count": route.ledger_count,
		"head": route.ledger_head,
		"key_id": route.ledger_key_id,
		"digest": exported.digest_of(payloads),
	}


def heads_of(routes: list[Any]) -> Iterator[dict[str, Any]]:
	"""The heads of routes (their rows), with one statement for each BATCH of them."""
	for start in range(0, len(routes), BATCH):
		part = routes[start : start + BATCH]
		payloads = _payloads_of([route.name for route in part])
		for route in part:
			yield head_of(route, payloads[route.name])


def _payloads_of(routes: list[str]) -> dict[str, list[str]]:
	table = frappe.qb.DocType("Approval Decision")
	found: dict[str, list[str]] = defaultdict(list)
	query = frappe.qb.from_(table).select(table.route, table.payload).where(table.route.isin(routes))
	for route, payload in query.orderby(table.route).orderby(table.sequence).run():
		found[route].append(payload)
	return found
