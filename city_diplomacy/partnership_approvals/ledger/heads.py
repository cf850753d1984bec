"""Heads of ledgers as they leave the site: how many entries there are, the last hash, and a digest of all, signed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, TypedDict

import frappe

from city_diplomacy.domain.record import exported, signatures
from city_diplomacy.partnership_approvals.ledger import keys
from city_diplomacy.partnership_approvals.shapes import RouteRow

# Routes whose entries are in hand at once.
BATCH = 500


class Head(TypedDict):
	"""How the ledger of a route ends, as it leaves the site."""

	route: str
	document: str
	count: int
	head: str | None
	key_id: str | None
	digest: str


def signed(heads: list[Head], moment: datetime) -> dict[str, Any]:
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


def head_of(route_row: RouteRow, payloads: Iterable[str]) -> Head:
	"""{"route", "document", "count", "head", "key_id", "digest"} of a route's row and its entries' payloads in order."""
	return {
		"route": route_row.name,
		"document": f"{route_row.reference_doctype}/{route_row.reference_name}",
		"count": route_row.ledger_count,
		"head": route_row.ledger_head,
		"key_id": route_row.ledger_key_id,
		"digest": exported.digest_of(payloads),
	}


def heads_of(route_rows: list[RouteRow]) -> Iterator[Head]:
	"""The heads of routes (their rows), with one statement for each BATCH of them."""
	for start in range(0, len(route_rows), BATCH):
		part = route_rows[start : start + BATCH]
		payloads = _payloads_of([route_row.name for route_row in part])
		for route_row in part:
			yield head_of(route_row, payloads[route_row.name])


def _payloads_of(route_names: list[str]) -> dict[str, list[str]]:
	table = frappe.qb.DocType("Approval Decision")
	found: dict[str, list[str]] = defaultdict(list)
	query = frappe.qb.from_(table).select(table.route, table.payload).where(table.route.isin(route_names))
	for route_name, payload in query.orderby(table.route).orderby(table.sequence).run():
		found[route_name].append(payload)
	return found
