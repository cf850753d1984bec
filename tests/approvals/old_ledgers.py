"""Ledgers as they were written before entries named their key and told of everything they changed."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import frappe
import pytest

from city_diplomacy.domain.record import ledger as chain
from city_diplomacy.partnership_approvals.ledger import entries, snapshots
from city_diplomacy.partnership_approvals.ledger import keys as ledger_keys
from city_diplomacy.partnerships.agreements import mou_routing
from city_diplomacy.patches.v1_0 import take_dates_and_signatories_for_content as widening

NEW_WORDS = ("format", "key", "standing", "clearances", "whole", "rules", "snapshots")
# Entries that named the whole text in the first format.
NAMED_THE_TEXT = (
	"Clearance Started",
	"Ready to Sign",
	"Signed",
	"Text Changed",
	"Renamed",
	"Reopened",
	"Decided",
)


@contextmanager
def written() -> Iterator[None]:
	"""Whatever is entered in the block is entered as the first format had it, with the first key of the site, and
	about the content people cleared then."""
	new_entry, files_in = entries.new_entry, snapshots.files_in
	then = replace(
		mou_routing.MOU_ROUTING,
		open_fields=mou_routing.MOU_ROUTING.open_fields | widening.ADDED,
		signature_fields=frozenset(),
	)
	with pytest.MonkeyPatch.context() as patch:
		patch.setattr(mou_routing, "MOU_ROUTING", then)
		patch.setattr(entries, "new_entry", lambda *facts: _as_before(new_entry, *facts))
		patch.setattr(snapshots, "files_in", lambda doc: None)
		yield
	assert (entries.new_entry, snapshots.files_in) == (new_entry, files_in)


def _as_before(new_entry: Any, route: Any, facts: dict[str, Any], *rest: Any) -> dict[str, Any]:
	if facts["event"] not in NAMED_THE_TEXT and not facts.get("clearance"):
		facts = {**facts, "content_hash": None}
	previous = route.ledger_head
	entry = new_entry(route, facts, *rest)
	payload = {name: value for name, value in json.loads(entry["payload"]).items() if name not in NEW_WORDS}
	key = ledger_keys.keyring().keys[0]
	text = chain.canonical(payload)
	digest = chain.entry_hash(key, previous or chain.GENESIS, text)
	route.ledger_head, route.ledger_key_id = digest, chain.key_id(key)
	return {**entry, "payload": text, "entry_hash": digest}


@contextmanager
def keys(*hexadecimal: str) -> Iterator[None]:
	"""The keyring of this site for a while, as hexadecimal, the oldest first."""
	with pytest.MonkeyPatch.context() as patch:
		rows = [{"key": key, "since": ""} for key in hexadecimal]
		patch.setitem(frappe.local.conf, ledger_keys.SETTING, rows)
		yield
