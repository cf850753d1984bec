"""What is stored beside the ledgers of many routes, read in a fixed number of statements."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import frappe

from city_diplomacy.partnership_approvals.routed_doctypes import routing_of


@dataclass(frozen=True)
class Stored:
	"""By route: its clearances, its legal holds and its exported head; the documents; and of the people named
	in the ledgers those who have an account."""

	clearances: dict[str, list[Any]]
	holds: dict[str, list[Any]]
	heads: dict[str, Any]
	documents: dict[tuple[str, str], Any]
	people: set[str]


def entries_of_routes(routes: Iterable[str]) -> dict[str, list[Any]]:
	"""All columns of the entries of each route in their order; a route without any has an empty list."""
	names = list(routes)
	found: dict[str, list[Any]] = {name: [] for name in names}
	for row in _rows("Approval Decision", {"route": ["in", names]}, order_by="route asc, sequence asc"):
		found[row.route].append(row)
	return found


def read(routes: list[Any], entries: dict[str, list[Any]]) -> Stored:
	"""What the entries of `routes` are compared with. The verification of a ledger reads past permissions:
	its caller decides who may see what it finds."""
	names = [route.name for route in routes]
	return Stored(
		clearances=_by_route(_rows("Approval Clearance", {"route": ["in", names]})),
		holds=_by_route(_rows("Legal Hold", {"route": ["in", names]})),
		heads={row.route: row for row in _rows("Ledger Head", {"route": ["in", names]})},
		documents=_documents(routes),
		people=_people(row for rows in entries.values() for row in rows),
	)


def _documents(routes: list[Any]) -> dict[tuple[str, str], Any]:
	names: dict[str, list[str]] = defaultdict(list)
	for route in routes:
		names[route.reference_doctype].append(route.reference_name)
	return {
		(doctype, row.name): row
		for doctype, wanted in names.items()
		for row in _rows(
			doctype, {"name": ["in", wanted]}, ["name", routing_of(doctype).state_field, "docstatus"]
		)
	}


def _people(rows: Iterable[Any]) -> set[str]:
	named = set()
	for row in rows:
		try:
			payload = json.loads(row.payload or "")
		except ValueError:
			# The chain reports it; a name that cannot be read is compared with nobody.
			continue
		if isinstance(payload, dict) and isinstance(payload.get("actor"), str):
			named.add(payload["actor"])
	return {row.name for row in _rows("User", {"name": ["in", sorted(named)]}, ["name"])} if named else set()


def _by_route(rows: list[Any]) -> dict[str, list[Any]]:
	found: dict[str, list[Any]] = defaultdict(list)
	for row in rows:
		found[row.route].append(row)
	return found


def _rows(
	doctype: str, filters: dict[str, Any], fields: list[str] | None = None, order_by: str = "name asc"
) -> list[Any]:
	return frappe.get_all(
		doctype, filters=filters, fields=fields or ["*"], order_by=order_by, limit_page_length=0
	)
