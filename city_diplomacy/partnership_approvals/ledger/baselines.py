"""An entry in every ledger that needs one: the baseline of those written before entries told of everything, and the
seal of a new key.

Both are written in batches, each a job and a transaction of its own, with every document and route locked as for any
other entry. Run twice, the second time finds nothing to do.
"""

from collections import defaultdict
from typing import Any

import frappe
from frappe.utils import now_datetime

from city_diplomacy.domain.record import ledger as chain
from city_diplomacy.domain.record.recorded import BASELINE, is_full
from city_diplomacy.partnership_approvals.ledger import entries as ledger
from city_diplomacy.partnership_approvals.ledger import keys, many_routes, notes, snapshots, stored
from city_diplomacy.partnership_approvals.ledger.entries import EntryValues
from city_diplomacy.partnership_approvals.native.jobs import enqueue_next
from city_diplomacy.partnership_approvals.native.retry import retry_on_conflict
from city_diplomacy.partnership_approvals.routing import pinned_policies
from city_diplomacy.partnership_approvals.routing.routed_doctypes import hash_of
from city_diplomacy.partnership_approvals.shapes import Document, RouteRow, SnapshotRow

BATCH = 200
KEY_CHANGED = "Key Changed"


def rotate_ledger_key() -> dict[str, str]:
	"""Replace the key that writes, on the console: bench execute. The earlier ones stay, to verify what they wrote.

	The jobs that follow write an entry with the new key in every ledger, which seals what stands before it.
	Answers {"key_id", "since"}. No browser reaches it.
	"""
	added = keys.add_key()
	enqueue()
	return {"key_id": keys.key_id_of(added), "since": added["since"]}


def enqueue(after: str = "") -> None:
	"""Leave the batch that comes after a route to a job."""
	enqueue_next(f"{__name__}.write_entries", after)


@retry_on_conflict
def write_entries(after: str = "") -> None:
	"""Write what is missing in the ledgers of one batch, and leave the next to a job that follows it."""
	last = write_batch(after)
	if last:
		enqueue(last)


def write_batch(after: str) -> str | None:
	"""Write what is missing in the ledgers of the next BATCH routes in the order of their names; answers the last
	of them, or None at the end."""
	names = frappe.get_all(
		"Approval Route",
		filters={"name": [">", after]},
		pluck="name",
		order_by="name asc",
		limit_page_length=BATCH,
	)
	if not names:
		return None
	keyring = keys.keyring()
	current = chain.key_id(keyring.current)
	# A ledger that ends with a key nobody has is broken, which verifying it tells; no entry would mend it.
	route_rows = {
		name: route_row
		for name, route_row in many_routes.lock(names).items()
		if not route_row.ledger_key_id or keyring.find(route_row.ledger_key_id)
	}
	to_state = _without_baseline(names)
	stating = [route_row for name, route_row in route_rows.items() if name in to_state]
	sealing = [
		route_row
		for name, route_row in route_rows.items()
		if name not in to_state and route_row.ledger_count and route_row.ledger_key_id != current
	]
	entries = [*_baselines(stating), *(_entry(route_row, KEY_CHANGED) for route_row in sealing)]
	ledger.store_entries(entries)
	many_routes.store_heads([*stating, *sealing])
	return names[-1] if len(names) == BATCH else None


def _without_baseline(names: list[str]) -> set[str]:
	"""The routes whose first entry told less than entries do now, and that have no baseline since."""
	table = frappe.qb.DocType("Approval Decision")
	rows = (
		frappe.qb.from_(table)
		.select(table.route, table.event, table.payload)
		.where(
			table.route.isin(names) & ((table.sequence == chain.FIRST_SEQUENCE) | (table.event == BASELINE))
		)
		.for_update()
		.run(as_dict=True)
	)
	stated = {row.route for row in rows if row.event == BASELINE or is_full(chain.parsed(row.payload))}
	return {row.route for row in rows} - stated


def _baselines(route_rows: list[RouteRow]) -> list[EntryValues]:
	"""An entry for each route that tells of everything the ledger rests on as it is stored now.

	Words are not told of: they are compared with the entries they were written with.
	"""
	if not route_rows:
		return []
	names = [route_row.name for route_row in route_rows]
	documents = stored.documents_of(route_rows, for_update=True)
	policies = pinned_policies.read({route_row.policy for route_row in route_rows} - {None, ""})
	clearances, texts = _locked("Approval Clearance", names), _locked("Approval Snapshot", names)
	last = _last_texts(names)
	entries = []
	for route_row in route_rows:
		facts: dict[str, Any] = {
			"snapshots": {row.content_hash: snapshots.digest_of(row) for row in texts[route_row.name]}
		}
		document = documents.get((route_row.reference_doctype, route_row.reference_name))
		if document:
			# Text that is not what the ledger ended with was changed beneath the engine, which stays to be found.
			digest = last.get(route_row.name) or hash_of(document)
			facts["content_hash"] = digest
			if digest == hash_of(document):
				_keep(route_row, document, texts[route_row.name])
		if policy := policies.get(route_row.policy):
			facts["rules"] = policy.parts
		for row in clearances[route_row.name]:
			told = {column: value for column, value in row.items() if column not in notes.WORDS}
			notes.note(route_row, row.name, told)
		entries.append(_entry(route_row, BASELINE, **facts))
	return entries


def _last_texts(names: list[str]) -> dict[str, str]:
	"""By route, the hash of the whole text its entries ended with, where one told it."""
	table = frappe.qb.DocType("Approval Decision")
	rows = (
		frappe.qb.from_(table)
		.select(table.route, table.content_hash)
		.where(table.route.isin(names) & table.clearance.isnull() & table.content_hash.isnotnull())
		.orderby(table.sequence)
		.for_update()
		.run(as_dict=True)
	)
	return {row.route: row.content_hash for row in rows}


def _keep(route_row: RouteRow, document: Document, texts: list[SnapshotRow]) -> None:
	"""Make sure that a document's text is on file, its files' hashes with it."""
	digest = hash_of(document)
	if any(row.content_hash == digest for row in texts):
		name = snapshots.name_of(route_row.name, digest)
		frappe.db.set_value("Approval Snapshot", name, "files", snapshots.files_in(document))
	else:
		snapshots.keep(route_row, document)


def _entry(route_row: RouteRow, event: str, **facts: Any) -> EntryValues:
	said = {
		"event": event,
		"happened_on": now_datetime(),
		"actor": frappe.session.user,
		"round": route_row.round,
		"stage": route_row.stage,
		**facts,
	}
	return ledger.new_entry(route_row, said, None, route_row.workflow_state, route_row.policy)


def _locked(doctype: str, route_names: list[str]) -> dict[str, list[Any]]:
	table = frappe.qb.DocType(doctype)
	found: dict[str, list[Any]] = defaultdict(list)
	rows = (
		frappe.qb.from_(table).select("*").where(table.route.isin(route_names)).for_update().run(as_dict=True)
	)
	for row in rows:
		found[row.route].append(row)
	return found
