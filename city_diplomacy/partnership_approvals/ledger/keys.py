"""The keys of this site's ledgers: where they are kept, how one is replaced, and what is said when one is missing.

They stand in `site_config.json` under SETTING, the oldest first: [{"key": hexadecimal, "since": the moment from which
it writes}]. They are derived from nothing else, and no other module knows where they are.
"""

import os
from collections.abc import Mapping
from typing import Any, NoReturn

import frappe
from frappe import _
from frappe.installer import update_site_config
from frappe.utils import add_days, format_datetime, get_datetime, now_datetime

from city_diplomacy.domain.record import ledger as chain
from city_diplomacy.domain.record import signatures
from city_diplomacy.partnership_approvals.exceptions import LedgerKeyError
from city_diplomacy.partnership_approvals.shapes import LedgerFinding, RouteRow

SETTING = "city_diplomacy_ledger_keys"
# Exported heads are signed with the last of these; the public halves may be known to all.
SIGNING = "city_diplomacy_signing_keys"
KEY_BYTES = 32
# How long the job may take that writes an entry with a new key in every ledger.
DAYS_TO_SEAL = 2


def keyring() -> chain.Keyring:
	"""The keys of this site's ledgers. Raises LedgerKeyError when there are none, and never makes one."""
	try:
		return chain.Keyring(tuple(bytes.fromhex(row["key"]) for row in _stored()))
	except (TypeError, KeyError, ValueError):
		refuse_missing()


def refuse_missing(key_id: str = "") -> NoReturn:
	"""Raises LedgerKeyError: no key takes the place of one that is gone."""
	which = _("the key {0}").format(key_id) if key_id else _("a key")
	frappe.throw(
		_(
			"{0} in site_config.json does not hold {1} of this site's approval ledgers. Put the setting back from a copy of that file, such as the one beside a backup; another key would begin a second history."
		).format(SETTING, which),
		LedgerKeyError,
	)


def key_to_write_with(route_row: RouteRow) -> bytes:
	"""The key for the next entry of a route. Raises LedgerKeyError when its last one was written with another
	site's key: what this site writes would not verify there, nor what is there here."""
	keys = keyring()
	if (key_id := route_row.get("ledger_key_id")) and keys.find(key_id) is None:
		refuse_missing(key_id)
	return keys.current


def findings_about(last: Mapping[str, Any]) -> list[LedgerFinding]:
	"""A ledger that ends with a key long since replaced: its end was cut off, or written by whoever has that key.

	`last` is what its last entry says.
	"""
	rows = _stored()
	named, current = last.get("key") or key_id_of(rows[0]), rows[-1]
	if not last or named == key_id_of(current) or not current.get("since"):
		return []
	since = get_datetime(current["since"])
	if add_days(since, DAYS_TO_SEAL) > now_datetime():
		return []
	return [
		{
			"sequence": 0,
			"problem": _("It ends with the key {0}, which was replaced on {1}.").format(
				named, format_datetime(since)
			),
		}
	]


def make_first_key() -> bool:
	"""Make the key of a site whose ledgers have no entry yet; answers whether one was made."""
	if frappe.conf.get(SETTING) or frappe.db.exists("Approval Decision", {"sequence": 1}):
		return False
	_store([new_key()])
	return True


def take_over(legacy: bytes) -> bool:
	"""Keep the key that a site's ledgers were written with until now, and make the one that writes from now on.

	For the upgrade of a site that derived its key; answers whether there was anything to do.
	"""
	if frappe.conf.get(SETTING):
		return False
	_store([{"key": legacy.hex(), "since": ""}, new_key()])
	return True


def add_key() -> dict[str, str]:
	"""Make the key that writes from now on; the others stay, to verify what they wrote. Answers its row."""
	keyring()
	_store([*_stored(), new_key()])
	return _stored()[-1]


def signing_key() -> str:
	"""The private key heads are signed with now. Raises LedgerKeyError when there is none, and never makes one."""
	stored = frappe.conf.get(SIGNING) or []
	if not stored:
		frappe.throw(
			_(
				"{0} in site_config.json does not hold a key to sign with. Put the setting back from a copy."
			).format(SIGNING),
			LedgerKeyError,
		)
	return stored[-1]["key"]


def public_keys() -> list[str]:
	"""The keys by which this city's signatures are checked, the oldest first; anybody may have them."""
	return [signatures.public_key_of(row["key"]) for row in frappe.conf.get(SIGNING) or []]


def make_first_signing_key() -> bool:
	"""Make the key a site signs with; returns whether it had none."""
	if frappe.conf.get(SIGNING):
		return False
	_add_signing_key()
	return True


def rotate_signing_key() -> dict[str, Any]:
	"""Replace the key that signs, on the console: bench execute. Returns {"public_keys"}, to be made known.

	What the earlier ones signed is still checked with their public keys. No browser reaches it.
	"""
	_add_signing_key()
	return show_public_keys()


def show_public_keys() -> dict[str, Any]:
	"""The public keys, to be made known: bench execute. They stand on every printed record as well."""
	return {"public_keys": public_keys()}


def _add_signing_key() -> None:
	row = {"key": signatures.new_private_key(), "since": now_datetime().isoformat(timespec="seconds")}
	update_site_config(SIGNING, [*(frappe.conf.get(SIGNING) or []), row])


def show_ledger_key() -> dict[str, Any]:
	"""The keys of this site's ledgers, for the auditor's offline check: bench execute.

	{"key_id": of the one that writes, "keys": [hexadecimal, the oldest first]}. A console command: no browser
	reaches it, and whoever has the console has `site_config.json` anyway.
	"""
	keys = keyring()
	return {"key_id": chain.key_id(keys.current), "keys": [key.hex() for key in keys.keys]}


def new_key() -> dict[str, str]:
	return {"key": os.urandom(KEY_BYTES).hex(), "since": now_datetime().isoformat(timespec="seconds")}


def key_id_of(row: dict[str, str]) -> str:
	return chain.key_id(bytes.fromhex(row["key"]))


def _stored() -> list[dict[str, str]]:
	return frappe.conf.get(SETTING) or []


def _store(keys: list[dict[str, str]]) -> None:
	update_site_config(SETTING, keys)
