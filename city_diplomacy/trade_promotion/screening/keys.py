"""The keys under which entries of lists are found, and how they are made anew when other code reads names otherwise.

A list says by which version of the keys its entries are found. After an upgrade that reads names otherwise, jobs make
the keys of a list anew, a lot each, and then everybody is screened again; until they are done an entry may be missed
whose name is read otherwise. A lot and how far the list has got are written together: a worker that dies loses one lot.
"""

from collections.abc import Iterable, Mapping

import frappe
from frappe.utils import cstr, now_datetime

from city_diplomacy.domain.trade.screening.blocks import KEYS_VERSION, keys_to_store
from city_diplomacy.partnership_approvals.native.retry import retry_on_conflict
from city_diplomacy.registers import many_rows
from city_diplomacy.registers.many_rows import in_lots
from city_diplomacy.trade_promotion.screening import runs

LIST, PARTY, KEY = "Restricted Party List", "Restricted Party", "Restricted Party Key"
COLUMNS = ("name", "creation", "modified", "owner", "modified_by", "name_key", "restricted_party")
LOT = 1000


def write(names_of: Mapping[str, Iterable[str]]) -> None:
	"""Write the keys of entries, given with the names each has, in place of those they had."""
	forget(list(names_of))
	now, user = now_datetime(), frappe.session.user
	many_rows.insert(
		KEY,
		COLUMNS,
		(
			(frappe.generate_hash(length=16), now, now, user, user, key, entry)
			for entry, names in names_of.items()
			for key in sorted(keys_to_store(names))
		),
	)


def forget(entries: list[str]) -> None:
	"""Take the keys of entries away, so that these are no candidates any more."""
	for lot in in_lots(entries):
		frappe.db.delete(KEY, {"restricted_party": ["in", lot]})


def are_outdated(list_name: str) -> bool:
	"""Whether the keys of a list are to be made anew. The list stays locked until the transaction ends."""
	version = frappe.db.get_value(LIST, list_name, "keys_version", for_update=True)
	return version is not None and version != KEYS_VERSION


def rekey_all(list_name: str) -> None:
	"""Make the keys of a list anew, in the transaction there is."""
	going_on = True
	while going_on:
		going_on = rekey_lot(list_name)


def rekey_lot(list_name: str) -> bool:
	"""Make the keys of the next lot of a locked list anew. Returns whether more is left."""
	version, _blank, reached = cstr(frappe.db.get_value(LIST, list_name, "rekeyed_to")).partition(" ")
	rows = frappe.get_all(
		PARTY,
		filters={
			"restricted_party_list": list_name,
			"removed_on": ["is", "not set"],
			# What a version between wrote is no help.
			"name": [">", reached if version == str(KEYS_VERSION) else ""],
		},
		fields=["name", "party_name", "aliases"],
		order_by="name asc",
		limit_page_length=LOT,
	)
	write({row.name: (row.party_name, *filter(None, cstr(row.aliases).split("\n"))) for row in rows})
	going_on = len(rows) == LOT
	done = {"keys_version": KEYS_VERSION, "rekeyed_to": ""}
	values = {"rekeyed_to": f"{KEYS_VERSION} {rows[-1].name}"} if going_on else done
	frappe.db.set_value(LIST, list_name, values, update_modified=False)
	return going_on


def enqueue_outdated() -> None:
	"""After a migration, and each hour for what a worker left half-done: make outdated keys anew by jobs."""
	outdated = {"keys_version": ["!=", KEYS_VERSION], "imported_on": ["is", "set"]}
	for row in frappe.get_all(LIST, filters=outdated, fields=["name", "rekeyed_to"], limit_page_length=0):
		_enqueue(row.name, cstr(row.rekeyed_to))


@retry_on_conflict
def rekey(list_name: str) -> None:
	"""A job: make the keys of the next lot of a list anew, and leave what follows to the next job."""
	if not are_outdated(list_name):
		return
	if rekey_lot(list_name):
		_enqueue(list_name, frappe.db.get_value(LIST, list_name, "rekeyed_to"))
	elif frappe.db.get_value(LIST, list_name, "enabled"):
		runs.start()


def _enqueue(list_name: str, reached: str) -> None:
	frappe.enqueue(
		f"{__name__}.rekey",
		queue="long",
		job_id=f"city_diplomacy_rekey::{list_name}::{reached}",
		deduplicate=True,
		enqueue_after_commit=True,
		list_name=list_name,
	)
